//! Activation, and the money that it and cancelling move.

use serde_json::{Value, json};

use crate::world::{World, kinds};

#[tokio::test]
async fn a_complete_draft_gets_a_number_a_clock_and_a_history() {
    let world = World::new();
    let client = world.sign_in("client").await;
    let path = world.draft("complete").await;
    let before = client.order(&path).await;
    assert!(client.history(&path).await.is_empty(), "a draft has no history");
    assert_eq!((&before["orderNumber"], &before["sla"]), (&Value::Null, &Value::Null));
    let after = client
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(after["isDraft"], false);
    assert!(after["orderNumber"].as_str().unwrap().starts_with("OV-"));
    assert_eq!(after["sla"]["startedAt"], "2026-11-22T15:04:05.000Z");
    let due = format!("{}T23:59:59.999Z", before["dueDate"].as_str().unwrap());
    assert_eq!(after["sla"]["dueAt"], due.as_str());
    let history = client.history(&path).await;
    let activated = history.last().unwrap();
    assert_eq!(activated["type"], "activated");
    assert_eq!(activated["actor"]["id"], "usr-client");
    client
        .post(&format!("{path}/activate"), json!({}))
        .await
        .refused(409, "state_conflict");
    client.delete(&path).await.refused(409, "state_conflict");
    assert_eq!(world.ledger(Some(&path)).await.len(), 1);
}

#[tokio::test]
async fn a_due_date_at_the_end_of_the_calendar_is_still_in_the_future() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.draft("complete").await;
    let product = operations.order(&path).await["product"]["id"].clone();
    let conditions = json!({ "productId": product, "dueDate": "9999-12-31", "specialInstructions": null });
    operations
        .put(&format!("{path}/draft/conditions"), conditions)
        .await
        .expect(200);
    let url = format!("{path}/activate");
    let order = operations.post(&url, json!({})).await.expect(200).body;
    let due = order["sla"]["dueAt"].as_str().unwrap();
    assert!(due.starts_with("9999-12-30T"), "{due}");
    assert_eq!(order, operations.order(&path).await);
}

#[tokio::test]
async fn order_numbers_are_never_given_twice() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let mut numbers = Vec::new();
    let samples = world.samples().await;
    for draft in samples["drafts"]["complete"].as_array().unwrap() {
        let id = |name: &str| draft[name].as_str().unwrap().to_owned();
        let path = format!(
            "/api/clients/cli-aspen/loans/{}/orders/{}/activate",
            id("loanId"),
            id("id")
        );
        let order = operations.post(&path, json!({})).await.expect(200).body;
        numbers.push(order["orderNumber"].as_str().unwrap().to_owned());
    }
    assert!(numbers.len() > 3);
    for number in &numbers {
        let found = operations
            .get(&format!("/api/clients/cli-aspen/orders?search={number}"))
            .await;
        assert_eq!(found.expect(200).body["total"], 1);
    }
}

/// A fresh draft under a loan, through the API.
async fn draft_under(world: &World, loan: &str, vendor: Value) -> String {
    let operations = world.sign_in("operations").await;
    let path = format!("/api/clients/cli-aspen/loans/{loan}/orders");
    let body = json!({
        "clientReference": "1b4e28ba-2fa1-4d2b-883f-0016d3cca427",
        "productId": "prd-1004",
        "property": { "street": "12 Elm St", "city": "Austin", "county": "Travis", "state": "TX",
                      "zip": "78701", "type": "singleFamily" },
        "contacts": [{ "role": "borrower", "name": "Dana Reyes", "phone": "512-555-0142" }],
        "vendorId": vendor,
        "dueDate": "2026-12-11",
    });
    let created = operations.post(&path, body).await.expect(201);
    created.header("location").unwrap().to_owned()
}

async fn loan_of(path: &str) -> String {
    path.split('/').nth(5).unwrap().to_owned()
}

#[tokio::test]
async fn an_eligible_vendor_picked_in_advance_gets_the_order_at_once() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let loan = loan_of(&world.draft("complete").await).await;
    let path = draft_under(&world, &loan, json!("ven-02")).await;
    let order = operations
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(
        (&order["statusCode"], &order["vendor"]["id"]),
        (&json!(1), &json!("ven-02"))
    );
    let history = operations.history(&path).await;
    let kinds = kinds(&history);
    assert!(
        kinds.starts_with(&["assigned"]) && kinds.ends_with(&["activated"]),
        "{kinds:?}"
    );
    assert_eq!(history[0]["source"], "automation");
    assert_eq!(history[0]["actor"], Value::Null);
}

#[tokio::test]
async fn a_vendor_picked_in_advance_that_is_not_eligible_leaves_the_order_unassigned() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let loan = loan_of(&world.draft("complete").await).await;
    let probe = draft_under(&world, &loan, Value::Null).await;
    let vendors = operations
        .get(&format!("{probe}/suggested-vendors"))
        .await
        .expect(200)
        .body;
    let unfit = vendors["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|vendor| vendor["onPanel"] == true && vendor["eligible"] == false)
        .unwrap();
    let path = draft_under(&world, &loan, unfit["id"].clone()).await;
    let order = operations
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!((&order["statusCode"], &order["vendor"]), (&json!(16), &Value::Null));
    let history = operations.history(&path).await;
    let reason = unfit["reasons"][0].as_str().unwrap();
    assert!(history[0]["summary"].as_str().unwrap().contains(reason));
}

#[tokio::test]
async fn activation_of_a_charged_order_takes_the_money_once() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.draft("charged").await;
    let before = operations.order(&path).await;
    assert_eq!(before["payment"]["scenario"], "chargeAtActivation");
    let total = before["fee"]["total"].clone();
    let after = operations
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(after["payment"]["status"], "paid");
    assert_eq!(after["payment"]["amountDue"]["amount"], "0.00");
    let payments = operations.payments(&path).await;
    assert_eq!(payments.len(), 1);
    assert_eq!(
        (&payments[0]["kind"], &payments[0]["status"]),
        (&json!("charge"), &json!("succeeded"))
    );
    assert_eq!(payments[0]["amount"], after["fee"]["total"]);
    assert_eq!(total["amount"], after["fee"]["total"]["amount"]);
    let history = operations.history(&path).await;
    let entry = history
        .iter()
        .find(|entry| entry["type"] == "paymentCollected")
        .unwrap();
    assert_eq!(entry["refs"]["paymentId"], payments[0]["id"]);
    let effects = world.ledger(Some(&path)).await;
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0]["charge"], after["fee"]["total"]);
}

#[tokio::test]
async fn a_charge_that_fails_at_activation_puts_the_order_on_hold() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.draft("declined").await;
    let order = operations
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], 9);
    assert!(order["orderNumber"].is_string());
    assert_eq!(order["hold"]["reason"], "Payment at activation failed");
    assert_eq!(order["hold"]["priorStatus"], 16);
    assert_eq!(order["payment"]["status"], "failed");
    let history = operations.history(&path).await;
    assert_eq!(kinds(&history), ["held", "paymentFailed", "activated"]);
    let payments = operations.payments(&path).await;
    assert_eq!((payments.len(), &payments[0]["status"]), (1, &json!("failed")));
    assert_eq!(world.ledger(Some(&path)).await[0]["charge"], Value::Null);
    let body = json!({ "reason": "Payment arranged by phone" });
    let order = operations
        .post(&format!("{path}/reactivate"), body)
        .await
        .expect(200)
        .body;
    assert_eq!((&order["statusCode"], &order["hold"]), (&json!(16), &Value::Null));
}

#[tokio::test]
async fn cancelling_a_paid_order_refunds_it_and_the_ledger_shows_the_money_going_back() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.draft("charged").await;
    let order = operations
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    let charged = order["fee"]["total"].clone();
    let body = json!({ "reason": "Borrower withdrew" });
    let order = operations.post(&format!("{path}/cancel"), body).await.expect(200).body;
    assert_eq!(order["statusCode"], 8);
    assert_eq!(order["cancel"]["refunded"], charged);
    assert_eq!(order["cancel"]["feeApplied"], Value::Null);
    assert_eq!(order["payment"]["status"], "refunded");
    let payments = operations.payments(&path).await;
    assert_eq!(payments[0]["kind"], "refund");
    assert_eq!(payments[0]["relatedPaymentId"], payments[1]["id"]);
    assert_eq!(kinds(&operations.history(&path).await)[..2], ["refunded", "cancelled"]);
    let back = world.ledger(Some(&path)).await[1]["charge"]["amount"].clone();
    assert_eq!(back, format!("-{}", charged["amount"].as_str().unwrap()).as_str());
}

#[tokio::test]
async fn cancelling_after_a_vendor_went_to_work_costs_the_technology_fee() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    for (status, costs) in [("10", true), ("1", false)] {
        let path = world.one_in(status).await;
        let fee = operations.order(&path).await["fee"]["technologyFee"].clone();
        let body = json!({ "reason": "Loan was denied" });
        let order = operations.post(&format!("{path}/cancel"), body).await.expect(200).body;
        let expected = if costs { fee } else { Value::Null };
        assert_eq!(order["cancel"]["feeApplied"], expected);
        let (state, amount) = if costs {
            ("due", expected["amount"].clone())
        } else {
            ("notDue", json!("0.00"))
        };
        assert_eq!(order["payment"]["status"], state);
        assert_eq!(order["payment"]["amountDue"]["amount"], amount);
    }
}
