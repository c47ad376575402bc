//! The optional abilities, and what must hold without them: nothing happens twice, nothing halfway.

use axum::http::Method;
use omnival_sandbox::control::colleague::{self, Change};
use serde_json::{Value, json};

use crate::world::{World, request};

const KEY: &str = "7f0c1e1a-5b7e-4c39-9c37-3c0d1ad7f001";

fn reason() -> Value {
    json!({ "reason": "Borrower asked to wait" })
}

#[tokio::test]
async fn a_stale_version_is_refused_and_changes_nothing() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    for (path, action, mut body) in [
        (world.one_in("16").await, "assign", json!({ "vendorId": "ven-01" })),
        (world.one_in("16").await, "hold", reason()),
        (world.one_in("16").await, "cancel", reason()),
        (world.one_in("9").await, "reactivate", reason()),
        (world.draft("complete").await, "activate", json!({})),
    ] {
        let before = person.order(&path).await;
        let version = before["version"].as_i64().unwrap();
        for stale in [version + 1, version.max(2) - 1] {
            body["expectedVersion"] = json!(stale);
            if stale != version {
                let answer = person.post(&format!("{path}/{action}"), body.clone()).await;
                answer.refused(409, "stale_version");
            }
        }
        assert_eq!(person.order(&path).await, before);
        assert!(world.ledger(Some(&path)).await.is_empty());
    }
    let path = world.one_in("16").await;
    let version = person.order(&path).await["version"].clone();
    let body = json!({ "vendorId": "ven-01", "expectedVersion": version });
    person.post(&format!("{path}/assign"), body).await.expect(200);
}

#[tokio::test]
async fn draft_steps_are_fenced_too() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.draft("complete").await;
    let version = person.order(&path).await["version"].as_i64().unwrap();
    let body = |version: i64| json!({ "vendorId": null, "expectedVersion": version });
    let url = format!("{path}/draft/vendor");
    person.put(&url, body(version)).await.expect(200);
    person.put(&url, body(version)).await.refused(409, "stale_version");
    person.put(&url, body(version + 1)).await.expect(200);
}

#[tokio::test]
async fn without_the_ability_a_version_is_checked_for_form_only() {
    let world = World::new();
    world.set(json!({ "fence": false }));
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    for bad in [json!("1"), json!(0), json!(1.5), json!(2_147_483_648_i64), Value::Null] {
        let body = json!({ "reason": "some reason", "expectedVersion": bad });
        let answer = person.post(&format!("{path}/hold"), body).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["expectedVersion"]);
    }
    let body = json!({ "reason": "some reason", "expectedVersion": 9_999 });
    person.post(&format!("{path}/hold"), body).await.expect(200);
}

#[tokio::test]
async fn the_same_key_takes_effect_once_and_answers_the_same() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.draft("charged").await;
    let url = format!("{path}/activate");
    let headers = [("idempotency-key", KEY)];
    let first = person
        .ask(Method::POST, &url, &headers, Some(json!({})))
        .await
        .expect(200);
    world.advance(60_000);
    let again = person
        .ask(Method::POST, &url, &headers, Some(json!({})))
        .await
        .expect(200);
    assert_eq!(first.body, again.body);
    let effects = world.ledger(Some(&path)).await;
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0]["intent"], KEY);
    assert_eq!(person.payments(&path).await.len(), 1);

    let other = [("idempotency-key", &KEY.to_uppercase()[..])];
    let changed = json!({ "expectedVersion": 1 });
    let answer = person.ask(Method::POST, &url, &other, Some(changed)).await;
    answer.refused(422, "idempotency_mismatch");
    let elsewhere = format!("{}/activate", world.draft("complete").await);
    let answer = person.ask(Method::POST, &elsewhere, &headers, Some(json!({}))).await;
    answer.refused(422, "idempotency_mismatch");
}

#[tokio::test]
async fn a_replayed_create_answers_201_with_the_same_draft() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let url = "/api/clients/cli-aspen/loans/loan-000001/orders";
    let body = json!({
        "clientReference": "1b4e28ba-2fa1-4d2b-883f-0016d3cca427",
        "productId": "prd-1004",
        "property": { "street": "12 Elm St", "city": "Austin", "county": "Travis", "state": "TX",
                      "zip": "78701", "type": "condo" },
        "contacts": [{ "role": "borrower", "name": "Dana Reyes" }],
    });
    let headers = [("idempotency-key", KEY)];
    let first = person
        .ask(Method::POST, url, &headers, Some(body.clone()))
        .await
        .expect(201);
    let again = person.ask(Method::POST, url, &headers, Some(body)).await.expect(201);
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
}

#[tokio::test]
async fn keys_belong_to_users_and_refusals_are_not_kept() {
    let world = World::new();
    let (one, two) = (world.sign_in("operations").await, world.sign_in("operations2").await);
    let headers = [("idempotency-key", KEY)];
    let (first, second) = (world.nth_in("16", 0).await, world.nth_in("16", 1).await);
    one.ask(Method::POST, &format!("{first}/hold"), &headers, Some(reason()))
        .await
        .expect(200);
    two.ask(Method::POST, &format!("{second}/hold"), &headers, Some(reason()))
        .await
        .expect(200);

    let key = [("idempotency-key", "7f0c1e1a-5b7e-4c39-9c37-3c0d1ad7f002")];
    let url = format!("{first}/hold");
    one.ask(Method::POST, &url, &key, Some(reason()))
        .await
        .refused(409, "state_conflict");
    two.post(&format!("{first}/reactivate"), reason()).await.expect(200);
    one.ask(Method::POST, &url, &key, Some(reason())).await.expect(200);
}

#[tokio::test]
async fn a_key_must_be_a_uuid_and_counts_only_with_the_ability() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let hold = format!("{path}/hold");
    let bad = [("idempotency-key", "mine")];
    let answer = person.ask(Method::POST, &hold, &bad, Some(reason())).await;
    assert_eq!(answer.refused(400, "validation_failed").fields(), ["Idempotency-Key"]);
    world.set(json!({ "idempotencyKey": false }));
    person
        .ask(Method::POST, &hold, &bad, Some(reason()))
        .await
        .refused(400, "validation_failed");
    let key = [("idempotency-key", KEY)];
    person.ask(Method::POST, &hold, &key, Some(reason())).await.expect(200);
    let answer = person.ask(Method::POST, &hold, &key, Some(reason())).await;
    answer.refused(409, "state_conflict");
}

#[tokio::test]
async fn one_request_carries_one_key() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let other = KEY.replace("7f0c", "8a1d");
    for second in [KEY, other.as_str(), ""] {
        let headers = [("idempotency-key", KEY), ("idempotency-key", second)];
        let answer = person
            .ask(Method::POST, &format!("{path}/hold"), &headers, Some(reason()))
            .await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["Idempotency-Key"]);
    }
    assert!(world.ledger(Some(&path)).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_simultaneous_attempts_one_wins() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.draft("charged").await;
    let attempts = (0..12).map(|_| {
        let bearer = format!("Bearer {}", person.token);
        let headers = [("authorization", bearer.as_str())];
        let request = request(Method::POST, &format!("{path}/activate"), &headers, Some(json!({})));
        let app = world.app.clone();
        tokio::spawn(async move {
            tower::ServiceExt::oneshot(app, request)
                .await
                .unwrap()
                .status()
                .as_u16()
        })
    });
    let mut statuses = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert_eq!(statuses[1..], [409; 11]);
    assert_eq!(world.ledger(Some(&path)).await.len(), 1);
    assert_eq!(person.payments(&path).await.len(), 1);
}

// One thread, so that nothing is processed during the one poll.
#[tokio::test]
async fn a_request_whose_client_goes_away_is_still_processed() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let bearer = format!("Bearer {}", person.token);
    let headers = [("authorization", bearer.as_str())];
    let request = request(Method::POST, &format!("{path}/hold"), &headers, Some(reason()));
    let mut answer = Box::pin(tower::ServiceExt::oneshot(world.app.clone(), request));
    // Once: enough to hand the work over, not enough to get the answer.
    let first = std::future::poll_fn(|context| std::task::Poll::Ready(answer.as_mut().poll(context))).await;
    assert!(first.is_pending());
    drop(answer);
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while world.ledger(Some(&path)).await.is_empty() {
        assert!(tokio::time::Instant::now() < deadline, "never processed");
        tokio::task::yield_now().await;
    }
    assert_eq!(person.order(&path).await["statusCode"], 9);
}

#[tokio::test]
async fn a_colleague_goes_through_the_same_rules() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let id = path.rsplit('/').next().unwrap();
    let act = async |user: &str, operation: &str, body: Option<Value>| {
        let change = Change::by_id(operation).unwrap();
        colleague::perform(&world.state, user, change, id, body).await
    };
    let order = act("operations2", "assignVendor", None).await.unwrap();
    assert_eq!(order["statusCode"], 1);
    let vendor = order["vendor"]["id"].as_str().unwrap();
    let other = if vendor == "ven-01" { "vendor2" } else { "vendor" };
    assert!(act(other, "acceptOrder", None).await.is_err(), "not its order");
    let order = act("operations3", "acceptOrder", None).await.unwrap();
    assert_eq!(order["statusCode"], 3);
    assert!(act("finance", "holdOrder", None).await.is_err(), "not permitted");
    assert!(act("client3", "holdOrder", None).await.is_err(), "not visible");
    assert!(act("operations2", "activateOrder", None).await.is_err(), "no draft");
    assert!(act("nobody", "holdOrder", None).await.is_err());
    for none in ["signOut", "createDraft", "getOrder", "noSuchOperation"] {
        assert!(Change::by_id(none).is_none(), "{none} does not change an order");
    }
    act("admin", "holdOrder", None).await.unwrap();
    let history = person.history(&path).await;
    assert_eq!(history[0]["actor"]["name"], "Avery Stone");
    assert!(history[0]["reason"].as_str().unwrap().len() >= 3);
    let effects = world.ledger(Some(&path)).await;
    let who: Vec<&Value> = effects.iter().map(|effect| &effect["username"]).collect();
    assert_eq!(who, ["operations2", "operations3", "admin"]);
}

#[tokio::test]
async fn the_ledger_can_be_filtered_and_cleared_and_goes_on_counting() {
    use omnival_sandbox::store::ledger::{self, Filter};
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    person.post(&format!("{path}/hold"), reason()).await.expect(200);
    let filter = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        filter
    };
    let by = async |filter: Filter| {
        let read = world.state.db.read(move |connection| ledger::list(connection, &filter));
        read.await.unwrap().total
    };
    assert_eq!(
        by(filter(|filter| filter.operation = Some("holdOrder".into()))).await,
        1
    );
    assert_eq!(by(filter(|filter| filter.user = Some("operations".into()))).await, 2);
    assert_eq!(
        by(filter(|filter| filter.user = Some("usr-operations".into()))).await,
        2
    );
    assert_eq!(by(filter(|filter| filter.user = Some("admin".into()))).await, 0);
    let last = world.ledger(None).await.last().unwrap()["seq"].as_i64().unwrap();
    world.state.db.write(|tx| ledger::clear(tx)).await.unwrap();
    assert_eq!(by(Filter::default()).await, 0);
    world.sign_in("admin").await;
    assert_eq!(world.ledger(None).await[0]["seq"], last + 1);
}
