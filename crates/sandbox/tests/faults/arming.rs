//! Arming, counting, disarming, refusing.

use serde_json::{Value, json};

use super::support::Sandbox;

async fn statuses(sandbox: &Sandbox, requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(sandbox.get("/api/auth/me", "").await.status);
    }
    statuses
}

fn unavailable() -> Value {
    json!({"kind": "answer", "when": "before", "status": 503})
}

#[tokio::test]
async fn fires_from_the_nth_on_and_as_often_as_asked() {
    let sandbox = Sandbox::start().await;
    let armed = sandbox
        .arm(json!({"operation": "whoAmI", "nth": 2, "count": 2, "fault": unavailable()}))
        .await;
    assert_eq!(
        (&armed["nth"], &armed["count"], &armed["remaining"]),
        (&json!(2), &json!(2), &json!(2))
    );
    assert_eq!(statuses(&sandbox, 2).await, [401, 503]);
    let listed = sandbox.faults().await;
    assert_eq!(listed["items"][0]["id"], armed["id"]);
    assert_eq!(listed["items"][0]["remaining"], 1);
    assert_eq!(statuses(&sandbox, 2).await, [503, 401]);
    assert_eq!(sandbox.faults().await["items"], json!([]));
}

#[tokio::test]
async fn other_requests_pass() {
    let sandbox = Sandbox::start().await;
    sandbox
        .arm(json!({"path": "/api/*/orders/*", "fault": unavailable()}))
        .await;
    sandbox.arm(json!({"method": "PUT", "fault": unavailable()})).await;
    sandbox
        .arm(json!({"operation": "whoAmI", "method": "POST", "fault": unavailable()}))
        .await;
    assert_eq!(statuses(&sandbox, 1).await, [401]);
    assert_eq!(sandbox.fired().await, 0);
    sandbox.arm(json!({"fault": unavailable()})).await;
    assert_eq!(statuses(&sandbox, 1).await, [503], "no selector means any request");
}

#[tokio::test]
async fn disarmed_faults_never_fire() {
    let sandbox = Sandbox::start().await;
    let first = sandbox
        .arm(json!({"operation": "whoAmI", "fault": unavailable()}))
        .await;
    let teapot = json!({"kind": "answer", "when": "before", "status": 418});
    sandbox.arm(json!({"operation": "whoAmI", "fault": teapot})).await;
    let path = format!("/sandbox/faults/{}", first["id"].as_str().unwrap());
    assert_eq!(sandbox.send("DELETE", &path, "", "").await.whole().status, 204);
    assert_eq!(statuses(&sandbox, 2).await, [418, 401]);
    sandbox
        .arm(json!({"operation": "whoAmI", "fault": unavailable()}))
        .await;
    assert_eq!(
        sandbox.send("DELETE", "/sandbox/faults", "", "").await.whole().status,
        204
    );
    assert_eq!(statuses(&sandbox, 1).await, [401]);
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    let sandbox = Sandbox::start().await;
    let good = unavailable();
    for bad in [
        json!(null),
        json!([]),
        json!({"operation": "whoAmI"}),
        json!({"operation": "noSuchThing", "fault": good}),
        json!({"method": "BREW", "fault": good}),
        json!({"path": "", "fault": good}),
        json!({"nth": 0, "fault": good}),
        json!({"count": -1, "fault": good}),
        json!({"oparation": "whoAmI", "fault": good}),
        json!({"fault": {"kind": "meteor"}}),
        json!({"fault": {"kind": "close"}}),
        json!({"fault": {"kind": "truncate", "when": "after"}}),
        json!({"fault": {"kind": "delay", "when": "before", "ms": 600_001}}),
        json!({"fault": {"kind": "answer", "when": "before", "status": 199}}),
        json!({"fault": {"kind": "answer", "when": "before", "status": 500, "headers": {"a b": "c"}}}),
        json!({"fault": {"kind": "answer", "when": "before", "status": 500,
            "headers": {"Content-Length": "3"}}}),
        json!({"fault": {"kind": "answer", "when": "before", "status": 500,
            "contentType": "a\r\nSet-Cookie: b"}}),
    ] {
        let reply = sandbox
            .send("POST", "/sandbox/faults", "", &bad.to_string())
            .await
            .whole();
        assert_eq!(reply.status, 400, "{bad}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
    }
    let reply = sandbox.send("POST", "/sandbox/faults", "", "\u{0}{").await.whole();
    assert_eq!(reply.status, 400);
    assert_eq!(sandbox.faults().await["items"], json!([]));
}

#[tokio::test]
async fn other_sites_cannot_work_the_sandbox() {
    let sandbox = Sandbox::start().await;
    let foreign = "Sec-Fetch-Site: cross-site\r\n";
    let fault = json!({"fault": unavailable()}).to_string();
    for (method, path, body) in [
        ("POST", "/sandbox/faults", fault.as_str()),
        ("POST", "/sandbox/reset", ""),
        ("DELETE", "/sandbox/ledger", ""),
        ("PATCH", "/sandbox/settings", "{}"),
    ] {
        let reply = sandbox.send(method, path, foreign, body).await.whole();
        assert_eq!(reply.status, 403, "{method} {path}");
    }
    assert_eq!(sandbox.faults().await["items"], json!([]));
}
