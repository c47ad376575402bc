//! Who may see and do what. What is not visible answers 404, what is not permitted 403.

use axum::http::Method;
use omnival_sandbox::contract::operations::ROUTES;
use serde_json::{Value, json};

use crate::world::World;

const LIST: &str = "/api/clients/cli-aspen/orders?pageSize=200";

#[tokio::test]
async fn every_route_but_the_sessions_own_wants_a_token() {
    let world = World::new();
    let mut asked = 0;
    for route in ROUTES {
        if ["signIn", "refreshSession", "signOut"].contains(&route.id) {
            continue;
        }
        let path = route
            .template
            .replace("{clientId}", "cli-aspen")
            .replace("{loanId}", "loan-000001")
            .replace("{orderId}", "ord-000001")
            .replace("{entryId}", "evt-000001")
            .replace("{party}", "vendor");
        let path = path
            .split('/')
            .map(|part| if part.starts_with('{') { "any-000001" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let answer = world.ask(route.method.clone(), &path, None).await;
        answer.refused(401, "token_missing");
        asked += 1;
    }
    assert_eq!(asked, 83);
    assert!(world.ledger(None).await.is_empty());
}

#[tokio::test]
async fn another_clients_data_is_not_there() {
    let world = World::new();
    let client = world.sign_in("client3").await;
    let path = world.one_in("16").await;
    client.get(&path).await.refused(404, "not_found");
    client.get(LIST).await.refused(404, "not_found");
    client
        .get("/api/clients/cli-aspen/loans/loan-000001")
        .await
        .refused(404, "not_found");
    let body = json!({ "reason": "not mine" });
    client
        .post(&format!("{path}/hold"), body)
        .await
        .refused(404, "not_found");
    // The right order under a client that is visible, and under a loan that is not its own.
    let id = path.rsplit('/').next().unwrap();
    let elsewhere = format!("/api/clients/cli-prairie/orders/{id}");
    client.get(&elsewhere).await.refused(404, "not_found");
    let operations = world.sign_in("operations").await;
    let wrong_loan = format!("/api/clients/cli-aspen/loans/loan-000399/orders/{id}");
    operations.get(&wrong_loan).await.refused(404, "not_found");
    operations
        .get(&format!("/api/clients/cli-aspen/orders/{id}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_branch_user_sees_one_branch_everywhere() {
    let world = World::new();
    let (whole, branch) = (world.sign_in("client").await, world.sign_in("client2").await);
    let all = whole.get(LIST).await.expect(200).body;
    let seen = branch.get(LIST).await.expect(200).body;
    let expected = |value: &Value| value["branchId"] == "brn-aspen-lakeside";
    let of_branch = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| expected(item))
        .count();
    assert!(of_branch > 0 && of_branch < all["items"].as_array().unwrap().len());
    assert!(seen["items"].as_array().unwrap().iter().all(expected));
    assert_eq!(seen["total"], of_branch);
    assert_eq!(seen["counts"]["all"], of_branch);
    let foreign = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| !expected(item))
        .unwrap();
    let id = foreign["id"].as_str().unwrap();
    branch
        .get(&format!("/api/clients/cli-aspen/orders/{id}"))
        .await
        .refused(404, "not_found");
    let loan = foreign["loanId"].as_str().unwrap();
    branch
        .get(&format!("/api/clients/cli-aspen/loans/{loan}"))
        .await
        .refused(404, "not_found");
    let branches = branch.get("/api/clients/cli-aspen/branches").await.expect(200).body;
    assert_eq!(branches["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_vendor_sees_its_own_orders_and_their_loans_only() {
    let world = World::new();
    let vendor = world.sign_in("vendor").await;
    let page = vendor.get(LIST).await.expect(200).body;
    let items = page["items"].as_array().unwrap();
    assert!(!items.is_empty());
    assert!(items.iter().all(|item| item["vendorId"] == "ven-01"));
    assert_eq!(page["counts"]["all"], items.len());
    vendor.get(&world.one_in("16").await).await.refused(404, "not_found");
    vendor.get(&world.one_in("draft").await).await.refused(404, "not_found");
    let loans = vendor
        .get("/api/clients/cli-aspen/loans?pageSize=200")
        .await
        .expect(200)
        .body;
    let own: std::collections::BTreeSet<_> = items.iter().map(|item| item["loanId"].as_str()).collect();
    assert_eq!(loans["total"], own.len());
    vendor
        .get("/api/clients/cli-aspen/loans/loan-000400")
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn roles_without_the_permission_are_refused_and_nothing_happens() {
    let world = World::new();
    let (draft, open) = (world.draft("complete").await, world.one_in("16").await);
    let reason = || json!({ "reason": "because of this" });
    let attempts = [
        (
            "finance",
            Method::POST,
            format!("{open}/assign"),
            json!({ "vendorId": "ven-01" }),
        ),
        ("finance", Method::POST, format!("{open}/hold"), reason()),
        ("qc", Method::POST, format!("{open}/cancel"), reason()),
        ("qc", Method::POST, format!("{draft}/activate"), json!({})),
        (
            "qc",
            Method::PUT,
            format!("{draft}/draft/vendor"),
            json!({ "vendorId": null }),
        ),
        ("finance", Method::DELETE, draft.clone(), Value::Null),
        (
            "client",
            Method::POST,
            format!("{open}/assign"),
            json!({ "vendorId": "ven-01" }),
        ),
    ];
    for (user, method, path, body) in attempts {
        let person = world.sign_in(user).await;
        let body = (!body.is_null()).then_some(body);
        person.ask(method, &path, &[], body).await.refused(403, "forbidden");
    }
    assert!(world.ledger(Some(&open)).await.is_empty());
    assert!(world.ledger(Some(&draft)).await.is_empty());
    // A vendor may see its order and still not cancel it.
    let vendor = world.sign_in("vendor").await;
    let own = vendor.get(LIST).await.body["items"][0].clone();
    let part = |name: &str| own[name].as_str().unwrap().to_owned();
    let path = format!(
        "/api/clients/cli-aspen/loans/{}/orders/{}/cancel",
        part("loanId"),
        part("id")
    );
    vendor.post(&path, reason()).await.refused(403, "forbidden");
}

#[tokio::test]
async fn permissions_follow_the_role() {
    let world = World::new();
    let of = async |user: &str| -> Vec<String> {
        let me = world.sign_in(user).await.get("/api/auth/me").await.expect(200).body;
        serde_json::from_value(me["permissions"].clone()).unwrap()
    };
    assert_eq!(of("admin").await.len(), 21);
    assert_eq!(
        of("client").await,
        [
            "orders.view",
            "orders.create",
            "orders.activate",
            "orders.hold",
            "orders.cancel",
            "rov.submit"
        ]
    );
    assert_eq!(
        of("finance").await,
        [
            "orders.view",
            "invoice.create",
            "payment.collect",
            "payment.record",
            "payment.refund"
        ]
    );
    assert_eq!(of("qc").await, ["orders.view", "qc.review", "qc.revise", "rov.decide"]);
    let operations = of("operations").await;
    assert!(operations.contains(&"agency.override".to_owned()));
    assert!(!operations.iter().any(|name| name.starts_with("payment.")));
}
