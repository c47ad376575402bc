use omnival_core::draft::Field;
use omnival_headless::drafts::{
    Fields, Filling, fee_question, label_of_loan, label_of_order, loan_chosen, refusals, same_loan, terms,
};
use omnival_wire::problem;
use omnival_wire::reference::{self, LoanRecord};

use crate::given::{draft, order};

fn loan() -> LoanRecord {
    let body = r#"{"id":"loan-5","number":"L-5","borrowers":[{"name":"Bo Li","phone":"512-555-0155"}],
        "property":{"street":"5 Oak Ave","city":"Dallas","county":"Dallas","state":"TX","zip":"75201","type":"condo"}}"#;
    reference::loan(body).unwrap()
}

fn typed(pairs: &[(Field, &str)]) -> Fields {
    let mut fields = Fields::of(|_| String::new());
    for (field, text) in pairs {
        fields.set(*field, text);
    }
    fields
}

fn filled(mut fields: Fields, filling: Filling) -> Fields {
    for (field, text) in filling {
        fields.set(field, &text);
    }
    fields
}

#[test]
fn a_loan_is_shown_by_what_is_known_of_it() {
    let loan = loan();
    assert_eq!(
        label_of_loan(&loan.loan, loan.property.as_ref()),
        "L-5 · Bo Li · 5 Oak Ave, Dallas, TX 75201"
    );
    assert_eq!(label_of_loan(&loan.loan, None), "L-5 · Bo Li");
    assert_eq!(
        label_of_order(&draft(1, "")),
        "L-7 · Maria Lopez · 12 Elm St, Austin, TX 78701"
    );
}

#[test]
fn a_chosen_loan_fills_what_is_empty() {
    let before = typed(&[
        (Field::City, "Plano"),
        (Field::Unit, " "),
        (Field::ContactPhone, "512-555-0199"),
    ]);
    let after = filled(before.clone(), loan_chosen(&before, &loan()));
    assert_eq!(after.get(Field::Street), "5 Oak Ave");
    assert_eq!(after.get(Field::City), "Plano", "typed");
    assert_eq!(
        (after.get(Field::ContactName), after.get(Field::ContactPhone)),
        ("Bo Li", "512-555-0199")
    );
    assert_eq!(after.get(Field::Loan), "", "that is the operator's own choice");
    let bare = LoanRecord {
        property: None,
        loan: omnival_core::order::full::Loan::default(),
        ..loan()
    };
    assert_eq!(loan_chosen(&before, &bare), []);
}

#[test]
fn another_order_gives_its_terms_to_empty_fields() {
    let from = draft(1, "Call first.");
    let empty = typed(&[]);
    assert_eq!(
        terms(&empty, &from),
        [
            (Field::Product, "p-1".to_owned()),
            (Field::Instructions, "Call first.".to_owned())
        ]
    );
    let quicker = typed(&[(Field::Product, "p-9")]);
    assert_eq!(
        terms(&quicker, &from),
        [(Field::Instructions, "Call first.".to_owned())]
    );
}

#[test]
fn the_same_loan_again_is_taken_around_what_was_typed() {
    let from = draft(1, "");
    let before = typed(&[
        (Field::Loan, "loan-5"),
        (Field::City, "Plano"),
        (Field::County, "Collin"),
        (Field::Unit, "4"),
    ]);
    let after = filled(before.clone(), same_loan(&before, &[Field::City], &from));
    assert_eq!(after.get(Field::Loan), "loan-1");
    assert_eq!(after.get(Field::City), "Plano", "typed");
    assert_eq!(
        after.get(Field::County),
        "Travis",
        "taken over from the other loan before"
    );
    assert_eq!(
        after.get(Field::Unit),
        "",
        "the other loan's, of which this one knows nothing"
    );
    assert_eq!(after.get(Field::Vendor), "v-1", "the one picked in advance");
    let same = typed(&[(Field::Loan, "loan-1"), (Field::Unit, "4")]);
    let after = filled(same.clone(), same_loan(&same, &[], &from));
    assert_eq!(
        after.get(Field::Unit),
        "4",
        "of the same loan, an empty value replaces nothing"
    );
    let blank = order(r#""property":{"unit":" "}"#);
    let after = filled(same.clone(), same_loan(&same, &[], &blank));
    assert_eq!(after.get(Field::Unit), "4", "nor do blanks");
    let cleared = typed(&[(Field::City, " ")]);
    let after = filled(cleared.clone(), same_loan(&cleared, &[Field::City], &from));
    assert_eq!(after.get(Field::City), "Austin", "typed, and emptied again");
    let assigned = order(r#""vendor":{"id":"v-2"},"preferredVendorId":"v-1""#);
    assert!(same_loan(&cleared, &[], &assigned).contains(&(Field::Vendor, "v-2".to_owned())));
}

#[test]
fn a_fee_is_asked_for_once_product_and_zip_are_whole() {
    let ask = |product: &str, zip: &str| {
        fee_question(|field| match field {
            Field::Product => product.to_owned(),
            Field::Zip => zip.to_owned(),
            Field::Vendor => "v-1".to_owned(),
            other => unreachable!("{other:?} decides no fee"),
        })
    };
    let question = ("p-1".to_owned(), "78701".to_owned(), "v-1".to_owned());
    assert_eq!(ask(" p-1", "78701 "), Some(question));
    for (product, zip) in [("", "78701"), ("p-1", "7870"), ("p-1", ""), ("p-1", "78701-")] {
        assert_eq!(ask(product, zip), None, "{product:?} {zip:?}");
    }
    assert!(ask("p-1", "78701-1234").is_some());
}

#[test]
fn what_the_platform_refuses_finds_its_field_or_is_said_anyway() {
    let read = problem::read(
        r#"{"errors":[{"field":"property.zip","message":"Not served."},{"field":"escrow.agent","message":"Needed."}]}"#,
    );
    let found = refusals(&read.problem);
    assert_eq!(found.at_fields, [(Field::Zip, "Not served.".to_owned())]);
    assert_eq!(found.others, ["escrow.agent: Needed."]);
}
