//! Faults that end sessions, or lose what would have continued them.

use serde_json::json;

use super::support::{REASON, Reply, Sandbox, bearer};

/// A `Cookie` line with the refresh token that an answer has set.
fn cookie(reply: &Reply) -> String {
    let set = reply.header("set-cookie");
    let pair = set.split(';').next().unwrap();
    assert!(pair.starts_with("omnival_refresh=") && pair.len() > 30, "{set}");
    format!("Cookie: {pair}\r\n")
}

async fn refresh(sandbox: &Sandbox, cookie: &str) -> Reply {
    sandbox.send("POST", "/api/auth/refresh", cookie, "").await.whole()
}

#[tokio::test]
async fn expired_access_tokens_stop_a_write_and_can_be_refreshed() {
    let sandbox = Sandbox::start().await;
    let signed_in = sandbox.sign_in("operations").await;
    let (token, other) = (bearer(&signed_in.json()), sandbox.token("qc").await);
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "expireAccessTokens"}}))
        .await;
    let reply = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
    assert_eq!((reply.status, &reply.json()["code"]), (401, &json!("token_expired")));
    assert!(sandbox.effects(&order).await.is_empty());
    assert_eq!(
        sandbox.get("/api/auth/me", &other).await.status,
        401,
        "everybody's token"
    );
    let refreshed = refresh(&sandbox, &cookie(&signed_in)).await;
    assert_eq!(refreshed.status, 200);
    let token = bearer(&refreshed.json());
    let reply = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_revoked_session_cannot_be_refreshed_and_others_live_on() {
    let sandbox = Sandbox::start().await;
    let signed_in = sandbox.sign_in("operations").await;
    let (token, other) = (bearer(&signed_in.json()), sandbox.token("qc").await);
    sandbox
        .arm(json!({"operation": "whoAmI", "fault": {"kind": "revokeSession"}}))
        .await;
    let reply = sandbox.get("/api/auth/me", &token).await;
    assert_eq!((reply.status, &reply.json()["code"]), (401, &json!("session_revoked")));
    let refused = refresh(&sandbox, &cookie(&signed_in)).await;
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (401, &json!("session_revoked"))
    );
    assert_eq!(sandbox.get("/api/auth/me", &other).await.status, 200);
}

#[tokio::test]
async fn revoking_needs_a_session_and_says_so_if_there_is_none() {
    let sandbox = Sandbox::start().await;
    sandbox
        .arm(json!({"operation": "whoAmI", "fault": {"kind": "revokeSession"}}))
        .await;
    assert_eq!(sandbox.get("/api/auth/me", "").await.status, 401);
    let fired = &sandbox.faults().await["fired"][0];
    assert_eq!(fired["note"], "The request carried no session.");
}

#[tokio::test]
async fn a_lost_refresh_answer_has_spent_the_old_token() {
    let sandbox = Sandbox::start().await;
    let signed_in = sandbox.sign_in("operations").await;
    let armed = sandbox.arm(json!({"fault": {"kind": "loseRefreshAnswer"}})).await;
    assert_eq!(armed["operation"], "refreshSession");
    assert_eq!(
        sandbox.get("/api/auth/me", "").await.status,
        401,
        "it waits for a refresh"
    );
    let lost = sandbox.send("POST", "/api/auth/refresh", &cookie(&signed_in), "").await;
    assert!(lost.is_nothing());
    assert_eq!(sandbox.ledger("operation=refreshSession").await.len(), 1);
    let again = refresh(&sandbox, &cookie(&signed_in)).await;
    assert_eq!((again.status, &again.json()["code"]), (401, &json!("refresh_reused")));
}
