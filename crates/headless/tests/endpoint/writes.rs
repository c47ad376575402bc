//! The writes of an order: which are sent once, of which class, and with which fence.

use omnival_core::ids::{ClientId, LoanId, OrderId, OrderRef};
use omnival_core::operation::{Class, Operation, Request};
use omnival_headless::endpoint::{Members, OnceCall, Parts, Seen, once, upload};
use omnival_wire::config::Config;

fn at() -> OrderRef {
    OrderRef {
        client: ClientId::new("c"),
        loan: LoanId::new("l"),
        order: OrderId::new("o"),
    }
}

fn config(fence: bool) -> Config {
    Config {
        fence,
        ..omnival_headless::fake::config()
    }
}

fn request(call: OnceCall) -> Request {
    match call {
        OnceCall::Once(call) => call.into_request(),
        OnceCall::Guarded(call) => call.into_request(),
    }
}

#[test]
fn every_write_on_an_order_that_is_sent_once_is_fenced_by_the_table_alone() {
    let at = at();
    for operation in Operation::ALL.iter().copied() {
        let seen = Seen {
            at: &at,
            version: Some(7),
            id: if operation.path().contains("{id}") { "id-1" } else { "" },
        };
        let is_write = operation.rule().is_some();
        for fence in [true, false] {
            let call = once(operation, &seen, Members::new(), &config(fence));
            assert_eq!(call.is_some(), is_write, "{operation:?}");
            let Some(call) = call else { continue };
            let guarded = matches!(call, OnceCall::Guarded(_));
            assert_eq!(guarded, operation.class() == Class::Guarded, "{operation:?}");
            let sent = request(call);
            let body = sent.body.unwrap_or_default();
            let fenced = body.contains(r#""expectedVersion":7"#);
            assert_eq!(fenced, fence && operation.fenced(), "{operation:?}: {body}");
            assert_eq!(sent.method, operation.method());
            let (call, parts) = upload(operation, &seen, Parts::new(), &config(fence)).expect("a write");
            assert_eq!(parts.len(), usize::from(fenced), "{operation:?}: {parts:?}");
            assert_eq!(request(call).body, None);
        }
    }
}

#[test]
fn what_does_not_name_its_object_is_not_sent() {
    let at = at();
    let seen = |id| Seen {
        at: &at,
        version: None,
        id,
    };
    let once = |operation, id| once(operation, &seen(id), Members::new(), &config(true)).is_some();
    assert!(once(Operation::Refund, "pay-1") && !once(Operation::Refund, ""));
    assert!(once(Operation::Collect, "") && !once(Operation::Collect, "pay-1"));
    assert!(!once(Operation::SaveVendor, "") && !once(Operation::CreateDraft, ""));
}
