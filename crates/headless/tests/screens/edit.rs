use std::future::ready;

use futures::FutureExt;
use omnival_core::draft::Field;
use omnival_core::order::Order;
use omnival_headless::drafts::{
    AfterSave, Clash, Fields, Section, after_save, contacts, is_clash, merge_in, opened, save,
};
use omnival_headless::kept::FormCopy;
use omnival_headless::platform::Pending;
use omnival_wire::request;

use crate::given::{Random, draft, order};

fn typed(order: &Order, changes: &[(Field, &str)]) -> Fields {
    let mut fields = opened(order, None);
    for (field, text) in changes {
        fields.set(*field, text);
    }
    fields
}

/// The sections that are saved. The platform refuses the one at `refused`, and answers each other with a draft of the next
/// version, in which nothing else changed.
fn sections(order: &Order, fields: &Fields, refused: Option<Section>) -> (Vec<Section>, Option<u64>, bool) {
    let (mut order, mut sent) = (order.clone(), Vec::new());
    let end = {
        let send = |section, order: &Order| -> Pending<Result<Order, &str>> {
            sent.push(section);
            let answer = draft(order.version.unwrap() + 1, "Call first.");
            Box::pin(ready(if refused == Some(section) {
                Err("refused")
            } else {
                Ok(answer)
            }))
        };
        save(&mut order, fields, send).now_or_never().unwrap()
    };
    (sent, order.version, end.is_ok())
}

#[test]
fn a_form_opens_with_the_draft_under_what_was_kept() {
    let draft = draft(1, "Call first.");
    let kept = FormCopy {
        fields: vec![
            (Field::Instructions, "Mine.".to_owned()),
            (Field::City, String::new()),
            (Field::Loan, "loan-9".to_owned()),
        ],
        ..FormCopy::default()
    };
    let fields = opened(&draft, Some(&kept));
    assert_eq!(
        (fields.get(Field::Instructions), fields.get(Field::City)),
        ("Mine.", "")
    );
    assert_eq!(fields.get(Field::Street), "12 Elm St", "not kept, so the draft's own");
    assert_eq!(fields.get(Field::Loan), "loan-1", "the loan of an order never changes");
    assert_eq!(opened(&draft, None).get(Field::Instructions), "Call first.");
}

#[test]
fn only_sections_that_differ_are_saved_in_their_order() {
    let draft = draft(1, "Call first.");
    let saved = |changes: &[(Field, &str)]| sections(&draft, &typed(&draft, changes), None).0;
    assert_eq!(saved(&[]), []);
    assert_eq!(saved(&[(Field::City, " Austin ")]), [], "blanks are no change");
    assert_eq!(saved(&[(Field::Loan, "loan-9")]), [], "the loan cannot be saved");
    for (field, section) in [
        (Field::Product, Section::Conditions),
        (Field::Instructions, Section::Conditions),
        (Field::Unit, Section::Property),
        (Field::Vendor, Section::Vendor),
        (Field::ContactEmail, Section::Contacts),
    ] {
        assert_eq!(saved(&[(field, "other")]), [section]);
    }
}

#[test]
fn each_section_is_fenced_by_the_one_before_and_a_refusal_ends_it() {
    let draft = draft(1, "Call first.");
    let all = [
        (Field::ContactName, "Bo"),
        (Field::Vendor, ""),
        (Field::City, "Plano"),
        (Field::DueDate, "2026-12-12"),
    ];
    let fields = typed(&draft, &all);
    let every = vec![
        Section::Conditions,
        Section::Property,
        Section::Vendor,
        Section::Contacts,
    ];
    assert_eq!(sections(&draft, &fields, None), (every.clone(), Some(5), true));
    let saved = sections(&draft, &fields, Some(Section::Vendor));
    assert_eq!(
        saved,
        (every[..3].to_vec(), Some(3), false),
        "the draft as far as it was saved"
    );
}

#[test]
fn bodies_are_trimmed_and_leave_out_what_is_empty() {
    let draft = draft(1, "");
    let fields = typed(&draft, &[(Field::Street, " 13 Elm St "), (Field::ContactEmail, " ")]).trimmed();
    assert_eq!(
        request::body(&contacts(&draft, &fields)),
        r#"[{"role":"borrower","name":"Maria Lopez","email":null,"phone":"512-555-0100"},{"role":"agent","name":"Al","email":null,"phone":null}]"#,
        "the others stay as they are"
    );
    let body = request::body(&fields.create("ref-1"));
    assert!(
        body.starts_with(r#"{"clientReference":"ref-1","property":{"street":"13 Elm St","unit":null"#),
        "{body}"
    );
    assert!(
        body.contains(r#""contacts":[{"role":"borrower""#) && body.contains(r#""vendorId":"v-1""#),
        "{body}"
    );
    assert!(
        body.contains(r#""productId":"p-1","dueDate":"2026-12-11","specialInstructions":null"#),
        "{body}"
    );
}

#[test]
fn a_colleagues_changes_are_merged_and_overlaps_are_shown() {
    let before = draft(1, "Call first.");
    let mine = typed(&before, &[(Field::Instructions, "Mine."), (Field::City, "Plano")]);
    let mut now = draft(2, "Theirs.");
    now.due_date = Some("2026-12-24".into());
    let Clash::Merged { taken, overlaps } = merge_in(&before, &mine, now) else {
        panic!("still a draft");
    };
    assert_eq!(taken, [(Field::DueDate, "2026-12-24".to_owned())]);
    assert_eq!(overlaps, [(Field::Instructions, "Theirs.".to_owned())]);
    let active = order(r#""isDraft":false,"statusCode":1"#);
    assert!(matches!(merge_in(&before, &mine, active), Clash::Activated(order) if order.at == before.at));
    assert!(is_clash(Some(409)) && !is_clash(Some(422)) && !is_clash(None));
}

/// Two people change fields at random: nothing that either typed is lost without a word.
#[test]
fn no_change_of_either_side_is_lost_silently() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let before = draft(1, "Call first.");
        let fields = [Field::Instructions, Field::City, Field::DueDate];
        let mut mine = opened(&before, None);
        let mut now = draft(2, ["Call first.", "Mine.", "Theirs."][random.below(3)]);
        let city = ["Austin", "Plano", "Waco"][random.below(3)];
        now.property.as_mut().unwrap().city = city.to_owned();
        now.due_date = [None, Some("2026-12-11".to_owned())][random.below(2)].clone();
        for field in fields {
            let text = ["", "Mine.", "Plano", "2026-12-11"][random.below(4)];
            if random.below(2) == 0 {
                mine.set(field, text);
            }
        }
        let theirs = opened(&now, None);
        let Clash::Merged { taken, overlaps } = merge_in(&before, &mine, now) else {
            panic!("still a draft");
        };
        for field in fields {
            let (was, mine, theirs) = (
                opened(&before, None).get(field).to_owned(),
                mine.get(field),
                theirs.get(field),
            );
            let is_in = |list: &[(Field, String)]| list.contains(&(field, theirs.to_owned()));
            let expected = match (mine == was, theirs == was) {
                (true, false) => (true, false),
                (false, false) if mine != theirs => (false, true),
                _ => (false, false),
            };
            assert_eq!((is_in(&taken), is_in(&overlaps)), expected, "seed {seed} {field:?}");
        }
    }
}

#[test]
fn a_save_ends_where_the_operator_is() {
    assert_eq!(after_save(true, true, false, true), AfterSave::OpenOrder);
    assert_eq!(after_save(true, true, true, true), AfterSave::TypedSince);
    assert_eq!(
        after_save(true, true, false, false),
        AfterSave::Stay,
        "nobody is pulled away"
    );
    assert_eq!(after_save(false, true, true, true), AfterSave::ShowFailure);
    for saved in [true, false] {
        assert_eq!(after_save(saved, false, true, true), AfterSave::TellElsewhere);
    }
}
