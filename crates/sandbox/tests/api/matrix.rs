//! Every operation that changes an order against every role, every client and every status. That each
//! works where it may is shown workflow by workflow elsewhere.

use axum::http::Method;
use omnival_sandbox::contract::operations::{Operation, OrderRead, Payload, ROUTES, Route};
use omnival_sandbox::contract::roles::Permission;
use omnival_sandbox::writes::permissions;
use serde_json::{Value, json};

use crate::world::{Answer, PDF, Person, World, form};

/// Operation and the permission it needs, as the contract has them.
const PERMISSIONS: [(&str, &str); 30] = [
    ("updateOrder", "orders.assign"),
    ("addComment", "orders.view"),
    ("updateOrderStatus", "orders.respond"),
    ("acceptConditions", "orders.activate"),
    ("counterConditions", "orders.activate"),
    ("scheduleInspection", "orders.schedule"),
    ("completeInspection", "orders.schedule"),
    ("submitReport", "reports.submit"),
    ("addDocument", "documents.manage"),
    ("grantDocumentAccess", "documents.manage"),
    ("revokeDocumentAccess", "documents.manage"),
    ("answerChecklistItem", "qc.review"),
    ("runCrossCheck", "qc.review"),
    ("acceptReport", "qc.review"),
    ("requestRevision", "qc.revise"),
    ("requestClientRevision", "rov.submit"),
    ("submitRov", "rov.submit"),
    ("decideRov", "rov.decide"),
    ("sendToBorrower", "delivery.send"),
    ("sendReport", "delivery.send"),
    ("submitToUcdp", "agency.submit"),
    ("submitToEad", "agency.submit"),
    ("overrideUcdpHardStops", "agency.override"),
    ("overrideEadHardStops", "agency.override"),
    ("createInvoice", "invoice.create"),
    ("collectPayment", "payment.collect"),
    ("sendPaymentLink", "payment.collect"),
    ("recordPayment", "payment.record"),
    ("markPaid", "payment.record"),
    ("refundPayment", "payment.refund"),
];

/// The statuses in which an operation may do something; elsewhere it does nothing.
fn allowed(operation: &str) -> &'static [i64] {
    match operation {
        "updateOrder" => &[16, 1, 2, 3, 4, 10, 14, 15, 11, 12, 20, 13, 17, 18, 9, 5, 19],
        "updateOrderStatus" => &[1, 4, 3],
        "acceptConditions" | "counterConditions" => &[4],
        "scheduleInspection" => &[3, 10, 14],
        "completeInspection" => &[14],
        "submitReport" => &[15, 12, 20],
        "answerChecklistItem" | "runCrossCheck" | "acceptReport" | "requestRevision" => &[11],
        "requestClientRevision"
        | "submitRov"
        | "sendToBorrower"
        | "submitToUcdp"
        | "submitToEad"
        | "overrideUcdpHardStops"
        | "overrideEadHardStops" => &[13],
        "decideRov" => &[17, 18],
        "sendReport" | "createInvoice" | "collectPayment" | "markPaid" => &[13, 6],
        "sendPaymentLink" => &[16, 1, 2, 3, 4, 10, 14, 15, 11, 12, 20, 13, 17, 18, 6, 5, 19],
        "recordPayment" => &[16, 1, 2, 3, 4, 10, 14, 15, 11, 12, 20, 13, 17, 18, 6, 9, 5, 19],
        other => panic!("{other} is not bound to a status"),
    }
}

fn route(id: &str) -> &'static Route {
    ROUTES.iter().find(|route| route.id == id).unwrap()
}

/// The operation on an order, with ids for the rest of the path that no order has.
async fn attempt(person: &Person<'_>, route: &Route, path: &str) -> Answer {
    let rest = route.template.split("/orders/{orderId}").nth(1).unwrap();
    let rest: Vec<&str> = rest
        .split('/')
        .map(|part| match part {
            "{party}" => "vendor",
            part if part.starts_with('{') => "none-000001",
            part => part,
        })
        .collect();
    let path = format!("{path}{}", rest.join("/"));
    if route.payload == Payload::File {
        let (kind, body) = form(&[("a.pdf", "application/pdf", PDF)], &[]);
        return person.send_form(&path, &kind, body, &[]).await;
    }
    let body = (route.method != Method::DELETE).then(|| json!({}));
    person.ask(route.method.clone(), &path, &[], body).await
}

/// An order of the demo vendor, as a path.
async fn of_vendor(vendor: &Person<'_>) -> String {
    let list = vendor
        .get("/api/clients/cli-aspen/orders?pageSize=200")
        .await
        .expect(200)
        .body;
    let order = &list["items"][0];
    let part = |name: &str| order[name].as_str().unwrap().to_owned();
    format!("/api/clients/cli-aspen/loans/{}/orders/{}", part("loanId"), part("id"))
}

#[test]
fn the_table_knows_every_write_there_is() {
    let known_before = [
        "createDraft",
        "saveDraftProperty",
        "saveDraftVendor",
        "saveDraftConditions",
        "saveDraftContacts",
        "deleteDraft",
        "activateOrder",
        "assignVendor",
        "holdOrder",
        "reactivateOrder",
        "cancelOrder",
    ];
    let writes: Vec<&str> = ROUTES
        .iter()
        .filter(|route| route.operation.is_write())
        .map(|route| route.id)
        .filter(|id| !known_before.contains(id))
        .collect();
    assert_eq!(writes, PERMISSIONS.map(|(operation, _)| operation));
}

/// operationId and `x-permission` of every operation of the contract.
fn contract() -> Vec<(&'static str, &'static str)> {
    let document = include_str!("../../../../contract/openapi.yaml");
    let mut operations = Vec::new();
    let mut operation = None;
    for line in document.lines() {
        if let Some(id) = line.trim().strip_prefix("operationId: ") {
            operation = Some(id);
        } else if let Some(permission) = line.trim().strip_prefix("x-permission: ") {
            operations.push((
                operation.take().expect("an operation before its permission"),
                permission,
            ));
        }
    }
    operations
}

#[test]
fn every_operation_of_the_contract_is_here_with_its_permission() {
    let contract = contract();
    assert_eq!(contract.len(), ROUTES.len());
    for (id, permission) in contract {
        let needed = match route(id).operation {
            Operation::Session(_) => "public",
            Operation::AccountRead(_) => "signed-in",
            Operation::ClientRead(_) | Operation::LoanRead(_) | Operation::OrderRead(_) => Permission::View.name(),
            Operation::LoanWrite(operation) => permissions::to_make(operation).name(),
            Operation::OrderWrite(operation) => permissions::to_change(operation).name(),
        };
        assert_eq!(needed, permission, "{id}");
    }
}

#[tokio::test]
async fn a_role_without_the_permission_is_refused() {
    let world = World::new();
    let vendor = world.sign_in("vendor").await;
    let path = of_vendor(&vendor).await;
    let mut refusals = 0;
    for user in ["admin", "operations", "client", "finance", "qc", "vendor"] {
        let person = world.sign_in(user).await;
        let me = person.get("/api/auth/me").await.expect(200).body;
        for (operation, permission) in PERMISSIONS {
            let may = me["permissions"].as_array().unwrap().contains(&json!(permission));
            let answer = attempt(&person, route(operation), &path).await;
            assert_eq!(answer.status == 403, !may, "{user} {operation}: {:#}", answer.body);
            if !may {
                answer.refused(403, "forbidden");
                refusals += 1;
            }
        }
    }
    assert_eq!(refusals, 6 * 30 - (30 + 24 + 5 + 7 + 6 + 5));
}

#[tokio::test]
async fn what_another_client_or_vendor_has_is_not_there() {
    let world = World::new();
    let open = world.one_in("16").await;
    for user in ["client3", "vendor"] {
        let person = world.sign_in(user).await;
        for (operation, _) in PERMISSIONS {
            attempt(&person, route(operation), &open)
                .await
                .refused(404, "not_found");
        }
        for route in ROUTES {
            let about_order = route.template.contains("{orderId}") && route.method == Method::GET;
            if about_order && route.operation != OrderRead::GetOrderById.into() {
                attempt(&person, route, &open).await.refused(404, "not_found");
            }
        }
    }
    assert!(world.ledger(Some(&open)).await.is_empty());
}

#[tokio::test]
async fn in_any_other_status_nothing_happens() {
    let world = World::with(|options| options.orders = 800);
    let person = world.sign_in("admin").await;
    let samples = world.samples().await;
    let mut refusals = 0;
    for (name, orders) in samples["byStatus"].as_object().unwrap() {
        let order = &orders[0];
        let part = |name: &str| order[name].as_str().unwrap().to_owned();
        let path = format!("/api/clients/cli-aspen/loans/{}/orders/{}", part("loanId"), part("id"));
        let before = person.order(&path).await;
        let history = person.history(&path).await;
        for (operation, _) in PERMISSIONS {
            let is_unbound = matches!(
                operation,
                "addComment" | "addDocument" | "grantDocumentAccess" | "revokeDocumentAccess" | "refundPayment"
            );
            let status = name.parse::<i64>().ok();
            if is_unbound && name != "draft"
                || status.is_some_and(|code| !is_unbound && allowed(operation).contains(&code))
            {
                continue;
            }
            let body = match operation {
                "recordPayment" | "sendPaymentLink" | "collectPayment" => {
                    json!({ "amount": { "amount": "10.00", "currency": "USD" } })
                }
                _ => Value::Null,
            };
            let problem = world.try_act("admin", operation, &path, body).await.unwrap_err();
            // Without a report or a dispute there is nothing to name; otherwise it is the state's.
            let code = problem.code().status().as_u16();
            assert!(matches!(code, 400 | 404 | 409), "{name} {operation}: {problem}");
            refusals += 1;
        }
        assert_eq!(person.order(&path).await, before, "{name}");
        assert_eq!(person.history(&path).await, history, "{name}");
        assert!(world.ledger(Some(&path)).await.is_empty(), "{name}");
    }
    assert!(refusals > 350, "{refusals}");
}

#[tokio::test]
async fn every_new_write_honours_the_fence() {
    let world = World::new();
    let person = world.sign_in("admin").await;
    let (path, _) = world.under_review().await;
    let version = person.order(&path).await["version"].as_i64().unwrap();
    let before = world.ledger(Some(&path)).await.len();
    let mut fenced = 0;
    for (operation, _) in PERMISSIONS {
        let body = json!({ "expectedVersion": version + 5, "amount": { "amount": "10.00", "currency": "USD" } });
        let problem = world.try_act("admin", operation, &path, body).await.unwrap_err();
        if problem.code().status().as_u16() == 409 {
            assert!(problem.detail().contains("has changed since"), "{operation}: {problem}");
            fenced += 1;
        }
    }
    // The rest names a dispute, a submission or a payment that this order does not have.
    assert!(fenced >= 25, "{fenced}");
    assert_eq!(world.ledger(Some(&path)).await.len(), before);
}

/// The page names every operation, and no other.
#[tokio::test]
async fn the_page_knows_every_operation() {
    let world = World::new();
    let script = world.ask(Method::GET, "/sandbox/operations.js", None).await.expect(200);
    let script = String::from_utf8(script.bytes).unwrap();
    for route in ROUTES {
        assert!(script.contains(&format!("'{}'", route.id)), "{}", route.id);
    }
    let page = world.ask(Method::GET, "/sandbox", None).await.expect(200);
    let page = String::from_utf8(page.bytes).unwrap();
    let settings = serde_json::to_value(world.state.settings()).unwrap();
    for name in settings.as_object().unwrap().keys() {
        assert!(page.contains(&format!("name=\"{name}\"")), "{name}");
    }
}
