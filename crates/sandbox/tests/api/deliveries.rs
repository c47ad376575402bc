//! Sending the report out.

use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn each_sending_is_a_delivery_of_its_own() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.accepted("undelivered").await;
    let borrowers = person.items(&format!("{path}/borrowers")).await;
    assert!(borrowers[0]["name"].is_string() && borrowers[0].as_object().unwrap().contains_key("email"));
    let url = format!("{path}/deliveries/borrower");
    for bad in [
        json!({}),
        json!({ "email": "nobody" }),
        json!({ "email": "a@b.example\r\nBcc: c@d.example" }),
    ] {
        assert_eq!(
            person.post(&url, bad).await.refused(400, "validation_failed").fields(),
            ["email"]
        );
    }
    let long = json!({ "email": "a@b.example", "message": "x".repeat(1_001) });
    assert_eq!(
        person.post(&url, long).await.refused(400, "validation_failed").fields(),
        ["message"]
    );
    for _ in 0..2 {
        let body = json!({ "email": "dana@mail.example", "message": "Your report." });
        let order = person.post(&url, body).await.expect(200).body;
        assert_eq!(order["statusCode"], 13);
        assert_eq!(order["delivery"]["delivered"], true);
    }
    let before = person.order(&path).await;
    let other = json!({ "name": "Servicing", "email": "servicing@lender.example" });
    let order = person.post(&format!("{path}/deliveries"), other).await.expect(200).body;
    assert_eq!(order["delivery"], before["delivery"]);
    let sent = person.items(&format!("{path}/deliveries")).await;
    let to: Vec<&Value> = sent.iter().map(|sent| &sent["to"]).collect();
    assert_eq!(to, ["other", "borrower", "borrower"]);
    assert_eq!(sent[1]["name"], borrowers[0]["name"]);
    let report = person.get(&format!("{path}/reports/latest")).await.expect(200).body;
    let history = person.history(&path).await;
    for (sent, entry) in sent.iter().zip(&history) {
        assert_eq!(entry["type"], "delivered");
        assert_eq!(
            entry["refs"],
            json!({ "deliveryId": sent["id"], "reportId": report["id"] })
        );
        assert_eq!(entry["correlationId"], sent["correlationId"]);
        assert_eq!(sent["acknowledgedAt"], Value::Null);
    }
    assert_eq!(world.ledger(Some(&path)).await.len(), 3);
    // Afterwards, too, it can be sent to others, but not to the borrower.
    let done = world.one_in("6").await;
    let other = json!({ "name": "Servicing", "email": "servicing@lender.example" });
    person.post(&format!("{done}/deliveries"), other).await.expect(200);
    let body = json!({ "email": "dana@mail.example" });
    person
        .post(&format!("{done}/deliveries/borrower"), body)
        .await
        .refused(409, "state_conflict");
}

#[tokio::test]
async fn configurations_tell_what_is_sent_how() {
    let world = World::new();
    let person = world.sign_in("client").await;
    let list = person
        .get("/api/clients/cli-aspen/delivery-configurations")
        .await
        .expect(200)
        .body;
    let to: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["to"])
        .collect();
    assert_eq!(to, ["borrower", "other"]);
}
