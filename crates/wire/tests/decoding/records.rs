//! Whole documents: every field of the contract arrives where the console looks for it.

use omnival_core::ids::{
    BranchId, ClientId, EntryId, LoanId, OrderId, OrderRef, PaymentId, ProductId, UserId, VendorId,
};
use omnival_core::money::Money;
use omnival_core::operation::Term;
use omnival_core::order::full::{
    Agency, Cancel, Conditions, Contact, Delivery, Fee, Hold, Inspection, Loan, Order, PaymentState, Product, Property,
    Sla, Vendor,
};
use omnival_core::order::history::Actor;
use omnival_core::order::{Entry, Payment, Source, Status, Summary};
use omnival_core::time::Timestamp;
use omnival_wire::reference::{Choice, LoanRecord, Suggestion};
use omnival_wire::{order as decode, reference};

use crate::documents::{FEE, HISTORY, LOANS, ORDER, PAGE, PAYMENTS, SUGGESTIONS};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn stamp(text: &str) -> Option<Timestamp> {
    let stamp = Timestamp::parse(text);
    assert!(stamp.is_some(), "{text}");
    stamp
}

fn usd(amount: &str) -> Money {
    Money::new(amount, "USD")
}

fn person(role: &str, name: &str, email: &str, phone: &str) -> Contact {
    Contact {
        role: role.into(),
        name: name.into(),
        email: text(email),
        phone: text(phone),
    }
}

fn actor(id: &str, name: &str, role: &str) -> Option<Actor> {
    Some(Actor {
        id: UserId::new(id),
        name: name.into(),
        role: role.into(),
    })
}

fn fee() -> Fee {
    Fee {
        order: Some(usd("400.00")),
        technology: Some(usd("50.00")),
        vendor: usd("300.00"),
        total: Some(usd("450.00")),
    }
}

#[test]
fn a_whole_order_is_read_field_by_field() {
    let expected = Order {
        at: OrderRef {
            client: ClientId::new("cli-aspen"),
            loan: LoanId::new("loan-000042"),
            order: OrderId::new("ord-000123"),
        },
        number: text("A-1001"),
        status: Status::OnHold,
        version: Some(12),
        client_reference: text("0f8fad5b-d9cb-469f-a165-70867728950e"),
        created_at: stamp("2026-11-01T08:00:00Z"),
        updated_at: Some(Timestamp(1_795_359_845_123)),
        product: Some(Product {
            id: ProductId::new("prd-1"),
            name: "1004 Single Family".into(),
        }),
        loan: Loan {
            number: "LN-42".into(),
            kind: "fha".into(),
            purpose: "purchase".into(),
            amount: Some(usd("350000.00")),
            borrowers: vec![person("", "Dana Reyes", "dana@example.com", "512-555-0142")],
        },
        property: Some(Property {
            street: "12 Elm St".into(),
            unit: text("4B"),
            city: "Austin".into(),
            county: "Travis".into(),
            state: "TX".into(),
            zip: "78701-1234".into(),
            kind: "condo".into(),
        }),
        contacts: vec![person("agent", "Kit Agent", "kit@example.com", "512-555-0100")],
        vendor: Some(Vendor {
            id: VendorId::new("ven-01"),
            name: "Elm Appraisals".into(),
            email: text("desk@elm.example"),
            phone: text("512-555-0199"),
        }),
        preferred_vendor: Some(VendorId::new("ven-02")),
        assigned_at: stamp("2026-11-02T08:00:00Z"),
        reassignments: 2,
        revisions: 3,
        fee: Some(fee()),
        due_date: text("2026-12-11"),
        instructions: text("Ring twice"),
        conditions: Some(Conditions {
            fee: Some(usd("500.00")),
            due_date: text("2026-12-15"),
            notes: text("Rural"),
            proposed_by: "vendor".into(),
            proposed_at: stamp("2026-11-03T08:00:00Z"),
        }),
        inspection: Some(Inspection {
            scheduled_at: stamp("2026-11-30T09:00:00Z"),
            completed_at: stamp("2026-11-30T10:00:00Z"),
            time_zone: text("America/Chicago"),
        }),
        hold: Some(Hold {
            reason: "Awaiting access".into(),
            by: actor("usr-2", "Ann", "operations"),
            at: stamp("2026-11-22T15:04:05Z"),
            prior: Some(14),
        }),
        cancel: Some(Cancel {
            reason: "Loan withdrawn".into(),
            by: actor("usr-3", "Bo", "admin"),
            at: stamp("2026-11-23T08:00:00Z"),
            fee_applied: Some(usd("25.00")),
            refunded: Some(usd("425.00")),
        }),
        delivery: Some(Delivery {
            delivered: true,
            delivered_at: stamp("2026-11-24T08:00:00Z"),
            acknowledged: true,
            downloads: 4,
        }),
        agency: Some(Agency {
            portal: "ead".into(),
            required: true,
            status: "successful".into(),
            document_file_id: text("DF-9"),
        }),
        payment: Some(PaymentState {
            scenario: "chargeAtActivation".into(),
            status: "paid".into(),
            amount_due: Some(usd("0.00")),
            paid_at: stamp("2026-11-01T09:00:00Z"),
        }),
        sla: Some(Sla {
            started_at: stamp("2026-11-01T08:30:00Z"),
            respond_by: stamp("2026-11-02T08:30:00Z"),
            due_at: stamp("2026-12-11T23:59:59Z"),
        }),
        branch: BranchId::new("br-1"),
        branch_name: "Austin".into(),
    };
    assert_eq!(decode::order(ORDER), Ok(expected));
}

#[test]
fn a_page_of_the_queue_is_read_with_its_counts() {
    let page = decode::page(PAGE).expect("a page");
    let row = Summary {
        at: OrderRef {
            client: ClientId::new("cli-1"),
            loan: LoanId::new("loan-1"),
            order: OrderId::new("ord-1"),
        },
        number: text("A-1"),
        status: Status::Unassigned,
        product: text("1004"),
        loan_number: "LN-1".into(),
        borrower: "Dana Reyes".into(),
        address: "12 Elm St, Austin, TX 78701".into(),
        vendor: text("Elm Appraisals"),
        branch: "Austin".into(),
        due_at: stamp("2026-12-11T23:59:59Z"),
        due_date: text("2026-12-11"),
        updated_at: stamp("2026-11-02T08:00:00Z"),
        revisions: 2,
        client_reference: text("ref-1"),
    };
    assert_eq!(page.rows, std::slice::from_ref(&row));
    assert_eq!((page.page, page.page_size, page.total), (2, 50, 51));
    assert_eq!(page.counts, [("all".to_owned(), 51), ("qc".to_owned(), 3)]);
    assert_eq!(page.as_of, stamp("2026-11-22T15:04:05Z"));
    assert_eq!(decode::summaries(PAGE), Ok(vec![row]));
}

#[test]
fn history_is_read_newest_first_with_who_and_where_it_led() {
    let history = decode::history(HISTORY).expect("a history");
    let newest = Entry {
        id: EntryId::new("evt-2"),
        kind: "reassigned".into(),
        occurred_at: stamp("2026-11-22T15:04:05Z"),
        actor: actor("usr-2", "Ann", "operations"),
        source: Source::User,
        from: Some(2),
        to: Some(1),
        reason: text("Too busy"),
        summary: "Assigned to Elm Appraisals".into(),
        correlation: text("int-1"),
        vendor: Some(VendorId::new("ven-1")),
        terms: vec![(Term::Report, "rep-1".into()), (Term::Submission, "sub-1".into())],
        state: None,
    };
    assert_eq!(history.entries[0], newest);
    let oldest = &history.entries[1];
    assert_eq!(
        (&oldest.actor, &oldest.source, &oldest.vendor),
        (&None, &Source::Automation, &None)
    );
    assert_eq!((oldest.from, oldest.to), (None, Some(16)));
    assert!(history.has_older && history.entries.len() == 2);
}

#[test]
fn payments_are_read() {
    let payment = Payment {
        id: PaymentId::new("pay-1"),
        kind: "charge".into(),
        status: "pending".into(),
        amount: Some(usd("450.00")),
        method: "ach".into(),
        occurred_at: stamp("2026-11-22T15:04:05Z"),
        actor: actor("usr-2", "Ann", "operations"),
        reference: text("ch_1"),
        refund_of: None,
        correlation: text("int-1"),
    };
    assert_eq!(decode::payments(PAYMENTS), Ok(vec![payment]));
}

#[test]
fn a_suggested_vendor_is_read_with_the_reasons_against_it() {
    let vendor = Suggestion {
        id: VendorId::new("ven-1"),
        name: "Elm Appraisals".into(),
        coverage: "zip".into(),
        product: true,
        active: 3,
        limit: 10,
        fee: Some(usd("300.00")),
        turn_days: 5,
        recent_declines: 1,
        eligible: false,
        reasons: vec!["Not licensed in this state.".into(), "At its limit.".into()],
    };
    assert_eq!(reference::suggestions(SUGGESTIONS), Ok(vec![vendor]));
}

#[test]
fn loans_choices_and_fees_are_read() {
    let nobody = Contact {
        name: "Dana Reyes".into(),
        ..Contact::default()
    };
    let record = LoanRecord {
        id: LoanId::new("loan-1"),
        loan: Loan {
            number: "LN-1".into(),
            kind: "conventional".into(),
            purpose: "refinance".into(),
            amount: None,
            borrowers: vec![nobody],
        },
        property: Some(Property {
            street: "12 Elm St".into(),
            unit: None,
            city: "Austin".into(),
            county: "Travis".into(),
            state: "TX".into(),
            zip: "78701".into(),
            kind: "singleFamily".into(),
        }),
    };
    assert_eq!(reference::loans(LOANS), Ok(vec![record]));
    let choices = reference::choices(r#"{"items":[{"id":"prd-1","name":"1004","description":"x"},{"name":"no id"}]}"#);
    let only = Choice {
        id: "prd-1".into(),
        name: "1004".into(),
    };
    assert_eq!(choices, Ok(vec![only]));
    assert_eq!(reference::fee(FEE), Ok(fee()));
}

#[test]
fn a_draft_is_a_flag_and_a_null_is_nothing() {
    let draft = decode::order(
        r#"{"id":"o","clientId":"c","loanId":"l","isDraft":true,"statusCode":null,"orderNumber":null,"version":1,
            "product":null,"property":null,"vendor":null,"fee":null,"hold":null,"payment":null,"contacts":[]}"#,
    )
    .expect("a draft");
    assert_eq!(
        (draft.status, draft.version, &draft.number),
        (Status::Draft, Some(1), &None)
    );
    assert!(draft.product.is_none() && draft.property.is_none() && draft.vendor.is_none() && draft.fee.is_none());
    assert!(draft.hold.is_none() && draft.payment.is_none() && draft.contacts.is_empty());
}
