//! The laws of merging one field three ways, and of the draft form's own checks.

use omnival_core::draft::{Field, Merged, merge, problems};
use proptest::prelude::*;

/// Few words, so that they often coincide; white space at the ends says nothing.
fn word() -> impl Strategy<Value = String> {
    "[ ]{0,1}[abc]{0,1}[ ]{0,1}"
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn merging_loses_nobodys_words(base in word(), mine in word(), theirs in word()) {
        let same = |one: &str, other: &str| one.trim() == other.trim();
        let kept = match merge(&base, &mine, &theirs) {
            Merged::Same => { prop_assert!(same(&mine, &theirs)); &mine }
            Merged::Mine => { prop_assert!(same(&theirs, &base)); &mine }
            Merged::Theirs => { prop_assert!(same(&mine, &base)); &theirs }
            Merged::Overlap => {
                prop_assert!(!same(&mine, &theirs) && !same(&mine, &base) && !same(&theirs, &base));
                &mine
            }
        };
        prop_assert!(same(&mine, &base) || same(kept, &mine), "what the operator changed is kept");
    }

    #[test]
    fn swapping_the_sides_swaps_the_answer(base in word(), mine in word(), theirs in word()) {
        let swapped = match merge(&base, &theirs, &mine) {
            Merged::Mine => Merged::Theirs,
            Merged::Theirs => Merged::Mine,
            other => other,
        };
        prop_assert_eq!(merge(&base, &mine, &theirs), swapped);
    }

    /// Once settled against the platform's words, they are the new base, and nothing is left to settle.
    #[test]
    fn what_was_settled_stays_settled(base in word(), mine in word(), theirs in word()) {
        let taken = match merge(&base, &mine, &theirs) {
            Merged::Theirs | Merged::Same => &theirs,
            Merged::Mine | Merged::Overlap => &mine,
        };
        prop_assert!(matches!(merge(&theirs, taken, &theirs), Merged::Same | Merged::Mine));
    }

    #[test]
    fn the_forms_checks_are_total_and_a_field_is_faulted_once(texts in prop::collection::vec(any::<String>(), 14)) {
        let text = |field: Field| {
            let index = Field::ALL.iter().position(|other| *other == field).unwrap_or(0);
            texts.get(index).cloned().unwrap_or_default()
        };
        let mut fields: Vec<_> = problems(text).into_iter().map(|(field, _)| field.path()).collect();
        let before = fields.len();
        fields.sort_unstable();
        fields.dedup();
        prop_assert_eq!(fields.len(), before);
    }

    #[test]
    fn finding_a_servers_field_is_total(path in "[a-zA-Z.\\[\\]0-9]{0,30}") {
        if let Some(field) = Field::of_path(&path) {
            prop_assert!(Field::ALL.contains(&field));
        }
    }
}

/// The contract's bounds: what the form lets through, the platform accepts, and it stops nothing that is accepted.
#[test]
fn the_forms_bounds_are_the_contracts() {
    let long = |length: usize| "x".repeat(length);
    let cases = [
        (Field::Street, long(120), long(121)),
        (Field::Unit, long(30), long(31)),
        (Field::City, long(80), long(81)),
        (Field::County, long(80), long(81)),
        (Field::Instructions, long(4_000), long(4_001)),
        (Field::ContactName, long(120), long(121)),
        (Field::State, "TX".into(), "T1".into()),
        (Field::Zip, "78701-1234".into(), "78701-123".into()),
        (Field::Zip, "78701".into(), "٧٨٧٠١".into()),
        (Field::DueDate, "2028-02-29".into(), "2027-02-29".into()),
        (Field::DueDate, "2026-01-10".into(), "2026-+1-10".into()),
        (
            Field::ContactEmail,
            "a.b+c@mail.example.com".into(),
            "a@b@example.com".into(),
        ),
        (Field::ContactEmail, "a@ex.co".into(), "a@ex..com".into()),
        (Field::ContactEmail, "a@ex-1.co".into(), "a@ex_1.co".into()),
        (
            Field::ContactPhone,
            "+1 (512) 555-0100 x7".into(),
            "512-555-0100;ext=7".into(),
        ),
    ];
    let mut wrong = Vec::new();
    for (at, good, bad) in cases {
        let faulted = |text: &str| {
            let text = |field| if field == at { text.to_owned() } else { complete(field) };
            problems(text).iter().any(|(field, _)| *field == at)
        };
        for (text, expected) in [(good, false), (bad, true)] {
            if faulted(&text) != expected {
                wrong.push((at, text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn complete(field: Field) -> String {
    match field {
        Field::State => "TX",
        Field::Zip => "78701",
        Field::ContactEmail => "ann@example.com",
        Field::ContactPhone | Field::DueDate | Field::Unit | Field::Instructions => "",
        _ => "something",
    }
    .to_owned()
}
