//! Changes to an order under way, and comments.

use serde_json::{Value, json};

use crate::world::{World, cents, kinds, money};

#[tokio::test]
async fn each_change_is_told_with_what_was_before() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("10").await;
    let before = person.order(&path).await;
    let body = json!({ "orderFee": money("999.00"), "dueDate": "2026-12-31", "specialInstructions": null });
    let order = person.patch(&path, body).await.expect(200).body;
    assert_eq!(order["fee"]["orderFee"], money("999.00"));
    assert_eq!(
        cents(&order["fee"]["total"]),
        99_900 + cents(&before["fee"]["technologyFee"])
    );
    assert_eq!(
        (&order["dueDate"], &order["specialInstructions"]),
        (&json!("2026-12-31"), &Value::Null)
    );
    assert_eq!(order["statusCode"], 10);
    let entry = &person.history(&path).await[0];
    assert_eq!(
        (&entry["type"], &entry["toStatus"]),
        (&json!("orderUpdated"), &Value::Null)
    );
    let summary = entry["summary"].as_str().unwrap();
    let old = before["fee"]["orderFee"]["amount"].as_str().unwrap();
    assert!(summary.contains(&format!("order fee {old} → 999.00")), "{summary}");
    assert!(
        summary.contains("→ 2026-12-31") && summary.contains("special instructions"),
        "{summary}"
    );
    let effects = world.ledger(Some(&path)).await;
    assert_eq!((effects.len(), &effects[0]["operation"]), (1, &json!("updateOrder")));
}

#[tokio::test]
async fn a_change_names_something_and_makes_sense() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("10").await;
    for (body, field) in [
        (json!({}), ""),
        (json!({ "unheard": 1 }), ""),
        (json!({ "orderFee": null }), "orderFee"),
        (json!({ "orderFee": money("0.00") }), "orderFee"),
        (json!({ "orderFee": money("1000000.00") }), "orderFee"),
        (json!({ "dueDate": null }), "dueDate"),
        (json!({ "dueDate": "2026-11-01" }), "dueDate"),
        (
            json!({ "specialInstructions": "x".repeat(4_001) }),
            "specialInstructions",
        ),
    ] {
        assert_eq!(
            person
                .patch(&path, body)
                .await
                .refused(400, "validation_failed")
                .fields(),
            [field]
        );
    }
    for status in ["draft", "6", "7", "8"] {
        let path = world.one_in(status).await;
        person
            .patch(&path, json!({ "dueDate": "2026-12-31" }))
            .await
            .refused(409, "state_conflict");
    }
    let held = world.one_in("9").await;
    person
        .patch(&held, json!({ "dueDate": "2026-12-31" }))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_comment_leaves_the_version_alone() {
    let world = World::new();
    for (user, status) in [("finance", "8"), ("client", "16"), ("qc", "11")] {
        let person = world.sign_in(user).await;
        let path = world.one_in(status).await;
        let before = person.order(&path).await;
        let url = format!("{path}/comments");
        for bad in [json!({}), json!({ "text": "  " }), json!({ "text": "x".repeat(2_001) })] {
            assert_eq!(
                person.post(&url, bad).await.refused(400, "validation_failed").fields(),
                ["text"]
            );
        }
        let order = person
            .post(&url, json!({ "text": "The gate is <b>open</b>." }))
            .await
            .expect(200)
            .body;
        assert_eq!(order, before);
        let entry = &person.history(&path).await[0];
        assert_eq!(
            (&entry["type"], &entry["summary"]),
            (&json!("comment"), &json!("The gate is <b>open</b>."))
        );
        assert_eq!(entry["actor"]["id"], format!("usr-{user}"));
    }
    let draft = world.draft("complete").await;
    let person = world.sign_in("operations").await;
    person
        .post(&format!("{draft}/comments"), json!({ "text": "Too early" }))
        .await
        .refused(409, "state_conflict");
    assert_eq!(kinds(&person.history(&draft).await).len(), 0);
}
