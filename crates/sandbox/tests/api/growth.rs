//! Orders as big as they can become.

use axum::http::Method;
use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn an_order_grows_and_stays_the_same() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("10").await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    let before = person.order(&path).await;
    let documents = person.items(&format!("{path}/documents")).await.len();
    let body = json!({ "orderId": id, "history": 10_000, "documents": 500 });
    let answer = world.ask(Method::POST, "/sandbox/grow", Some(body)).await;
    assert_eq!((answer.status, answer.body), (204, Value::Null));
    assert_eq!(person.order(&path).await, before);
    let page = person.get(&format!("{path}/history?limit=1000")).await.expect(200).body;
    assert_eq!(
        (page["items"].as_array().unwrap().len(), &page["hasOlder"]),
        (1_000, &json!(true))
    );
    let grown = person.items(&format!("{path}/documents")).await;
    assert_eq!(grown.len(), documents + 500);
    let content = format!("{path}/documents/{}/content", grown[0]["id"].as_str().unwrap());
    assert_eq!(grown[0]["size"], person.get(&content).await.expect(200).bytes.len());
}

#[tokio::test]
async fn growth_has_its_limits() {
    let world = World::new();
    let draft = world.draft("complete").await;
    let draft = draft.rsplit('/').next().unwrap();
    for body in [
        json!({ "orderId": "ord-000001", "history": 10_001, "documents": 0 }),
        json!({ "orderId": "ord-000001", "history": 0, "documents": 501 }),
        json!({ "orderId": "ord-999999", "history": 1, "documents": 1 }),
        json!({ "orderId": draft, "history": 1, "documents": 1 }),
        json!({ "orderId": "ord-000001", "history": -1 }),
        json!({ "history": 1 }),
    ] {
        let answer = world.ask(Method::POST, "/sandbox/grow", Some(body)).await;
        assert_eq!(answer.code(), "validation_failed");
    }
    assert!(world.ledger(None).await.is_empty());
}
