//! Operations by name, and requests as a support bundle may tell them.

use std::collections::BTreeSet;

use omnival_core::operation::{Group, Method, Operation, Request};

#[test]
fn a_heading_is_what_is_being_done_as_a_sentence_begins() {
    for operation in Operation::ALL {
        let (name, doing) = (operation.name(), operation.doing());
        assert!(name.starts_with(|first: char| first.is_ascii_uppercase()), "{name}");
        assert_eq!(name.to_lowercase(), doing.to_lowercase());
        assert_eq!(name[1..], doing[1..], "only the first letter changes");
    }
    assert_eq!(Operation::SubmitToUcdp.name(), "Submitting to UCDP");
}

/// The five groups of `p0/groups` (docs/sources.md).
#[test]
fn each_group_has_its_heading_and_a_member() {
    let headings = [
        (Group::Activation, "Activation"),
        (Group::Assignment, "Assignment"),
        (Group::Qc, "QC and revision"),
        (Group::Payments, "Payments"),
        (Group::Agency, "Agency submission"),
    ];
    for (group, heading) in headings {
        assert_eq!(group.label(), heading);
        let member = Operation::ALL.iter().any(|operation| operation.group() == Some(group));
        assert!(member, "{group:?}");
    }
    let labels: BTreeSet<_> = headings.iter().map(|(group, _)| group.label()).collect();
    assert_eq!(labels.len(), headings.len());
}

#[test]
fn a_method_is_the_word_that_http_has_for_it() {
    let words = [
        (Method::Get, "GET"),
        (Method::Post, "POST"),
        (Method::Put, "PUT"),
        (Method::Patch, "PATCH"),
        (Method::Delete, "DELETE"),
    ];
    for (method, word) in words {
        assert_eq!(method.as_str(), word);
    }
}

/// What was searched for is nobody's business in a support bundle.
#[test]
fn an_endpoint_is_told_without_what_was_asked_of_it() {
    for (method, path, told) in [
        (
            Method::Get,
            "/api/clients/cli-1/orders",
            "GET /api/clients/cli-1/orders",
        ),
        (
            Method::Get,
            "/api/clients/cli-1/orders?search=Dana+Reyes&page=2",
            "GET /api/clients/cli-1/orders",
        ),
        (Method::Get, "/api/x?a=1?b=2", "GET /api/x"),
        (Method::Post, "/api/x?", "POST /api/x"),
        (Method::Delete, "", "DELETE "),
    ] {
        let request = Request {
            operation: Operation::ListOrders,
            method,
            path: path.into(),
            body: Some(r#"{"password":"secret"}"#.into()),
        };
        assert_eq!(request.endpoint(), told);
    }
}
