//! Faults in which somebody else, or the history, is not where the client believes.

use serde_json::json;

use super::support::{REASON, Sandbox};

#[tokio::test]
async fn a_colleague_is_quicker_and_is_never_the_requester() {
    let sandbox = Sandbox::start().await;
    let order = sandbox.sample("16").await;
    let mut movers = Vec::new();
    for requester in ["admin", "operations"] {
        assert_eq!(sandbox.send("POST", "/sandbox/reset", "", "").await.whole().status, 204);
        let token = sandbox.token(requester).await;
        sandbox
            .arm(json!({"operation": "holdOrder",
                "fault": {"kind": "otherUserMoves", "move": "cancel"}}))
            .await;
        let reply = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
        assert_eq!(reply.status, 409);
        let effects = sandbox.ledger(&format!("orderId={}", order.id)).await;
        assert_eq!(effects.len(), 1, "only the colleague's");
        assert_eq!(effects[0]["operation"], "cancelOrder");
        movers.push(effects[0]["username"].as_str().unwrap().to_owned());
        assert_ne!(movers.last().unwrap(), requester);
    }
    assert_eq!(movers, ["operations", "admin"]);
}

#[tokio::test]
async fn every_move_can_be_made_by_a_colleague() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    for (status, action, operation) in [
        ("16", "assign", "assignVendor"),
        ("3", "hold", "holdOrder"),
        ("1", "accept", "acceptOrder"),
        ("11", "cancel", "cancelOrder"),
    ] {
        let order = sandbox.sample(status).await;
        let before = sandbox.order(&order, &token).await;
        sandbox
            .arm(json!({"operation": "getOrder",
                "fault": {"kind": "otherUserMoves", "move": action}}))
            .await;
        let after = sandbox.order(&order, &token).await;
        assert_ne!(before["version"], after["version"], "{action}");
        assert_ne!(before["statusCode"], after["statusCode"], "{action}");
        let effects = sandbox.effects(&order).await;
        assert_eq!(effects.last().map(String::as_str), Some(operation));
    }
    for fired in sandbox.faults().await["fired"].as_array().unwrap() {
        assert_eq!(fired["note"], json!(null));
    }
}

#[tokio::test]
async fn a_move_that_is_not_possible_is_noted_and_the_request_goes_on() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    for (operation, path) in [("getOrder", order.path("")), ("whoAmI", "/api/auth/me".to_owned())] {
        sandbox
            .arm(json!({"operation": operation,
                "fault": {"kind": "otherUserMoves", "move": "activate", "by": "admin"}}))
            .await;
        assert_eq!(sandbox.get(&path, &token).await.status, 200);
        let note = sandbox.faults().await["fired"][0]["note"].clone();
        assert!(
            note.as_str().is_some_and(|note| !note.is_empty()),
            "{operation}: {note}"
        );
    }
    assert!(sandbox.effects(&order).await.is_empty());
}

#[tokio::test]
async fn history_lags_for_the_one_request_only() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    let types = async || {
        let history = sandbox.get(&order.path("/history"), &token).await.json();
        let items = history["items"].as_array().unwrap();
        items
            .iter()
            .map(|entry| entry["type"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "historyLag", "ms": 3_600_000}}))
        .await;
    let reply = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
    assert_eq!(reply.json()["statusCode"], 9, "the order changes at once");
    assert!(!types().await.contains(&"held".to_owned()));
    let reply = sandbox
        .send("POST", &order.path("/reactivate"), &token, REASON)
        .await
        .whole();
    assert_eq!(reply.status, 200);
    assert_eq!(types().await[0], "reactivated");
    assert!(!types().await.contains(&"held".to_owned()));
}
