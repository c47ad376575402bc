//! The state machine: every status against every move.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::world::{World, kinds, path_of};

/// Every status that the seed has, with the moves that it allows.
fn table() -> BTreeMap<&'static str, &'static [&'static str]> {
    let moving: &[&str] = &["hold", "cancel"];
    let assignable: &[&str] = &["assign", "hold", "cancel"];
    let mut table = BTreeMap::new();
    for status in ["16", "1", "2", "3", "4", "10"] {
        table.insert(status, assignable);
    }
    for status in ["14", "15", "11", "12", "20", "13", "17", "18", "5", "19"] {
        table.insert(status, moving);
    }
    for status in ["6", "7", "8"] {
        table.insert(status, &[][..]);
    }
    table.insert("9", &["reactivate", "cancel"]);
    table.insert("draft", &["activate"]);
    table
}

#[tokio::test]
async fn each_status_allows_exactly_its_moves() {
    // Four orders of even the rarest status: one for each move that may succeed.
    let world = World::with(|options| options.orders = 800);
    let operations = world.sign_in("operations").await;
    let samples = world.samples().await;
    let mut moves = 0;
    for (status, allowed) in table() {
        for attempt in ["activate", "assign", "hold", "reactivate", "cancel"] {
            let spent = allowed.iter().position(|known| *known == attempt);
            let path = match status {
                "draft" => path_of(&samples, &["drafts", "complete"], spent.unwrap_or(3)),
                status => path_of(&samples, &["byStatus", status], spent.unwrap_or(3)),
            };
            let before = operations.order(&path).await;
            let body = match attempt {
                "activate" => json!({}),
                "assign" => json!({ "vendorId": operations.eligible_vendor(&path).await }),
                _ => json!({ "reason": "as the table says" }),
            };
            let answer = operations.post(&format!("{path}/{attempt}"), body).await;
            let effects = world.ledger(Some(&path)).await;
            if spent.is_some() {
                let after = answer.expect(200).body;
                assert_eq!(after["version"], before["version"].as_i64().unwrap() + 1);
                assert_eq!(after, operations.order(&path).await);
                assert_eq!(effects.len(), 1, "{status} {attempt}");
                moves += 1;
            } else {
                answer.refused(409, "state_conflict");
                assert_eq!(before, operations.order(&path).await);
                assert!(effects.is_empty(), "{status} {attempt}");
            }
        }
    }
    assert_eq!(moves, 6 * 3 + 10 * 2 + 2 + 1);
}

#[tokio::test]
async fn assignment_sets_vendor_clock_and_history() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let vendor = operations.eligible_vendor(&path).await;
    let order = operations
        .post(&format!("{path}/assign"), json!({ "vendorId": vendor }))
        .await;
    let order = order.expect(200).body;
    assert_eq!(order["statusCode"], 1);
    assert_eq!(order["vendor"]["id"], vendor.as_str());
    assert_eq!(order["assignedAt"], "2026-11-22T15:04:05.000Z");
    assert_eq!(order["sla"]["respondBy"], "2026-11-23T15:04:05.000Z");
    let history = operations.history(&path).await;
    let entry = &history[0];
    assert_eq!(entry["type"], "assigned");
    assert_eq!((&entry["fromStatus"], &entry["toStatus"]), (&json!(16), &json!(1)));
    assert_eq!(entry["actor"]["id"], "usr-operations");
    assert_eq!(entry["refs"]["vendorId"], vendor.as_str());
    // It is the vendor's to see now.
    let id = order["id"].as_str().unwrap();
    let number: u32 = vendor.trim_start_matches("ven-").parse().unwrap();
    let username = if number == 1 {
        "vendor".to_owned()
    } else {
        format!("vendor{number}")
    };
    let their = world.sign_in(&username).await;
    their
        .get(&format!("/api/clients/cli-aspen/orders/{id}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn reassignment_counts_and_forgets_what_the_last_vendor_asked_for() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("4").await;
    let before = operations.order(&path).await;
    assert!(before["conditions"].is_object());
    let vendor = operations.eligible_vendor(&path).await;
    let body = json!({ "vendorId": vendor });
    let after = operations
        .post(&format!("{path}/assign"), body.clone())
        .await
        .expect(200)
        .body;
    assert_eq!(after["conditions"], Value::Null);
    let count = |order: &Value| order["reassignmentCount"].as_i64().unwrap();
    assert_eq!(count(&after), count(&before) + 1);
    assert_eq!(after["fee"]["total"], before["fee"]["total"]);
    assert_eq!(kinds(&operations.history(&path).await)[0], "reassigned");
    operations
        .post(&format!("{path}/assign"), body)
        .await
        .refused(409, "duplicate_action");
}

#[tokio::test]
async fn a_vendor_that_is_not_eligible_is_refused_with_the_reasons() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let vendors = operations
        .get(&format!("{path}/suggested-vendors"))
        .await
        .expect(200)
        .body;
    let mut refused = 0;
    for vendor in vendors["items"].as_array().unwrap() {
        let reasons = vendor["reasons"].as_array().unwrap();
        assert_eq!(vendor["eligible"] == true, reasons.is_empty());
        if reasons.is_empty() {
            continue;
        }
        let body = json!({ "vendorId": vendor["id"] });
        let answer = operations.post(&format!("{path}/assign"), body).await;
        let answer = answer.refused(400, "vendor_not_eligible");
        let told: Vec<&Value> = answer.body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| &error["message"])
            .collect();
        assert_eq!(told, reasons.iter().collect::<Vec<_>>());
        refused += 1;
    }
    assert!(refused > 10);
    let body = json!({ "vendorId": "ven-99" });
    operations
        .post(&format!("{path}/assign"), body)
        .await
        .refused(400, "vendor_not_eligible");
    assert!(world.ledger(Some(&path)).await.is_empty());
}

#[tokio::test]
async fn suggestions_come_in_the_order_of_preference() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let vendors = operations
        .get(&format!("{path}/suggested-vendors"))
        .await
        .expect(200)
        .body;
    let strength = |coverage: &Value| {
        ["zip", "county", "state", "none"]
            .iter()
            .position(|known| coverage == known)
            .unwrap()
    };
    let cents = |fee: &Value| fee["amount"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let keys: Vec<_> = vendors["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|vendor| {
            (
                vendor["eligible"] != true,
                strength(&vendor["coverage"]),
                cents(&vendor["fee"]),
            )
        })
        .collect();
    assert_eq!(keys.len(), 40);
    assert!(keys.is_sorted());
    assert!(!keys[1].0, "at least two vendors are eligible");
}

#[tokio::test]
async fn a_vendor_that_declined_is_not_asked_again() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("2").await;
    let holder = operations.order(&path).await["vendor"]["id"].clone();
    let answer = operations
        .post(&format!("{path}/assign"), json!({ "vendorId": holder }))
        .await;
    let answer = answer.refused(400, "vendor_not_eligible");
    assert!(answer.body["errors"].to_string().contains("already declined"));
}

#[tokio::test]
async fn a_hold_stops_the_clock_and_reactivation_returns_to_where_it_was() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("14").await;
    let before = operations.order(&path).await;
    let body = json!({ "reason": "Borrower asked to wait for the survey" });
    let held = operations.post(&format!("{path}/hold"), body).await.expect(200).body;
    assert_eq!(held["statusCode"], 9);
    assert_eq!(held["hold"]["priorStatus"], 14);
    assert_eq!(held["hold"]["by"]["name"], "Olivia Grant");
    world.advance(7_000);
    let admin = world.sign_in("admin").await;
    let body = json!({ "reason": "Survey has arrived" });
    let after = admin.post(&format!("{path}/reactivate"), body).await.expect(200).body;
    assert_eq!(after["statusCode"], 14);
    assert_eq!(after["hold"], Value::Null);
    assert_eq!(after["sla"]["pausedMs"], 7_000);
    assert_eq!(after["dueDate"], before["dueDate"]);
    assert_ne!(after["sla"]["dueAt"], before["sla"]["dueAt"]);
    let history = operations.history(&path).await;
    assert_eq!(kinds(&history)[..2], ["reactivated", "held"]);
    assert_eq!(
        (&history[0]["fromStatus"], &history[0]["toStatus"]),
        (&json!(9), &json!(14))
    );
    assert_eq!(history[0]["actor"]["name"], "Avery Stone");
    assert_eq!(history[1]["reason"], "Borrower asked to wait for the survey");
}

#[tokio::test]
async fn reasons_are_needed_in_words() {
    let world = World::new();
    let operations = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let bad = [
        json!({}),
        json!({ "reason": null }),
        json!({ "reason": "ab" }),
        json!({ "reason": "    " }),
        json!({ "reason": "x".repeat(501) }),
        json!({ "reason": 5 }),
    ];
    for body in bad {
        for action in ["hold", "cancel"] {
            let answer = operations.post(&format!("{path}/{action}"), body.clone()).await;
            assert_eq!(answer.refused(400, "validation_failed").fields(), ["reason"]);
        }
    }
    let body = json!({ "reason": "é".repeat(500) });
    operations.post(&format!("{path}/hold"), body).await.expect(200);
}
