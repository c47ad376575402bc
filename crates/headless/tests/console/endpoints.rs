//! Calls as they are sent: method, path, fence.

use omnival_core::operation::{Class, Method, Operation, Request};
use omnival_headless::endpoint::{self, Members, OnceCall, Seen};
use omnival_wire::Value;

use crate::support::{CONFIG, Deployment, IN_BODIES, ORDER_PATH, at};

fn seen(at: &omnival_core::ids::OrderRef) -> Seen<'_> {
    Seen {
        at,
        version: Some(7),
        id: "rec 1",
    }
}

/// Of what is about one thing of the order it names that, of others nothing.
fn seen_for(at: &omnival_core::ids::OrderRef, operation: Operation) -> Seen<'_> {
    let is_about_one = operation.path().contains("{id}");
    Seen {
        id: if is_about_one { "rec 1" } else { "" },
        ..seen(at)
    }
}

fn request(call: OnceCall) -> Request {
    match call {
        OnceCall::Once(call) => call.into_request(),
        OnceCall::Guarded(call) => call.into_request(),
    }
}

fn sent(operation: Operation, seen: &Seen<'_>, members: Members, config: Deployment) -> Request {
    request(endpoint::once(operation, seen, members, &config()).expect("a write on an order that is sent once"))
}

fn reason() -> Members {
    vec![("reason", Value::Text("rain".to_owned()))]
}

#[test]
fn the_fence_is_the_version_that_was_seen_where_the_platform_can_check_it() {
    let at = at();
    let held = seen_for(&at, Operation::Hold);
    let call = |seen: &Seen<'_>, config: Deployment| sent(Operation::Hold, seen, reason(), config);
    let fenced = call(&held, CONFIG);
    assert_eq!(
        (fenced.method, fenced.path.as_str()),
        (Method::Post, [ORDER_PATH, "/hold"].concat().as_str())
    );
    assert_eq!(fenced.body.as_deref(), Some(r#"{"reason":"rain","expectedVersion":7}"#));
    let unfenced = call(&held, IN_BODIES);
    assert_eq!(unfenced.body.as_deref(), Some(r#"{"reason":"rain"}"#));
    let unseen = Seen { version: None, ..held };
    assert_eq!(call(&unseen, CONFIG).body.as_deref(), Some(r#"{"reason":"rain"}"#));
}

#[test]
fn every_write_on_an_order_that_is_sent_once_carries_its_fence_and_its_own_class() {
    let (at, config) = (at(), CONFIG());
    for operation in Operation::ALL.iter().copied() {
        let is_of_order = operation.path().starts_with("{order}");
        let request = match endpoint::once(operation, &seen_for(&at, operation), Vec::new(), &config) {
            Some(OnceCall::Once(call)) => {
                assert_eq!(operation.class(), Class::Once);
                call.into_request()
            }
            Some(OnceCall::Guarded(call)) => {
                assert_eq!(operation.class(), Class::Guarded);
                call.into_request()
            }
            None => {
                let is_repeatable = matches!(operation.class(), Class::Read | Class::Idempotent);
                assert!(is_repeatable || !is_of_order, "{operation:?}");
                continue;
            }
        };
        assert_eq!(request.operation, operation);
        assert_eq!(request.method, operation.method());
        assert!(request.path.starts_with(ORDER_PATH), "{}", request.path);
        let body = request.body.expect("a body");
        assert_eq!(
            body.contains("\"expectedVersion\":7"),
            operation.fenced(),
            "{operation:?}"
        );
    }
}

#[test]
fn of_an_upload_the_fence_is_a_part_of_the_form() {
    let at = at();
    let parts = vec![("note", "n".to_owned())];
    let about = seen_for(&at, Operation::SubmitReport);
    let (call, parts) = endpoint::upload(Operation::SubmitReport, &about, parts, &CONFIG()).expect("sent once");
    assert_eq!(parts, [("expectedVersion", "7".to_owned()), ("note", "n".to_owned())]);
    let request = request(call);
    assert_eq!((request.path, request.body), ([ORDER_PATH, "/reports"].concat(), None));
}

#[test]
fn what_is_about_one_thing_of_an_order_names_it() {
    let at = at();
    let refund = sent(Operation::Refund, &seen(&at), Vec::new(), CONFIG);
    assert_eq!(refund.path, [ORDER_PATH, "/payments/rec%201/refund"].concat());
    let nameless = Seen { id: "", ..seen(&at) };
    assert!(endpoint::once(Operation::Refund, &nameless, Vec::new(), &CONFIG()).is_none());
    let granted = endpoint::access(&at, "d/1", "vendor", true).into_request();
    assert_eq!(
        (granted.method, granted.path),
        (Method::Put, [ORDER_PATH, "/documents/d%2F1/access/vendor"].concat())
    );
    let revoked = endpoint::access(&at, "d", "client", false).into_request();
    assert_eq!(revoked.method, Method::Delete);
    let item = endpoint::answer_item(&at, "i", Some("pass"), None).into_request();
    assert_eq!(item.body.as_deref(), Some(r#"{"answer":"pass","note":null}"#));
}

#[test]
fn drafts_are_saved_under_the_version_that_was_seen() {
    let at = at();
    let body = omnival_wire::request::Preferred { vendor_id: Some("v") };
    let saved = endpoint::save_vendor(&seen(&at), body, &CONFIG()).into_request();
    assert_eq!(
        (saved.method, saved.path),
        (Method::Put, [ORDER_PATH, "/draft/vendor"].concat())
    );
    assert_eq!(saved.body.as_deref(), Some(r#"{"vendorId":"v","expectedVersion":7}"#));
    assert_eq!(endpoint::delete_draft(&at).into_request().method, Method::Delete);
}

#[test]
fn searches_are_written_as_queries() {
    let client = omnival_core::ids::ClientId::new("c 1");
    let path = |call: omnival_core::operation::Call<omnival_core::operation::Read>| call.into_request().path;
    assert_eq!(
        path(endpoint::loans(&client, "a&b")),
        "/api/clients/c%201/loans?search=a%26b&pageSize=8"
    );
    assert_eq!(
        path(endpoint::loans(&client, "")),
        "/api/clients/c%201/loans?pageSize=8"
    );
    assert_eq!(
        path(endpoint::fee(&client, "p", "80301", "")),
        "/api/clients/c%201/fees/resolve?productId=p&zip=80301"
    );
    assert_eq!(
        path(endpoint::history(&at(), Some("h 1"))),
        [ORDER_PATH, "/history?before=h%201"].concat()
    );
    assert_eq!(
        path(endpoint::find_order(&client, "o/1")),
        "/api/clients/c%201/orders/o%2F1"
    );
    assert_eq!(
        path(endpoint::agency_findings(&at(), "ead", "s")),
        [ORDER_PATH, "/ead-submission/s/ead-dashboard-details"].concat()
    );
    assert_eq!(
        path(endpoint::agency_findings(&at(), "ucdp", "s")),
        [ORDER_PATH, "/ucdp-submission/s/ucdp-dashboard-details"].concat()
    );
}
