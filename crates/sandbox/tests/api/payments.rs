//! Money in and out: never twice, never more than is due, and a refusal of the bank is told too.

use serde_json::{Value, json};

use crate::world::{Person, World, cents, dollars, kinds, money};

const KEY: [(&str, &str); 1] = [("idempotency-key", "7f0c1e1a-5b7e-4c39-9c37-3c0d1ad7f001")];

fn by(kind: &str, amount: &Value) -> Value {
    json!({ "methodId": format!("mth-aspen-{kind}"), "amount": amount })
}

/// By no method or an amount that is none, for more than is due, by methods that nothing can be drawn from.
async fn refuse_other_charges(finance: &Person<'_>, url: &str, due: &Value) {
    for (body, field) in [
        (by("gold", due), "methodId"),
        (by("paypal", &money("0.00")), "amount"),
        (by("paypal", &json!(450)), "amount"),
    ] {
        assert_eq!(
            finance.post(url, body).await.refused(400, "validation_failed").fields(),
            [field]
        );
    }
    let more = dollars(cents(due) + 1);
    assert_eq!(
        finance
            .post(url, by("paypal", &more))
            .await
            .refused(422, "not_processable")
            .fields(),
        ["amount"]
    );
    for kind in ["check", "creditCard", "paymentLink"] {
        assert_eq!(
            finance
                .post(url, by(kind, due))
                .await
                .refused(422, "not_processable")
                .fields(),
            ["methodId"]
        );
    }
}

#[tokio::test]
async fn a_card_on_file_pays_at_once_and_once() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let url = format!("{path}/collect-payment");
    let due = finance.order(&path).await["payment"]["amountDue"].clone();
    refuse_other_charges(&finance, &url, &due).await;
    let order = finance.post(&url, by("storedCard", &due)).await.expect(200).body;
    assert_eq!(
        (&order["payment"]["status"], &order["payment"]["amountDue"]),
        (&json!("paid"), &money("0.00"))
    );
    finance
        .post(&url, by("storedCard", &due))
        .await
        .refused(409, "duplicate_action");
    let payments = finance.payments(&path).await;
    assert_eq!((payments.len(), &payments[0]["status"]), (1, &json!("succeeded")));
    let entry = finance
        .history(&path)
        .await
        .into_iter()
        .find(|entry| entry["type"] == "paymentCollected")
        .unwrap();
    assert_eq!(entry["refs"], json!({ "paymentId": payments[0]["id"] }));
    let effects = world.ledger(Some(&path)).await;
    assert_eq!((effects.len(), &effects[0]["charge"]), (1, &due));
    let data = finance.get(&format!("{path}/invoice-data")).await.expect(200).body;
    assert_eq!((&data["paid"], &data["amountDue"]), (&due, &money("0.00")));
}

#[tokio::test]
async fn a_transfer_is_pending_until_it_settles() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let url = format!("{path}/collect-payment");
    let due = finance.order(&path).await["payment"]["amountDue"].clone();
    let order = finance.post(&url, by("ach", &due)).await.expect(200).body;
    assert_eq!(
        (&order["payment"]["status"], &order["payment"]["amountDue"]),
        (&json!("pending"), &due)
    );
    assert!(
        finance.history(&path).await[0]["summary"]
            .as_str()
            .unwrap()
            .ends_with("pending")
    );
    finance
        .post(&url, by("paypal", &due))
        .await
        .refused(409, "duplicate_action");
    world.advance(2_999);
    assert_eq!(finance.payments(&path).await[0]["status"], "pending");
    world.advance(1);
    assert_eq!(finance.payments(&path).await[0]["status"], "succeeded");
    assert_eq!(finance.order(&path).await["payment"]["status"], "paid");
    let history = finance.history(&path).await;
    let settled = history
        .iter()
        .find(|entry| entry["type"] == "paymentCollected")
        .unwrap();
    assert_eq!(settled["source"], "automation");
    let charges: Vec<_> = world
        .ledger(Some(&path))
        .await
        .iter()
        .map(|effect| (effect["operation"].clone(), effect["charge"].clone()))
        .collect();
    assert_eq!(
        charges,
        [
            (json!("collectPayment"), Value::Null),
            (json!("automation:chargeSettles"), due)
        ]
    );
}

#[tokio::test]
async fn a_declined_charge_is_recorded_told_and_refused() {
    let world = World::with(|options| options.orders = 1_200);
    let finance = world.sign_in("finance").await;
    let path = world.accepted("declining").await;
    let url = format!("{path}/collect-payment");
    let before = finance.order(&path).await;
    let due = before["payment"]["amountDue"].clone();
    let ask = async || {
        let body = Some(by("storedCard", &due));
        finance.ask(axum::http::Method::POST, &url, &KEY, body).await
    };
    ask().await.refused(422, "payment_declined");
    let order = finance.order(&path).await;
    assert_eq!(
        (&order["payment"]["status"], &order["payment"]["amountDue"]),
        (&json!("failed"), &due)
    );
    assert_eq!(order["version"], before["version"].as_i64().unwrap() + 1);
    let payments = finance.payments(&path).await;
    assert_eq!((payments.len(), &payments[0]["status"]), (1, &json!("failed")));
    let entry = &finance.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["refs"]["paymentId"]),
        (&json!("paymentFailed"), &payments[0]["id"])
    );
    let effects = world.ledger(Some(&path)).await;
    assert_eq!((effects.len(), &effects[0]["charge"]), (1, &Value::Null));
    // The same intent again is answered the same, and not tried again.
    ask().await.refused(422, "payment_declined");
    assert_eq!(finance.payments(&path).await.len(), 1);
    // A colleague meets the same, and it stays as well.
    let problem = world
        .try_act("finance", "collectPayment", &path, Value::Null)
        .await
        .unwrap_err();
    assert_eq!(problem.code().status().as_u16(), 422);
    assert_eq!(finance.payments(&path).await.len(), 2);
}

#[tokio::test]
async fn charges_can_be_made_to_decline() {
    let world = World::new();
    world.set(json!({ "chargesDecline": true }));
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let due = finance.order(&path).await["payment"]["amountDue"].clone();
    finance
        .post(&format!("{path}/collect-payment"), by("paypal", &due))
        .await
        .refused(422, "payment_declined");
    let draft = world.draft("charged").await;
    let order = world.act("client", "activateOrder", &draft, Value::Null).await;
    assert_eq!(order["statusCode"], 9);
}

#[tokio::test]
async fn nothing_is_collected_before_delivery_and_approval() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    for path in [
        world.accepted("undelivered").await,
        world.one_in("11").await,
        world.one_in("17").await,
    ] {
        let body = by("paypal", &money("10.00"));
        finance
            .post(&format!("{path}/collect-payment"), body)
            .await
            .refused(400, "business_rule");
        let body = json!({ "note": "It is paid." });
        finance
            .post(&format!("{path}/mark-paid"), body)
            .await
            .refused(400, "business_rule");
        assert!(world.ledger(Some(&path)).await.is_empty());
    }
}

#[tokio::test]
async fn what_arrives_is_recorded_once_by_reference_and_amount() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.one_in("10").await;
    let url = format!("{path}/payments");
    let good = json!({ "method": "check", "amount": money("100.00"), "reference": "1044", "receivedOn": "2026-11-20" });
    for (member, bad) in [
        ("method", json!("barter")),
        ("amount", money("-5.00")),
        ("reference", json!("x".repeat(65))),
        ("receivedOn", json!("2026-12-24")),
        ("receivedOn", json!("yesterday")),
    ] {
        let mut body = good.clone();
        body[member] = bad;
        assert_eq!(
            finance
                .post(&url, body)
                .await
                .refused(400, "validation_failed")
                .fields(),
            [member]
        );
    }
    let before = finance.order(&path).await["payment"]["amountDue"].clone();
    let order = finance.post(&url, good.clone()).await.expect(200).body;
    assert_eq!(order["payment"]["amountDue"], dollars(cents(&before) - 10_000));
    finance.post(&url, good.clone()).await.refused(409, "duplicate_action");
    let mut other = good;
    other["amount"] = money("100.01");
    finance.post(&url, other).await.expect(200);
    assert_eq!(
        kinds(&finance.history(&path).await)[..2],
        ["paymentReceived", "paymentReceived"]
    );
    assert_eq!(finance.payments(&path).await[0]["reference"], "1044");
}

#[tokio::test]
async fn a_link_is_paid_when_borrowers_act() {
    let world = World::new();
    world.set(json!({ "borrowerActs": true }));
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let due = finance.order(&path).await["payment"]["amountDue"].clone();
    let url = format!("{path}/payment-links");
    let more = json!({ "email": "dana@mail.example", "amount": dollars(cents(&due) + 100) });
    finance.post(&url, more).await.refused(422, "not_processable");
    let body = json!({ "email": "dana@mail.example", "amount": due });
    finance.post(&url, body.clone()).await.expect(200);
    let link = finance.payments(&path).await[0].clone();
    assert_eq!(
        (&link["kind"], &link["status"]),
        (&json!("paymentLink"), &json!("pending"))
    );
    assert_eq!(
        finance.history(&path).await[0]["refs"],
        json!({ "paymentId": link["id"] })
    );
    world.advance(3_000);
    assert_eq!(finance.payments(&path).await[0]["status"], "succeeded");
    assert_eq!(finance.order(&path).await["payment"]["status"], "paid");
    finance.post(&url, body).await.refused(409, "duplicate_action");
}

#[tokio::test]
async fn a_refund_gives_back_no_more_than_came_in() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    world.act("finance", "collectPayment", &path, Value::Null).await;
    let charge = finance.payments(&path).await[0].clone();
    let url = format!("{path}/payments/{}/refund", charge["id"].as_str().unwrap());
    let refund = |amount: Value| json!({ "amount": amount, "reason": "Charged in error" });
    let more = dollars(cents(&charge["amount"]) + 1);
    assert_eq!(
        finance
            .post(&url, refund(more))
            .await
            .refused(422, "not_processable")
            .fields(),
        ["amount"]
    );
    let order = finance.post(&url, refund(money("100.00"))).await.expect(200).body;
    assert_eq!(order["payment"]["amountDue"], money("100.00"));
    let rest = dollars(cents(&charge["amount"]) - 10_000);
    finance
        .post(&url, refund(charge["amount"].clone()))
        .await
        .refused(422, "not_processable");
    let order = finance.post(&url, refund(rest)).await.expect(200).body;
    assert_eq!(order["payment"]["status"], "refunded");
    let payments = finance.payments(&path).await;
    assert_eq!(payments[0]["relatedPaymentId"], charge["id"]);
    let entry = &finance.history(&path).await[0];
    assert_eq!(
        (&entry["refs"]["paymentId"], &entry["reason"]),
        (&payments[0]["id"], &json!("Charged in error"))
    );
    let last = world.ledger(Some(&path)).await.pop().unwrap();
    assert!(last["charge"]["amount"].as_str().unwrap().starts_with('-'));
    // A refund is no payment, and what is not there cannot go back.
    let id = payments[0]["id"].as_str().unwrap();
    finance
        .post(&format!("{path}/payments/{id}/refund"), refund(money("1.00")))
        .await
        .refused(422, "not_processable");
    finance
        .post(&format!("{path}/payments/pay-999999/refund"), refund(money("1.00")))
        .await
        .refused(404, "not_found");
    // It can be collected anew.
    let order = world.act("finance", "collectPayment", &path, Value::Null).await;
    assert_eq!(order["payment"]["status"], "paid");
}

#[tokio::test]
async fn a_charge_under_way_does_not_settle_on_a_cancelled_order() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    world
        .act(
            "finance",
            "collectPayment",
            &path,
            json!({ "methodId": "mth-aspen-ach" }),
        )
        .await;
    world.act("operations", "cancelOrder", &path, Value::Null).await;
    world.advance(3_000);
    assert_eq!(finance.payments(&path).await[0]["status"], "failed");
    assert_eq!(kinds(&finance.history(&path).await)[0], "paymentFailed");
    assert!(
        world
            .ledger(Some(&path))
            .await
            .iter()
            .all(|effect| effect["charge"].is_null())
    );
}

#[tokio::test]
async fn cancelling_gives_back_all_that_came_in_but_the_fee() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let record = |amount: &str, reference: &str| json!({ "method": "check", "amount": money(amount), "reference": reference, "receivedOn": "2026-11-20" });
    for (amount, reference) in [("100.00", "A"), ("50.00", "B")] {
        finance
            .post(&format!("{path}/payments"), record(amount, reference))
            .await
            .expect(200);
    }
    let before = finance.order(&path).await;
    let order = world.act("operations", "cancelOrder", &path, Value::Null).await;
    let fee = cents(&before["fee"]["technologyFee"]);
    assert_eq!(order["cancel"]["feeApplied"], before["fee"]["technologyFee"]);
    assert_eq!(order["cancel"]["refunded"], dollars(15_000 - fee));
    assert_eq!(order["payment"]["status"], "refunded");
    let payments = finance.payments(&path).await;
    let refunds: Vec<i64> = payments
        .iter()
        .filter(|payment| payment["kind"] == "refund")
        .map(|payment| cents(&payment["amount"]))
        .collect();
    assert_eq!(refunds, [10_000 - fee, 5_000], "the latest first");
    assert_eq!(
        world.ledger(Some(&path)).await.pop().unwrap()["charge"],
        money(&format!("-{}", order["cancel"]["refunded"]["amount"].as_str().unwrap()))
    );
}

#[tokio::test]
async fn an_agreement_on_the_fee_leaves_what_was_paid() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.one_in("4").await;
    let body = json!({ "method": "cash", "amount": money("30.00"), "reference": "C", "receivedOn": "2026-11-20" });
    finance.post(&format!("{path}/payments"), body).await.expect(200);
    let order = world.act("client", "acceptConditions", &path, Value::Null).await;
    assert_eq!(
        order["payment"]["amountDue"],
        dollars(cents(&order["fee"]["total"]) - 3_000)
    );
}
