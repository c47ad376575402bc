//! Good bodies with a member or two gone wrong: each is refused or done, and none breaks the server.

use axum::http::Method;
use serde_json::{Value, json};

use crate::world::{World, money};

/// A small generator, so that a failure can be had again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn value(&mut self) -> Value {
        match self.below(14) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(i64::MIN),
            3 => json!(u64::MAX),
            4 => json!(1.5e300),
            5 => json!(""),
            6 => json!("\u{0}\u{202e}\u{10ffff}"),
            7 => json!("x".repeat(5_000)),
            8 => json!("9999-12-31"),
            9 => json!("-9999-12-31T23:59:59Z"),
            10 => json!([]),
            11 => json!([{}, null, [[]]]),
            12 => money("999999999.99"),
            _ => json!({ "amount": "-0.00", "currency": "usd" }),
        }
    }

    /// Breaks something at any depth.
    fn damage(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                let at = self.below(members.len());
                let name = members.keys().nth(at).unwrap().clone();
                match self.below(4) {
                    0 => {
                        members.remove(&name);
                    }
                    1 => self.damage(&mut members[&name]),
                    _ => members[&name] = self.value(),
                }
            }
            Value::Array(items) if !items.is_empty() => {
                let at = self.below(items.len());
                self.damage(&mut items[at]);
            }
            other => *other = self.value(),
        }
    }
}

/// Where a good body is sent, by the status its order stands at.
fn good(report: &Value) -> Vec<(&'static str, Method, &'static str, Value)> {
    let post = || Method::POST;
    vec![
        (
            "10",
            Method::PATCH,
            "",
            json!({ "orderFee": money("500.00"), "dueDate": "2026-12-30", "specialInstructions": "None." }),
        ),
        ("10", post(), "/comments", json!({ "text": "Hello." })),
        (
            "1",
            post(),
            "/status",
            json!({ "statusCode": 4, "reason": null, "fee": money("500.00"), "dueDate": "2026-12-30", "notes": "More." }),
        ),
        (
            "4",
            post(),
            "/conditions/counter",
            json!({ "fee": money("400.00"), "dueDate": "2026-12-30", "note": "Less." }),
        ),
        (
            "3",
            post(),
            "/inspection/schedule",
            json!({ "slotId": "slot-20261124-09" }),
        ),
        (
            "14",
            post(),
            "/inspection/complete",
            json!({ "completedAt": "2026-11-22T15:00:00Z" }),
        ),
        (
            "11",
            Method::PUT,
            "/checklist/items/market-area",
            json!({ "answer": "pass", "note": "Fine." }),
        ),
        (
            "13",
            post(),
            "/rovs",
            json!({ "party": "client", "reason": "Two sales were left out.", "comparables": [
            { "address": "1 A St", "saleDate": "2026-05-05", "salePrice": money("300000.00"), "note": null }] }),
        ),
        (
            "13",
            post(),
            "/revisions/client",
            json!({ "reportId": report, "type": "other", "reason": "Ten characters." }),
        ),
        (
            "13",
            post(),
            "/deliveries/borrower",
            json!({ "email": "a@b.example", "message": "Hello." }),
        ),
        (
            "13",
            post(),
            "/deliveries",
            json!({ "name": "A", "email": "a@b.example", "message": null }),
        ),
        (
            "13",
            post(),
            "/process-ucdp-submission",
            json!({ "reportId": report, "businessUnit": "1", "appraisalNumber": 1,
            "gses": ["fannieMae"], "documentFileId": null, "note": null }),
        ),
        (
            "13",
            post(),
            "/process-ead-submission",
            json!({ "reportId": report, "fhaCaseNumber": "123-1234567", "note": null }),
        ),
        ("13", post(), "/invoices", json!({ "billTo": "client", "note": null })),
        (
            "13",
            post(),
            "/collect-payment",
            json!({ "methodId": "mth-aspen-ach", "amount": money("10.00") }),
        ),
        (
            "13",
            post(),
            "/payment-links",
            json!({ "email": "a@b.example", "amount": money("10.00") }),
        ),
        (
            "13",
            post(),
            "/payments",
            json!({ "method": "check", "amount": money("10.00"), "reference": "1", "receivedOn": "2026-11-20" }),
        ),
        ("13", post(), "/mark-paid", json!({ "note": "It is." })),
    ]
}

#[tokio::test]
async fn damaged_bodies_are_refused_or_done() {
    let world = World::new();
    let person = world.sign_in("admin").await;
    let mut dice = Dice(11);
    let (mut refused, mut rounds) = (0, 0);
    let of_13 = world.one_in("13").await;
    let report = person.get(&format!("{of_13}/reports/latest")).await.expect(200).body["id"].clone();
    for (status, method, rest, body) in good(&report) {
        let path = world.one_in(status).await;
        for _ in 0..40 {
            let mut body = body.clone();
            for _ in 0..=dice.below(2) {
                dice.damage(&mut body);
            }
            let before = world.ledger(Some(&path)).await.len();
            let answer = person
                .ask(method.clone(), &format!("{path}{rest}"), &[], Some(body.clone()))
                .await;
            let happened = world.ledger(Some(&path)).await.len() > before;
            assert!(
                [200, 400, 409, 422].contains(&answer.status),
                "{} for {rest} {body}",
                answer.status
            );
            assert_eq!(answer.status == 200, happened, "{rest} {body}");
            refused += usize::from(answer.status == 400);
            rounds += 1;
            // What can be read afterwards can be read.
            person.order(&path).await;
            person.get(&format!("{path}/invoice-data")).await.expect(200);
        }
    }
    assert!(refused * 2 > rounds, "{refused} of {rounds}");
}
