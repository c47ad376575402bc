//! Request bodies, member by member: what must be present though null is present, what may be absent is.

use omnival_wire::request::{
    Assign, Conditions, Contact, Contacts, Create, Fenced, Preferred, Property, Reason, Refresh, SignIn, WithFence,
    body,
};
use serde_json::{Value, json};

fn sent(value: &impl serde::Serialize) -> Value {
    serde_json::from_str(&body(value)).expect("a body")
}

const PROPERTY: Property<'_> = Property {
    street: "12 Elm St",
    unit: None,
    city: "Austin",
    county: "Travis",
    state: "TX",
    zip: "78701",
    kind: "condo",
};

fn property() -> Value {
    json!({ "street": "12 Elm St", "unit": null, "city": "Austin", "county": "Travis", "state": "TX", "zip": "78701", "type": "condo" })
}

const BORROWER: Contact<'_> = Contact {
    role: "borrower",
    name: "Dana Reyes",
    email: None,
    phone: Some("512-555-0142"),
};

fn borrower() -> Value {
    json!({ "role": "borrower", "name": "Dana Reyes", "email": null, "phone": "512-555-0142" })
}

#[test]
fn session_bodies() {
    let credentials = SignIn {
        username: "operations",
        password: "p\"w\u{e9}",
    };
    assert_eq!(
        sent(&credentials),
        json!({ "username": "operations", "password": "p\"w\u{e9}" })
    );
    assert_eq!(
        sent(&Refresh { refresh_token: "r-1" }),
        json!({ "refreshToken": "r-1" })
    );
}

#[test]
fn every_write_carries_the_version_that_was_seen_or_no_fence_at_all() {
    let fenced = |expected_version| Fenced { expected_version };
    let seen = fenced(Some(7));
    assert_eq!(sent(&seen), json!({ "expectedVersion": 7 }));
    assert_eq!(sent(&fenced(None)), json!({}));
    let with = |expected_version| WithFence {
        body: Assign { vendor_id: "ven-1" },
        fence: fenced(expected_version),
    };
    assert_eq!(
        sent(&with(Some(4))),
        json!({ "vendorId": "ven-1", "expectedVersion": 4 })
    );
    assert_eq!(sent(&with(None)), json!({ "vendorId": "ven-1" }));
    let reason = WithFence {
        body: Reason {
            reason: "Awaiting access",
        },
        fence: fenced(Some(1)),
    };
    assert_eq!(
        sent(&reason),
        json!({ "reason": "Awaiting access", "expectedVersion": 1 })
    );
}

/// A full replacement must not clear by omission: the platform answers 400 if these are missing.
#[test]
fn a_draft_step_names_every_member_even_the_empty_ones() {
    let conditions = Conditions {
        product_id: "prd-1",
        due_date: None,
        special_instructions: None,
    };
    assert_eq!(
        sent(&conditions),
        json!({ "productId": "prd-1", "dueDate": null, "specialInstructions": null })
    );
    assert_eq!(sent(&PROPERTY), property());
    let contacts = Contacts {
        contacts: vec![BORROWER],
    };
    assert_eq!(sent(&contacts), json!({ "contacts": [borrower()] }));
}

#[test]
fn a_new_draft_carries_its_reference_and_all_its_parts() {
    let create = Create {
        client_reference: "0f8fad5b-d9cb-469f-a165-70867728950e",
        property: PROPERTY,
        contacts: vec![BORROWER],
        conditions: Conditions {
            product_id: "prd-1",
            due_date: Some("2026-12-11"),
            special_instructions: Some("Ring twice"),
        },
        vendor: Preferred {
            vendor_id: Some("ven-01"),
        },
    };
    assert_eq!(
        sent(&create),
        json!({
            "clientReference": "0f8fad5b-d9cb-469f-a165-70867728950e",
            "property": property(),
            "contacts": [borrower()],
            "vendorId": "ven-01",
            "productId": "prd-1",
            "dueDate": "2026-12-11",
            "specialInstructions": "Ring twice",
        })
    );
}

#[test]
fn a_vendor_left_to_assignment_is_said_and_not_left_out() {
    assert_eq!(sent(&Preferred { vendor_id: None }), json!({ "vendorId": null }));
}
