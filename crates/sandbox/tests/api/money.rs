//! Invoices and what they wait for.

use serde_json::{Value, json};

use crate::world::{World, kinds};

#[tokio::test]
async fn an_invoice_waits_for_delivery_and_is_made_once() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("undelivered").await;
    let url = format!("{path}/invoices");
    let body = json!({ "billTo": "client", "note": null });
    finance.post(&url, body.clone()).await.refused(400, "business_rule");
    finance
        .post(&format!("{}/invoices", world.one_in("10").await), body.clone())
        .await
        .refused(400, "business_rule");
    let data = finance.get(&format!("{path}/invoice-data")).await.expect(200).body;
    assert_eq!(data["gate"], json!({ "delivered": false, "approved": true }));
    world.act("operations", "sendToBorrower", &path, Value::Null).await;
    let bad = finance.post(&url, json!({ "billTo": "neighbour" })).await;
    assert_eq!(bad.refused(400, "validation_failed").fields(), ["billTo"]);
    let order = finance.post(&url, body.clone()).await.expect(200).body;
    let data = finance.get(&format!("{path}/invoice-data")).await.expect(200).body;
    let invoice = data["invoices"][0].clone();
    assert_eq!(invoice["amount"], order["fee"]["total"]);
    assert_eq!(
        (&invoice["status"], &invoice["createdBy"]["id"]),
        (&json!("open"), &json!("usr-finance"))
    );
    let id = invoice["id"].as_str().unwrap();
    assert_eq!(finance.get(&format!("{url}/{id}")).await.expect(200).body, invoice);
    finance
        .get(&format!("{url}/inv-999999"))
        .await
        .refused(404, "not_found");
    finance.post(&url, body).await.refused(409, "duplicate_action");
    let entry = &finance.history(&path).await[0];
    assert_eq!(entry["refs"], json!({ "invoiceId": id }));
    assert_eq!(entry["correlationId"], invoice["correlationId"]);
    world
        .act(
            "finance",
            "markPaid",
            &path,
            json!({ "note": "As agreed with the branch." }),
        )
        .await;
    assert_eq!(
        finance.get(&format!("{url}/{id}")).await.expect(200).body["status"],
        "paid"
    );
}

#[tokio::test]
async fn marking_as_paid_counts_until_money_goes_back() {
    let world = World::new();
    let finance = world.sign_in("finance").await;
    let path = world.accepted("collectable").await;
    let url = format!("{path}/mark-paid");
    for note in [json!(null), json!("ok"), json!("x".repeat(501))] {
        let answer = finance.post(&url, json!({ "note": note })).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["note"]);
    }
    let part = json!({ "method": "cash", "amount": { "amount": "10.00", "currency": "USD" }, "reference": "R-1",
                       "receivedOn": "2026-11-22" });
    finance.post(&format!("{path}/payments"), part).await.expect(200);
    let body = json!({ "note": "The branch has it in its books." });
    let order = finance.post(&url, body.clone()).await.expect(200).body;
    assert_eq!(
        (&order["payment"]["status"], &order["payment"]["amountDue"]["amount"]),
        (&json!("paid"), &json!("0.00"))
    );
    finance.post(&url, body).await.refused(409, "duplicate_action");
    let payment = finance.payments(&path).await[0]["id"].as_str().unwrap().to_owned();
    let refund = json!({ "amount": { "amount": "10.00", "currency": "USD" }, "reason": "Paid by mistake" });
    let order = finance
        .post(&format!("{path}/payments/{payment}/refund"), refund)
        .await
        .expect(200)
        .body;
    assert_eq!(order["payment"]["status"], "refunded");
    let told = kinds(&finance.history(&path).await)
        .into_iter()
        .filter(|kind| ["refunded", "markedPaid", "paymentReceived"].contains(kind))
        .map(str::to_owned)
        .collect::<Vec<_>>();
    assert_eq!(told, ["refunded", "markedPaid", "paymentReceived"]);
}
