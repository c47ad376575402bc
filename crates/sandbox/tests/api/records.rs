//! The four records of an order: paging, filtering, and becoming visible late.

use serde_json::{Value, json};

use crate::world::{World, kinds};

#[tokio::test]
async fn history_pages_back_and_polls_forward() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("6").await;
    let whole = person.history(&path).await;
    assert!(whole.len() > 8, "{}", whole.len());
    let ids: Vec<&str> = whole.iter().map(|entry| entry["id"].as_str().unwrap()).collect();

    let mut paged: Vec<Value> = Vec::new();
    let mut query = "limit=3".to_owned();
    loop {
        let page = person.get(&format!("{path}/history?{query}")).await.expect(200).body;
        let items = page["items"].as_array().unwrap();
        paged.extend(items.iter().cloned());
        assert_eq!(page["hasOlder"] == true, paged.len() < whole.len());
        if page["hasOlder"] == false {
            break;
        }
        query = format!("limit=3&before={}", items.last().unwrap()["id"].as_str().unwrap());
    }
    assert_eq!(paged, whole);

    let newer = person
        .get(&format!("{path}/history?after={}", ids[2]))
        .await
        .expect(200)
        .body;
    assert_eq!(newer["items"].as_array().unwrap()[..], whole[..2]);
    let none = person
        .get(&format!("{path}/history?after={}", ids[0]))
        .await
        .expect(200)
        .body;
    assert_eq!(none["items"], json!([]));
    let entry = person.get(&format!("{path}/history/{}", ids[4])).await.expect(200).body;
    assert_eq!(entry, whole[4]);
    let of_type = person
        .get(&format!("{path}/history?type=completed"))
        .await
        .expect(200)
        .body;
    assert_eq!(kinds(of_type["items"].as_array().unwrap()), ["completed"]);
    let of_type = person
        .get(&format!("{path}/history?type=unheardOf"))
        .await
        .expect(200)
        .body;
    assert_eq!(of_type["items"], json!([]));
}

#[tokio::test]
async fn entries_belong_to_their_order() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let (here, there) = (world.one_in("6").await, world.one_in("16").await);
    let foreign = person.history(&there).await[0]["id"].as_str().unwrap().to_owned();
    person
        .get(&format!("{here}/history/{foreign}"))
        .await
        .refused(404, "not_found");
    for parameter in ["after", "before"] {
        for id in [foreign.as_str(), "evt-999999", "evt-1", "nonsense", ""] {
            let answer = person.get(&format!("{here}/history?{parameter}={id}")).await;
            assert_eq!(answer.refused(400, "validation_failed").fields(), [parameter]);
        }
    }
    for query in ["limit=0", "limit=1001", "type=%21", "type="] {
        person
            .get(&format!("{here}/history?{query}"))
            .await
            .refused(400, "validation_failed");
    }
}

#[tokio::test]
async fn history_and_payments_lag_behind_the_order() {
    let world = World::new();
    world.set(json!({ "historyLagMs": 5_000 }));
    let person = world.sign_in("operations").await;
    let path = world.draft("charged").await;
    let order = person
        .post(&format!("{path}/activate"), json!({}))
        .await
        .expect(200)
        .body;
    assert_eq!(order["payment"]["status"], "paid");
    assert_eq!(person.order(&path).await, order);
    let audits = format!("{path}/workflow-audit-logs");
    for _ in 0..2 {
        assert!(person.history(&path).await.is_empty());
        assert!(person.payments(&path).await.is_empty());
        assert_eq!(person.get(&audits).await.body["items"], json!([]));
        world.advance(2_499);
    }
    world.advance(2);
    assert!(kinds(&person.history(&path).await).contains(&"activated"));
    assert_eq!(person.payments(&path).await.len(), 1);
    assert_ne!(person.get(&audits).await.body["items"], json!([]));
    assert_eq!(world.ledger(Some(&path)).await.len(), 1, "the ledger never lags");
}

#[tokio::test]
async fn entries_carry_the_correlation_id_of_their_request() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    let headers = [("x-correlation-id", "press-0123456789")];
    let body = json!({ "reason": "to see the id" });
    let answer = person
        .ask(axum::http::Method::POST, &format!("{path}/hold"), &headers, Some(body))
        .await;
    assert_eq!(answer.expect(200).header("x-correlation-id"), Some("press-0123456789"));
    assert_eq!(person.history(&path).await[0]["correlationId"], "press-0123456789");
    assert_eq!(world.ledger(Some(&path)).await[0]["correlationId"], "press-0123456789");
}

#[tokio::test]
async fn documents_audits_and_reference_lists_are_there() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("6").await;
    for record in ["documents", "workflow-audit-logs", "payment-history"] {
        let answer = person.get(&format!("{path}/{record}")).await.expect(200).body;
        assert!(!answer["items"].as_array().unwrap().is_empty(), "{record}");
        assert_eq!(answer["asOf"], "2026-11-22T15:04:05.000Z");
    }
    for list in [
        "products",
        "branches",
        "payment-methods",
        "order-history-types",
        "vendors",
    ] {
        let answer = person
            .get(&format!("/api/clients/cli-aspen/{list}"))
            .await
            .expect(200)
            .body;
        assert!(answer["items"].as_array().unwrap().len() >= 3, "{list}");
    }
    let found = person
        .get("/api/clients/cli-aspen/vendors?search=BLUEBONNET")
        .await
        .expect(200)
        .body;
    assert_eq!(
        found["items"],
        json!([{ "id": "ven-01", "name": "Bluebonnet Appraisal Group" }])
    );
}
