//! The synthetic world: complete, coherent, the same each time.

use std::collections::BTreeSet;

use omnival_sandbox::contract::settings::Settings;
use serde_json::Value;

use crate::world::World;

/// Every order of a world with its history, oldest entry first, and its payments.
async fn everything(world: &World) -> Vec<(Value, Vec<Value>, Vec<Value>)> {
    let person = world.sign_in("admin").await;
    let mut all = Vec::new();
    for client in ["cli-aspen", "cli-harbor", "cli-prairie"] {
        for page in 1.. {
            let path = format!("/api/clients/{client}/orders?pageSize=200&page={page}&sort=orderNumber");
            let body = person.get(&path).await.expect(200).body;
            let items = body["items"].as_array().unwrap().clone();
            if items.is_empty() {
                break;
            }
            for item in items {
                let part = |name: &str| item[name].as_str().unwrap().to_owned();
                let path = format!("/api/clients/{client}/loans/{}/orders/{}", part("loanId"), part("id"));
                let mut history = person.history(&path).await;
                history.reverse();
                all.push((person.order(&path).await, history, person.payments(&path).await));
            }
        }
    }
    all
}

/// Each entry begins where the last one ended, and no earlier; answers where the last one ends.
fn end_of(order: &Value, history: &[Value]) -> Value {
    let id = &order["id"];
    assert_eq!(history[0]["type"], "activated", "{id}");
    let mut at = Value::Null;
    let mut moment = order["createdAt"].as_str().unwrap();
    for entry in history {
        assert!(
            entry["occurredAt"].as_str().unwrap() >= moment,
            "{id}: time runs backwards"
        );
        moment = entry["occurredAt"].as_str().unwrap();
        if !entry["toStatus"].is_null() {
            assert_eq!(entry["fromStatus"], at, "{id}: {entry}");
            at = entry["toStatus"].clone();
        }
    }
    assert_eq!(order["updatedAt"].as_str().unwrap(), moment, "{id}");
    assert!(moment <= "2026-11-22T15:04:05.000Z", "{id}: an entry from the future");
    at
}

/// What is paid, owed, delivered and agreed fits the status.
fn check_records(order: &Value, payments: &[Value]) {
    let (id, at) = (&order["id"], &order["statusCode"]);
    let paid = payments
        .iter()
        .any(|payment| payment["kind"] != "refund" && payment["status"] == "succeeded");
    let refunded = payments.iter().any(|payment| payment["kind"] == "refund");
    assert_eq!(order["payment"]["status"] == "paid", paid && !refunded, "{id}");
    let is_unpaid = order["payment"]["status"] != "paid" && at != 8;
    if is_unpaid {
        assert_eq!(order["payment"]["amountDue"], order["fee"]["total"], "{id}");
    }
    if at == 6 {
        assert_eq!(order["delivery"]["delivered"], true, "{id}");
        assert_eq!(order["payment"]["status"], "paid", "{id}");
        assert!(
            order["agency"].is_null() || order["agency"]["status"] == "successful",
            "{id}"
        );
    }
    if at == 1 {
        assert!(
            order["sla"]["respondBy"].is_string() && order["vendor"].is_object(),
            "{id}"
        );
    }
    if at == 4 {
        assert_eq!(order["conditions"]["proposedBy"], "vendor", "{id}");
    }
}

#[tokio::test]
async fn stories_are_coherent() {
    let world = World::with(|options| options.orders = 1_200);
    let all = everything(&world).await;
    assert_eq!(all.len(), 1_200);
    let mut statuses = BTreeSet::new();
    let mut entry_ids = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for (order, history, payments) in &all {
        let id = &order["id"];
        statuses.insert(order["statusCode"].as_i64());
        if order["isDraft"] == true {
            assert!(history.is_empty() && order["orderNumber"].is_null(), "{id}");
            continue;
        }
        assert!(numbers.insert(order["orderNumber"].to_string()), "{id}");
        assert!(
            history.iter().all(|entry| entry_ids.insert(entry["id"].to_string())),
            "{id}"
        );
        let at = end_of(order, history);
        assert_eq!(at, order["statusCode"], "{id}: the history does not lead to the status");
        assert_eq!(order["hold"].is_object(), at == 9, "{id}");
        assert_eq!(order["cancel"].is_object(), at == 8, "{id}");
        let revisions = history
            .iter()
            .filter(|entry| {
                entry["type"]
                    .as_str()
                    .unwrap()
                    .to_lowercase()
                    .ends_with("revisionrequested")
            })
            .count();
        assert_eq!(order["revisionCount"], revisions, "{id}");
        check_records(order, payments);
    }
    let expected: BTreeSet<Option<i64>> = [None]
        .into_iter()
        .chain([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map(Some))
        .collect();
    assert_eq!(statuses, expected);
    let automatic = all
        .iter()
        .flat_map(|(_, history, _)| history)
        .filter(|entry| entry["source"] == "automation");
    assert!(automatic.count() > 50);
    assert!(all.iter().any(|(order, ..)| order["revisionCount"].as_i64() >= Some(3)));
}

#[tokio::test]
async fn the_same_moment_makes_the_same_world_whatever_its_size() {
    let (one, same, larger) = (World::new(), World::new(), World::with(|options| options.orders = 700));
    let (one, same, larger) = (
        everything(&one).await,
        everything(&same).await,
        everything(&larger).await,
    );
    assert_eq!(one, same);
    let find = |id: &Value| larger.iter().find(|(order, ..)| order["id"] == *id).unwrap();
    for (order, ..) in &one {
        let (other, ..) = find(&order["id"]);
        assert_eq!(
            (&order["statusCode"], &order["loan"]),
            (&other["statusCode"], &other["loan"])
        );
    }
}

#[tokio::test]
async fn a_reset_makes_the_world_new() {
    let world = World::new();
    let before = everything(&world).await;
    let person = world.sign_in("operations").await;
    let path = world.one_in("16").await;
    person
        .post(&format!("{path}/hold"), serde_json::json!({ "reason": "to be undone" }))
        .await
        .expect(200);
    world.set(serde_json::json!({ "fence": false, "historyLagMs": 9 }));
    omnival_sandbox::seed::reset(&world.state).await.unwrap();
    assert!(world.ledger(None).await.is_empty());
    assert_eq!(world.state.settings(), Settings::default());
    person.get(&path).await.refused(401, "token_invalid");
    assert_eq!(everything(&world).await, before);
}

#[tokio::test]
async fn everyone_finds_work() {
    let world = World::new();
    for user in [
        "admin",
        "operations",
        "operations2",
        "client",
        "client2",
        "client3",
        "finance",
        "qc",
        "vendor",
        "vendor40",
    ] {
        let person = world.sign_in(user).await;
        let me = person.get("/api/auth/me").await.expect(200).body;
        let clients = me["clients"].as_array().unwrap();
        assert!(!clients.is_empty(), "{user}");
        assert!(!me["branches"].as_array().unwrap().is_empty(), "{user}");
        for client in clients {
            let path = format!("/api/clients/{}/orders", client["id"].as_str().unwrap());
            person.get(&path).await.expect(200);
        }
    }
}

#[tokio::test]
async fn samples_name_every_status_and_every_kind_of_draft() {
    let world = World::new();
    let samples = world.samples().await;
    assert_eq!(samples["clientId"], "cli-aspen");
    let person = world.sign_in("operations").await;
    let by_status = samples["byStatus"].as_object().unwrap();
    assert_eq!(by_status.len(), 21);
    for (status, orders) in by_status {
        for order in orders.as_array().unwrap() {
            let path = format!("/api/clients/cli-aspen/orders/{}", order["id"].as_str().unwrap());
            let order = person.order(&path).await;
            let found = order["statusCode"]
                .as_i64()
                .map_or("draft".to_owned(), |code| code.to_string());
            assert_eq!(&found, status);
        }
    }
    for kind in ["complete", "incomplete", "charged", "declined"] {
        assert!(!samples["drafts"][kind].as_array().unwrap().is_empty(), "{kind}");
    }
}
