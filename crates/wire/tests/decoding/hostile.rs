//! Anything at all: a panic would kill the whole console.

use omnival_core::order::full::Order;
use omnival_wire::config::Config;
use omnival_wire::{order as decode, problem, records, reference, session};
use proptest::prelude::*;
use proptest::test_runner::Config as Runs;
use serde_json::{Map, Number, Value};

use crate::documents::{ALL, ORDER};

/// True when the decoder made something of the body.
type Decoder = fn(&str) -> bool;

/// Each decoder, by the name of its document.
const DECODERS: [(&str, Decoder); 29] = [
    ("order", |body| decode::order(body).is_ok()),
    ("page", |body| decode::page(body).is_ok()),
    ("page", |body| decode::summaries(body).is_ok()),
    ("history", |body| decode::history(body).is_ok()),
    ("payments", |body| decode::payments(body).is_ok()),
    ("suggestions", |body| reference::suggestions(body).is_ok()),
    ("loans", |body| reference::loans(body).is_ok()),
    ("loans", |body| reference::choices(body).is_ok()),
    ("loans", |body| reference::products(body).is_ok()),
    ("order", |body| reference::loan(body).is_ok()),
    ("fee", |body| reference::fee(body).is_ok()),
    ("session", |body| session::session(body).is_ok()),
    ("problem", |body| problem::read(body).problem.message.is_some()),
    ("config", |body| Config::read(body).is_ok()),
    ("reports", |body| records::reports(body).is_ok()),
    ("documents", |body| records::documents(body).is_ok()),
    ("checklist item", |body| records::answered_item(body).is_ok()),
    ("checklist", |body| records::checklist(body).is_ok()),
    ("findings", |body| records::findings(body).is_ok()),
    ("runs", |body| records::runs(body).is_ok()),
    ("revisions", |body| records::revisions(body).is_ok()),
    ("rovs", |body| records::rovs(body).is_ok()),
    ("borrowers", |body| records::borrowers(body).is_ok()),
    ("deliveries", |body| records::deliveries(body).is_ok()),
    ("agency", |body| records::agency(body).is_ok()),
    ("agency findings", |body| records::agency_findings(body).is_ok()),
    ("invoice data", |body| records::invoice_data(body).is_ok()),
    ("payment methods", |body| records::payment_methods(body).is_ok()),
    ("slots", |body| records::slots(body).is_ok()),
];

fn decode_all(body: &str) {
    for (_, decode) in DECODERS {
        decode(body);
    }
}

fn document(name: &str) -> &'static str {
    ALL.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, document)| *document)
        .expect("a document")
}

pub fn runs() -> Runs {
    Runs {
        cases: 256,
        failure_persistence: None,
        ..Runs::default()
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec!["", "2026-11-22T15:04:05Z", "450.00", "ord-1", "\u{202E}", "user"])
            .prop_map(Value::from),
    ]
}

/// A word of the contract, so that a document is entered rather than dismissed at the door.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "id",
        "items",
        "clientId",
        "loanId",
        "isDraft",
        "statusCode",
        "version",
        "counts",
        "actor",
        "name",
        "source",
        "refs",
        "vendorId",
        "amount",
        "currency",
        "fee",
        "total",
        "orderFee",
        "technologyFee",
        "vendorCharges",
        "user",
        "accessToken",
        "expiresIn",
        "permissions",
        "clients",
        "errors",
        "field",
        "message",
        "detail",
        "code",
        "capacity",
        "borrowers",
        "property",
        "loan",
        "product",
        "hold",
        "contacts",
        "apiBase",
        "abilities",
        "settleWindowMs",
        "submissions",
        "findings",
        "invoices",
        "files",
        "overrides",
        "override",
        "comparables",
        "decision",
        "reasonCodes",
        "access",
        "gate",
        "size",
    ];
    prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(String::from), 1 => any::<String>()]
}

pub fn json() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..8)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Replaces the `nth` value of a document, counted through its whole depth; gives what is left of the count.
fn replace(value: &mut Value, nth: usize, by: &Value) -> Option<usize> {
    if nth == 0 {
        *value = by.clone();
        return None;
    }
    let mut left = nth - 1;
    let mut inside = |inner: &mut Value| match replace(inner, left, by) {
        None => true,
        Some(rest) => {
            left = rest;
            false
        }
    };
    let done = match value {
        Value::Array(items) => items.iter_mut().any(&mut inside),
        Value::Object(fields) => fields.values_mut().any(&mut inside),
        _ => false,
    };
    (!done).then_some(left)
}

proptest! {
    #![proptest_config(runs())]

    #[test]
    fn arbitrary_json_is_survived(value in json()) {
        decode_all(&value.to_string());
    }

    #[test]
    fn arbitrary_bytes_as_text_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        decode_all(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_document_cut_off_anywhere_is_survived(at in 0.0..1.0_f64, which in 0..ALL.len()) {
        let (_, document) = ALL[which];
        let cut = document.floor_char_boundary((document.len() as f64 * at) as usize);
        decode_all(&document[..cut]);
    }

    #[test]
    fn a_document_with_one_strange_value_anywhere_is_survived(which in 0..ALL.len(), nth in 0_usize..90, by in json()) {
        let (_, document) = ALL[which];
        let mut value: Value = serde_json::from_str(document).expect("JSON");
        replace(&mut value, nth, &by);
        decode_all(&value.to_string());
    }

    /// A field of a type that nobody expected costs itself, never the rest of the order.
    #[test]
    fn a_strange_field_costs_only_itself(field in prop::sample::select(FIELDS.to_vec()), by in json()) {
        let mut value: Value = serde_json::from_str(ORDER).expect("JSON");
        value[field] = by;
        let (mut odd, whole) = (decode::order(&value.to_string()).expect("an order"), decode::order(ORDER).expect("an order"));
        prop_assert!(restore(&mut odd, &whole, field), "{} is not known here", field);
        prop_assert_eq!(odd, whole);
    }

    #[test]
    fn unknown_fields_change_nothing(key in "[a-z]{12,20}", by in json()) {
        let mut value: Value = serde_json::from_str(ORDER).expect("JSON");
        value[key] = by;
        prop_assert_eq!(decode::order(&value.to_string()), decode::order(ORDER));
    }

    /// A row that cannot be read does not cost the others, and ids are never invented.
    #[test]
    fn a_strange_row_costs_only_itself(by in json(), first in any::<bool>()) {
        for (name, list, id, count) in LISTS {
            let mut value: Value = serde_json::from_str(document(name)).expect("JSON");
            let items = value[list].as_array_mut().expect("a list");
            let before = items.len();
            items.insert(if first { 0 } else { before }, by.clone());
            let readable = usize::from(by.get(id).and_then(Value::as_str).is_some());
            let rows = count(&value.to_string());
            prop_assert!(rows >= before && rows <= before + readable, "{}: {} rows", name, rows);
        }
    }
}

/// Document, its list, what identifies a row, and how many rows the decoder makes of it.
type List = (&'static str, &'static str, &'static str, fn(&str) -> usize);

const LISTS: [List; 19] = [
    ("page", "items", "id", |body| {
        decode::page(body).expect("a page").rows.len()
    }),
    ("history", "items", "id", |body| {
        decode::history(body).expect("a history").entries.len()
    }),
    ("payments", "items", "id", |body| {
        decode::payments(body).expect("payments").len()
    }),
    ("suggestions", "items", "id", |body| {
        reference::suggestions(body).expect("vendors").len()
    }),
    ("loans", "items", "id", |body| {
        reference::loans(body).expect("loans").len()
    }),
    ("reports", "items", "id", |body| {
        records::reports(body).expect("reports").len()
    }),
    ("documents", "items", "id", |body| {
        records::documents(body).expect("documents").len()
    }),
    ("checklist", "items", "id", |body| {
        records::checklist(body).expect("a checklist").items.len()
    }),
    ("findings", "items", "id", |body| {
        records::findings(body).expect("findings").len()
    }),
    ("runs", "items", "id", |body| records::runs(body).expect("runs").len()),
    ("revisions", "items", "id", |body| {
        records::revisions(body).expect("revisions").len()
    }),
    ("rovs", "items", "id", |body| {
        records::rovs(body).expect("reconsiderations").len()
    }),
    ("borrowers", "items", "name", |body| {
        records::borrowers(body).expect("borrowers").len()
    }),
    ("deliveries", "items", "id", |body| {
        records::deliveries(body).expect("deliveries").len()
    }),
    ("agency", "submissions", "id", |body| {
        records::agency(body).expect("a state").submissions.len()
    }),
    ("agency findings", "findings", "id", |body| {
        records::agency_findings(body).expect("findings").len()
    }),
    ("invoice data", "invoices", "id", |body| {
        records::invoice_data(body).expect("invoices").invoices.len()
    }),
    ("payment methods", "items", "id", |body| {
        records::payment_methods(body).expect("methods").len()
    }),
    ("slots", "items", "id", |body| {
        records::slots(body).expect("slots").slots.len()
    }),
];

/// Fields of an order beside its three ids.
const FIELDS: [&str; 29] = [
    "orderNumber",
    "isDraft",
    "statusCode",
    "version",
    "clientReference",
    "createdAt",
    "updatedAt",
    "product",
    "loan",
    "property",
    "contacts",
    "vendor",
    "preferredVendorId",
    "assignedAt",
    "reassignmentCount",
    "revisionCount",
    "fee",
    "dueDate",
    "specialInstructions",
    "conditions",
    "inspection",
    "hold",
    "cancel",
    "delivery",
    "agency",
    "payment",
    "sla",
    "branchId",
    "branchName",
];

/// Puts back the part of the order that this field alone may change.
fn restore(odd: &mut Order, whole: &Order, field: &str) -> bool {
    let whole = whole.clone();
    match field {
        "orderNumber" => odd.number = whole.number,
        "isDraft" | "statusCode" => odd.status = whole.status,
        "version" => odd.version = whole.version,
        "clientReference" => odd.client_reference = whole.client_reference,
        "createdAt" => odd.created_at = whole.created_at,
        "updatedAt" => odd.updated_at = whole.updated_at,
        "product" => odd.product = whole.product,
        "loan" => odd.loan = whole.loan,
        "property" => odd.property = whole.property,
        "contacts" => odd.contacts = whole.contacts,
        "vendor" => odd.vendor = whole.vendor,
        "preferredVendorId" => odd.preferred_vendor = whole.preferred_vendor,
        "assignedAt" => odd.assigned_at = whole.assigned_at,
        "reassignmentCount" => odd.reassignments = whole.reassignments,
        "revisionCount" => odd.revisions = whole.revisions,
        "fee" => odd.fee = whole.fee,
        "dueDate" => odd.due_date = whole.due_date,
        "specialInstructions" => odd.instructions = whole.instructions,
        "conditions" => odd.conditions = whole.conditions,
        "inspection" => odd.inspection = whole.inspection,
        "hold" => odd.hold = whole.hold,
        "cancel" => odd.cancel = whole.cancel,
        "delivery" => odd.delivery = whole.delivery,
        "agency" => odd.agency = whole.agency,
        "payment" => odd.payment = whole.payment,
        "sla" => odd.sla = whole.sla,
        "branchId" => odd.branch = whole.branch,
        "branchName" => odd.branch_name = whole.branch_name,
        _ => return false,
    }
    true
}

#[test]
fn each_document_is_read_by_its_decoder() {
    for (name, decode) in DECODERS {
        assert!(decode(document(name)), "{name}");
    }
}

#[test]
fn depth_and_size_are_survived() {
    for body in [
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        ["{\"items\":[", &"{},".repeat(200_000), "{}]}"].concat(),
        ["{\"id\":\"", &"x".repeat(2_000_000), "\"}"].concat(),
        "{\"id\":1e999999}".to_owned(),
        "{\"version\":99999999999999999999999999,\"id\":\"o\",\"clientId\":\"c\",\"loanId\":\"l\"}".to_owned(),
    ] {
        decode_all(&body);
    }
}
