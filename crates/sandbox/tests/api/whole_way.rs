//! An order's whole life, through the API alone.

use serde_json::{Value, json};

use crate::world::{PDF, Person, World, kinds};

/// Creates an order and brings it to an accepted report; answers its path.
pub async fn to_accepted(world: &World, person: &Person<'_>, orders: &str) -> String {
    let draft = json!({
        "clientReference": "1b4e28ba-2fa1-4d2b-883f-0016d3cca427",
        "productId": "prd-1004",
        "property": { "street": "12 Elm St", "city": "Austin", "county": "Travis", "state": "TX",
                      "zip": "78701", "type": "singleFamily" },
        "contacts": [{ "role": "borrower", "name": "Dana Reyes", "phone": "512-555-0142" }],
        "dueDate": "2026-12-18",
        "specialInstructions": null,
    });
    let order = person.post(orders, draft).await.expect(201).body;
    let path = format!("{orders}/{}", order["id"].as_str().unwrap());
    let order = person
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    if order["statusCode"] == 9 {
        // Its charge was declined; the rest of its life is the same.
        person
            .post(&format!("{path}/reactivate"), json!({ "reason": "To be invoiced" }))
            .await
            .expect(200);
    }
    person
        .post(&format!("{path}/assign"), json!({ "vendorId": "ven-01" }))
        .await
        .expect(200);
    if person.order(&path).await["statusCode"] == 1 {
        person
            .post(&format!("{path}/status"), json!({ "statusCode": 3 }))
            .await
            .expect(200);
    }
    person
        .post(&format!("{path}/status"), json!({ "statusCode": 10 }))
        .await
        .expect(200);
    let slots = person.items(&format!("{path}/inspection-slots")).await;
    let slot = slots.iter().find(|slot| slot["available"] == true).unwrap();
    let body = json!({ "slotId": slot["id"] });
    person
        .post(&format!("{path}/inspection/schedule"), body)
        .await
        .expect(200);
    person
        .post(&format!("{path}/inspection/complete"), json!({ "completedAt": null }))
        .await
        .expect(200);
    person
        .upload(&format!("{path}/reports"), ("report.pdf", "application/pdf", PDF), &[])
        .await
        .expect(200);
    let report = person.get(&format!("{path}/reports/latest")).await.expect(200).body;
    let url = format!("{path}/reports/{}/accept", report["id"].as_str().unwrap());
    let order = person.post(&url, json!({})).await.expect(200).body;
    assert_eq!(order["statusCode"], 13);
    assert!(world.ledger(Some(&path)).await.len() >= 8);
    path
}

/// A loan of this type that is not charged at activation.
async fn orders_of(person: &Person<'_>, kind: &str) -> String {
    let loans = person
        .get("/api/clients/cli-aspen/loans?pageSize=200")
        .await
        .expect(200)
        .body;
    let fits = loans["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|loan| loan["type"] == kind)
        .unwrap();
    format!("/api/clients/cli-aspen/loans/{}/orders", fits["id"].as_str().unwrap())
}

async fn pay(world: &World, path: &str) {
    let order = world.sign_in("admin").await.order(path).await;
    if order["payment"]["status"] != "paid" {
        world.act("finance", "recordPayment", path, Value::Null).await;
    }
}

/// Every step is told, and each begins where the last one ended.
fn check_history(mut history: Vec<Value>) {
    history.reverse();
    let mut at = Value::Null;
    for entry in &history {
        if !entry["toStatus"].is_null() {
            assert_eq!(entry["fromStatus"], at, "{entry}");
            at = entry["toStatus"].clone();
        }
    }
    assert_eq!(at, 6);
    let told = kinds(&history);
    for kind in [
        "activated",
        "assigned",
        "accepted",
        "inProgress",
        "inspectionScheduled",
        "inspectionCompleted",
        "reportSubmitted",
        "reportAccepted",
        "delivered",
        "invoiced",
        "agencySubmitted",
        "agencyResult",
        "agencyOverridden",
        "completed",
    ] {
        assert!(told.contains(&kind), "{kind} is missing in {told:?}");
    }
}

#[tokio::test]
async fn a_conventional_loan_from_draft_to_completed() {
    let world = World::new();
    world.set(json!({ "agencyOutcome": "notSuccessful", "agencyDelayMs": 0 }));
    let person = world.sign_in("admin").await;
    let orders = orders_of(&person, "conventional").await;
    let path = to_accepted(&world, &person, &orders).await;
    let status = async || person.order(&path).await["statusCode"].clone();
    person
        .post(
            &format!("{path}/deliveries/borrower"),
            json!({ "email": "dana@mail.example" }),
        )
        .await
        .expect(200);
    world.act("finance", "createInvoice", &path, Value::Null).await;
    pay(&world, &path).await;
    assert_eq!(status().await, 13, "the agency has not been asked");
    world.act("operations", "submitToUcdp", &path, Value::Null).await;
    assert_eq!(status().await, 13, "the agency has said no");
    world
        .act("operations", "overrideUcdpHardStops", &path, Value::Null)
        .await;
    let order = person.order(&path).await;
    assert_eq!(order["statusCode"], 6);
    assert_eq!(order["agency"]["status"], "successfulWithWarnings");
    assert_eq!(
        (&order["payment"]["status"], &order["payment"]["amountDue"]["amount"]),
        (&json!("paid"), &json!("0.00"))
    );

    check_history(person.history(&path).await);
    let paid = person.items(&format!("{path}/vendor-payment-history")).await;
    assert_eq!(paid[0]["amount"], order["fee"]["vendorCharges"]);
    // Nothing follows any more.
    for action in ["hold", "cancel"] {
        let body = json!({ "reason": "It is over" });
        person
            .post(&format!("{path}/{action}"), body)
            .await
            .refused(409, "state_conflict");
    }
}

#[tokio::test]
async fn a_loan_without_an_agency_completes_when_it_is_delivered_and_paid() {
    let world = World::new();
    let person = world.sign_in("admin").await;
    for delivered_first in [true, false] {
        let orders = orders_of(&person, "va").await;
        let path = to_accepted(&world, &person, &orders).await;
        assert_eq!(person.order(&path).await["agency"], Value::Null);
        if delivered_first {
            world.act("operations", "sendToBorrower", &path, Value::Null).await;
            pay(&world, &path).await;
        } else {
            pay(&world, &path).await;
            assert_eq!(person.order(&path).await["statusCode"], 13);
            world.act("operations", "sendToBorrower", &path, Value::Null).await;
        }
        assert_eq!(person.order(&path).await["statusCode"], 6);
    }
}
