//! Calls as they are sent: method, path, fence.

use omnival_core::operation::{Class, Guarded, Method, Once, Op, Operation};
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

fn reason() -> Members {
    vec![("reason", Value::Text("rain".to_owned()))]
}

#[test]
fn the_fence_is_the_version_that_was_seen_where_the_platform_can_check_it() {
    const HOLD: Op<Once> = Op::new(Operation::Hold);
    let at = at();
    let call = |seen: &Seen<'_>, config: Deployment| endpoint::write(HOLD, seen, reason(), &config()).into_request();
    let fenced = call(&seen(&at), CONFIG);
    assert_eq!(
        (fenced.method, fenced.path.as_str()),
        (Method::Post, [ORDER_PATH, "/hold"].concat().as_str())
    );
    assert_eq!(fenced.body.as_deref(), Some(r#"{"reason":"rain","expectedVersion":7}"#));
    let unfenced = call(&seen(&at), IN_BODIES);
    assert_eq!(unfenced.body.as_deref(), Some(r#"{"reason":"rain"}"#));
    let unseen = Seen {
        version: None,
        ..seen(&at)
    };
    assert_eq!(call(&unseen, CONFIG).body.as_deref(), Some(r#"{"reason":"rain"}"#));
}

#[test]
fn every_write_on_an_order_that_is_sent_once_carries_its_fence_and_its_own_class() {
    let (at, config) = (at(), CONFIG());
    for operation in Operation::ALL.iter().copied() {
        let is_of_order = operation.path().starts_with("{order}");
        let request = match endpoint::once(operation, &seen(&at), Vec::new(), &config) {
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
    const SUBMIT: Op<Guarded> = Op::new(Operation::SubmitReport);
    let at = at();
    let parts = vec![("note", "n".to_owned())];
    let (call, parts) = endpoint::upload(SUBMIT, &seen(&at), parts, &CONFIG());
    assert_eq!(parts, [("expectedVersion", "7".to_owned()), ("note", "n".to_owned())]);
    let request = call.into_request();
    assert_eq!((request.path, request.body), ([ORDER_PATH, "/reports"].concat(), None));
}

#[test]
fn what_is_about_one_thing_of_an_order_names_it() {
    const REFUND: Op<Guarded> = Op::new(Operation::Refund);
    let at = at();
    let refund = endpoint::write(REFUND, &seen(&at), Vec::new(), &CONFIG()).into_request();
    assert_eq!(refund.path, [ORDER_PATH, "/payments/rec%201/refund"].concat());
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
