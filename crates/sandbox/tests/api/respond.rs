//! The vendor's answer, and the bargaining about fee and due date.

use serde_json::{Value, json};

use crate::world::{Person, World, cents, kinds, money};

fn status(code: i64) -> Value {
    json!({ "statusCode": code })
}

#[tokio::test]
async fn a_vendor_accepts_and_starts() {
    let world = World::new();
    let path = world.one_in("16").await;
    world
        .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
        .await;
    let vendor = world.sign_in("vendor").await;
    let order = vendor.post(&format!("{path}/status"), status(3)).await.expect(200).body;
    assert_eq!(
        (&order["statusCode"], &order["sla"]["respondBy"]),
        (&json!(3), &Value::Null)
    );
    let order = vendor
        .post(&format!("{path}/status"), status(10))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 10);
    let history = vendor.history(&path).await;
    assert_eq!(kinds(&history)[..2], ["inProgress", "accepted"]);
    for entry in &history[..2] {
        assert_eq!(entry["actor"]["role"], "vendor");
        assert_eq!(entry["refs"], json!({ "vendorId": "ven-01" }));
        assert!(entry["correlationId"].is_string());
    }
    let effects = world.ledger(Some(&path)).await;
    let told: Vec<&Value> = effects[1..].iter().map(|effect| &effect["operation"]).collect();
    assert_eq!(told, ["updateOrderStatus", "updateOrderStatus"]);
    vendor
        .post(&format!("{path}/status"), status(3))
        .await
        .refused(409, "state_conflict");
}

#[tokio::test]
async fn declining_returns_the_order_to_the_queue() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("1").await;
    let before = operations.order(&path).await;
    let url = format!("{path}/status");
    for body in [
        status(2),
        json!({ "statusCode": 2, "reason": "no" }),
        json!({ "statusCode": 2, "reason": "   " }),
    ] {
        assert_eq!(
            operations
                .post(&url, body)
                .await
                .refused(400, "validation_failed")
                .fields(),
            ["reason"]
        );
    }
    let body = json!({ "statusCode": 2, "reason": "Out of our area" });
    let order = operations.post(&url, body).await.expect(200).body;
    assert_eq!((&order["statusCode"], &order["vendor"]), (&json!(16), &Value::Null));
    assert_eq!(
        order["reassignmentCount"],
        before["reassignmentCount"].as_i64().unwrap() + 1
    );
    assert_eq!(order["version"], before["version"].as_i64().unwrap() + 1);
    let history = operations.history(&path).await;
    assert_eq!(kinds(&history)[..2], ["unassigned", "declined"]);
    let steps: Vec<_> = history[..2]
        .iter()
        .map(|entry| (&entry["fromStatus"], &entry["toStatus"]))
        .collect();
    assert_eq!(steps, [(&json!(2), &json!(16)), (&json!(1), &json!(2))]);
    assert_eq!(
        (&history[0]["source"], &history[1]["source"]),
        (&json!("automation"), &json!("user"))
    );
    assert_eq!(history[1]["reason"], "Out of our area");
    assert_eq!(history[0]["refs"]["vendorId"], before["vendor"]["id"]);
    // It is not asked again.
    let again = json!({ "vendorId": before["vendor"]["id"] });
    operations
        .post(&format!("{path}/assign"), again)
        .await
        .refused(400, "vendor_not_eligible");
    assert_eq!(world.ledger(Some(&path)).await.len(), 1);
}

async fn refuse_other_terms(operations: &Person<'_>, url: &str) {
    let empty = operations.post(url, status(4)).await.refused(422, "not_processable");
    assert_eq!(empty.fields(), ["fee", "dueDate"]);
    for (body, field) in [
        (json!({ "statusCode": 4, "fee": money("0.00") }), "fee"),
        (json!({ "statusCode": 4, "fee": "480.00" }), "fee"),
        (json!({ "statusCode": 4, "dueDate": "2020-01-01" }), "dueDate"),
        (
            json!({ "statusCode": 4, "fee": money("1.00"), "notes": "x".repeat(1_001) }),
            "notes",
        ),
        (json!({ "statusCode": 5 }), "statusCode"),
        (json!({}), "statusCode"),
    ] {
        assert_eq!(
            operations
                .post(url, body)
                .await
                .refused(400, "validation_failed")
                .fields(),
            [field]
        );
    }
}

#[tokio::test]
async fn fee_and_date_are_bargained_for_until_both_agree() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let client = world.sign_in("client").await;
    let path = world.one_in("1").await;
    let url = format!("{path}/status");
    refuse_other_terms(&operations, &url).await;
    let body = json!({ "statusCode": 4, "fee": money("480.00"), "dueDate": "2026-12-24", "notes": "A large house." });
    let order = operations.post(&url, body).await.expect(200).body;
    assert_eq!(order["statusCode"], 4);
    assert_eq!(order["conditions"]["proposedBy"], "vendor");
    assert_eq!(order["conditions"]["fee"], money("480.00"));

    let counter = format!("{path}/conditions/counter");
    client
        .post(&counter, json!({ "note": "No." }))
        .await
        .refused(422, "not_processable");
    let order = client
        .post(&counter, json!({ "fee": money("450.00"), "note": "Our limit." }))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 4);
    assert_eq!(
        order["conditions"],
        json!({ "fee": money("450.00"), "dueDate": null, "notes": "Our limit.", "proposedBy": "client",
                "proposedAt": "2026-11-22T15:04:05.000Z" })
    );
    assert!(order["sla"]["respondBy"].is_string());
    // The client has made its offer: now it is the vendor's turn, and nobody else's.
    for action in ["conditions/accept", "conditions/counter"] {
        let body = json!({ "fee": money("440.00") });
        client
            .post(&format!("{path}/{action}"), body)
            .await
            .refused(409, "state_conflict");
    }
    let due = order["dueDate"].clone();
    let order = operations.post(&url, status(3)).await.expect(200).body;
    assert_eq!((&order["statusCode"], &order["conditions"]), (&json!(3), &Value::Null));
    assert_eq!(order["fee"]["vendorCharges"], money("450.00"));
    assert_eq!(order["dueDate"], due, "no other day was agreed");
    assert_eq!(
        cents(&order["fee"]["total"]),
        cents(&order["fee"]["orderFee"]) + cents(&order["fee"]["technologyFee"])
    );
    let history = operations.history(&path).await;
    assert_eq!(
        kinds(&history)[..3],
        ["conditionsAccepted", "conditionsCountered", "acceptedWithConditions"]
    );
    assert_eq!(history[1]["actor"]["role"], "client");
}

#[tokio::test]
async fn the_client_accepts_the_vendors_conditions() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.one_in("4").await;
    let before = client.order(&path).await;
    let url = format!("{path}/status");
    world
        .sign_in("operations")
        .await
        .post(&url, status(3))
        .await
        .refused(409, "state_conflict");
    let order = client
        .post(&format!("{path}/conditions/accept"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 3);
    assert_eq!(order["fee"]["vendorCharges"], before["conditions"]["fee"]);
    assert_eq!(order["dueDate"], before["conditions"]["dueDate"]);
    let day = order["dueDate"].as_str().unwrap();
    assert_eq!(order["sla"]["dueAt"], format!("{day}T23:59:59.999Z"));
    let entry = &client.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["actor"]["id"]),
        (&json!("conditionsAccepted"), &json!("usr-client"))
    );
    assert_eq!(entry["refs"]["vendorId"], before["vendor"]["id"]);
}

#[tokio::test]
async fn a_vendor_sees_its_own_portion_and_not_the_clients_price() {
    let world = World::new();
    let path = world.one_in("16").await;
    world
        .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
        .await;
    let vendor = world.sign_in("vendor").await;
    let answers = [
        vendor.order(&path).await,
        vendor.post(&format!("{path}/status"), status(3)).await.expect(200).body,
    ];
    for order in answers {
        let fee = order["fee"].as_object().unwrap();
        assert!(fee["vendorCharges"].is_object());
        for hidden in ["orderFee", "technologyFee", "total"] {
            assert_eq!(fee[hidden], Value::Null);
        }
        assert_eq!(order["payment"], Value::Null);
    }
    for read in [
        "payment-history",
        "invoice-data",
        "invoices/inv-000001",
        "get-ucdp-submission",
        "get-ead-submission",
        "ucdp-submission/sub-000001/ucdp-dashboard-details",
        "ead-submission/sub-000001/ead-dashboard-details",
        "rovs",
    ] {
        vendor.get(&format!("{path}/{read}")).await.refused(403, "forbidden");
    }
    vendor.items(&format!("{path}/vendor-payment-history")).await;
}

#[tokio::test]
async fn a_vendors_history_says_nothing_of_the_clients_money() {
    let world = World::new();
    let path = world.one_in("16").await;
    world
        .act("operations", "assignVendor", &path, json!({ "vendorId": "ven-01" }))
        .await;
    let fee = json!({ "orderFee": money("615.00") });
    world.act("operations", "updateOrder", &path, fee.clone()).await;
    let mut both = fee;
    both["dueDate"] = json!("2026-12-30");
    world.act("operations", "updateOrder", &path, both).await;
    world.act("finance", "recordPayment", &path, Value::Null).await;
    let (vendor, operations) = (world.sign_in("vendor").await, world.sign_in("operations").await);
    let all = operations.history(&path).await;
    assert_eq!(kinds(&all)[..3], ["paymentReceived", "orderUpdated", "orderUpdated"]);
    let seen = vendor.history(&path).await;
    assert_eq!(kinds(&seen)[..2], ["orderUpdated", "orderUpdated"]);
    assert!(seen[0]["summary"].as_str().unwrap().starts_with("Changed due date "));
    assert_eq!(seen[1]["summary"], "Changed the order");
    assert!(!serde_json::to_string(&seen).unwrap().contains("615"));
    let hidden = all[0]["id"].as_str().unwrap();
    vendor
        .get(&format!("{path}/history/{hidden}"))
        .await
        .refused(404, "not_found");
    let shown = vendor
        .get(&format!("{path}/history/{}", seen[0]["id"].as_str().unwrap()))
        .await
        .expect(200)
        .body;
    assert_eq!(shown, seen[0]);
}
