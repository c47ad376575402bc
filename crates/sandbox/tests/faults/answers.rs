//! Faults that replace, cut, delay or lose an answer.

use serde_json::json;

use super::support::{Outcome, REASON, Sandbox, until};

#[tokio::test]
async fn closing_before_leaves_no_effect_and_not_a_byte() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "close", "when": "before"}}))
        .await;
    assert!(
        sandbox
            .send("POST", &order.path("/hold"), &token, REASON)
            .await
            .is_nothing()
    );
    assert_eq!(sandbox.fired().await, 1);
    assert!(sandbox.effects(&order).await.is_empty());
    // The very same request succeeds without the fault, so it was the fault that stopped it.
    let again = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
    assert_eq!(again.status, 200);
    assert_eq!(sandbox.effects(&order).await, ["holdOrder"]);
}

#[tokio::test]
async fn closing_after_leaves_the_whole_effect_and_not_a_byte() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "close", "when": "after"}}))
        .await;
    assert!(
        sandbox
            .send("POST", &order.path("/hold"), &token, REASON)
            .await
            .is_nothing()
    );
    assert_eq!(sandbox.effects(&order).await, ["holdOrder"]);
    assert_eq!(sandbox.order(&order, &token).await["statusCode"], 9);
}

#[tokio::test]
async fn an_answer_given_before_prevents_and_after_only_hides() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    for (when, effects) in [("before", 0), ("after", 1)] {
        sandbox
            .arm(json!({"method": "post", "path": "/api/*/hold",
                "fault": {"kind": "answer", "when": when, "status": 500}}))
            .await;
        let correlation = format!("{token}X-Correlation-Id: fault-{when}\r\n");
        let reply = sandbox
            .send("POST", &order.path("/hold"), &correlation, REASON)
            .await
            .whole();
        assert_eq!(reply.status, 500);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        assert_eq!(reply.headers("x-correlation-id"), [format!("fault-{when}")]);
        assert_eq!(reply.json()["correlationId"], format!("fault-{when}"));
        assert_eq!(sandbox.effects(&order).await.len(), effects, "{when}");
    }
}

#[tokio::test]
async fn an_answer_is_given_to_the_letter() {
    let sandbox = Sandbox::start().await;
    sandbox
        .arm(
            json!({"operation": "whoAmI", "fault": {"kind": "answer", "when": "before",
            "status": 429, "body": "slow down", "contentType": "text/plain",
            "headers": {"Retry-After": "8", "X-Extra": "yes"}}}),
        )
        .await;
    let reply = sandbox.get("/api/auth/me", "").await;
    assert_eq!(reply.status, 429);
    assert_eq!(reply.body, b"slow down");
    assert_eq!(reply.headers("content-type"), ["text/plain"]);
    assert_eq!(reply.headers("retry-after"), ["8"]);
    assert_eq!(reply.headers("x-extra"), ["yes"]);
}

#[tokio::test]
async fn an_answer_made_up_here_says_when_to_come_back() {
    let sandbox = Sandbox::start().await;
    for (status, headers, expected) in [
        (429, json!({}), vec!["1"]),
        (503, json!({}), vec!["1"]),
        (503, json!({ "retry-after": "7" }), vec!["7"]),
        (500, json!({}), vec![]),
    ] {
        let fault = json!({"kind": "answer", "when": "before", "status": status, "headers": headers});
        sandbox.arm(json!({"operation": "whoAmI", "fault": fault})).await;
        let reply = sandbox.get("/api/auth/me", "").await;
        assert_eq!((reply.status, reply.headers("retry-after")), (status, expected));
    }
    let fault = json!({"kind": "answer", "when": "before", "status": 429, "body": ""});
    sandbox.arm(json!({"operation": "whoAmI", "fault": fault})).await;
    let reply = sandbox.get("/api/auth/me", "").await;
    assert!(reply.headers("retry-after").is_empty(), "a given body is sent as it is");
}

#[tokio::test]
async fn a_truncated_answer_is_a_true_head_and_half_a_body() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "truncate"}}))
        .await;
    let outcome = sandbox.send("POST", &order.path("/hold"), &token, REASON).await;
    let Outcome::Broken(reply) = outcome else {
        panic!("not broken: {outcome:?}")
    };
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    let promised: usize = reply.header("content-length").parse().unwrap();
    assert_eq!(reply.body.len(), promised / 2);
    assert!(reply.body.starts_with(b"{"));
    assert_eq!(sandbox.effects(&order).await, ["holdOrder"]);
}

#[tokio::test]
async fn misleading_bodies_come_after_the_full_effect() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder", "fault": {"kind": "html"}}))
        .await;
    let reply = sandbox.send("POST", &order.path("/hold"), &token, REASON).await.whole();
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(reply.body.starts_with(b"<!doctype html>"));
    sandbox
        .arm(json!({"operation": "getOrder", "count": 3, "fault": {"kind": "hostile"}}))
        .await;
    let mut bodies = Vec::new();
    for _ in 0..3 {
        let reply = sandbox.get(&order.path(""), &token).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "application/json"));
        bodies.push(reply.body);
    }
    assert!(std::str::from_utf8(&bodies[0]).is_err());
    bodies.dedup();
    assert_eq!(bodies.len(), 3, "each attack differs");
    assert_eq!(sandbox.effects(&order).await, ["holdOrder"]);
}

#[tokio::test]
async fn a_delayed_request_is_processed_although_its_client_has_gone() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder",
            "fault": {"kind": "delay", "when": "before", "ms": 1500}}))
        .await;
    let stream = sandbox.begin("POST", &order.path("/hold"), &token, REASON).await;
    until("the fault meets the request", async || sandbox.fired().await == 1).await;
    drop(stream);
    assert!(sandbox.effects(&order).await.is_empty(), "it is still held back");
    until("it takes effect later", async || {
        sandbox.effects(&order).await == ["holdOrder"]
    })
    .await;
}

#[tokio::test]
async fn an_answer_delayed_after_hides_an_effect_that_is_there_at_once() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder",
            "fault": {"kind": "delay", "when": "after", "ms": 600_000}}))
        .await;
    let stream = sandbox.begin("POST", &order.path("/hold"), &token, REASON).await;
    until("it takes effect", async || {
        sandbox.effects(&order).await == ["holdOrder"]
    })
    .await;
    let mut byte = [0];
    assert!(stream.try_read(&mut byte).is_err(), "nothing has been answered yet");
}

#[tokio::test]
async fn a_reset_abandons_what_is_held_back() {
    let sandbox = Sandbox::start().await;
    let token = sandbox.token("operations").await;
    let order = sandbox.sample("16").await;
    sandbox
        .arm(json!({"operation": "holdOrder",
            "fault": {"kind": "delay", "when": "before", "ms": 600_000}}))
        .await;
    let stream = sandbox.begin("POST", &order.path("/hold"), &token, REASON).await;
    until("the fault meets the request", async || sandbox.fired().await == 1).await;
    assert_eq!(sandbox.send("POST", "/sandbox/reset", "", "").await.whole().status, 204);
    assert!(super::support::finish(stream).await.is_nothing());
    let token = sandbox.token("operations").await;
    assert_eq!(sandbox.order(&order, &token).await["statusCode"], 16);
    assert!(sandbox.effects(&order).await.is_empty());
    assert_eq!(sandbox.fired().await, 0);
}
