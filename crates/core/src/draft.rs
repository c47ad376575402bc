//! A draft while it is typed: the form's fields, what is wrong with them, and where a server's field error belongs.
//!
//! The same fields are mirrored on the device as they are typed, so they have a plain text form each.

pub mod duplicates;
pub mod steps;

use crate::form::is_email;
use crate::time::is_calendar_day;

pub use crate::order::Field;

/// What is wrong with the form, field by field, before anything is sent.
pub fn problems(value: impl Fn(Field) -> String) -> Vec<(Field, &'static str)> {
    let mut found = Vec::new();
    for field in Field::ALL {
        let text = value(*field);
        let text = text.trim();
        let problem = if text.is_empty() {
            field.is_required().then(|| required(*field))
        } else {
            malformed(*field, text)
        };
        if let Some(problem) = problem {
            found.push((*field, problem));
        }
    }
    let unreachable = value(Field::ContactEmail).trim().is_empty() && value(Field::ContactPhone).trim().is_empty();
    if unreachable && !found.iter().any(|(field, _)| *field == Field::ContactPhone) {
        found.push((
            Field::ContactPhone,
            "Enter a phone number or an e-mail address, so that the vendor can reach the borrower.",
        ));
    }
    found
}

const fn required(field: Field) -> &'static str {
    match field {
        Field::Loan => "Choose the loan that this order belongs to.",
        Field::Product => "Choose the appraisal product.",
        Field::State => "Enter the two-letter state, for example TX.",
        Field::Zip => "Enter the ZIP code.",
        Field::PropertyType => "Choose the property type.",
        Field::ContactName => "Enter the borrower's name.",
        Field::County => "Enter the county. Fees and vendor coverage depend on it.",
        _ => "Enter this; the platform does not accept an order without it.",
    }
}

fn malformed(field: Field, text: &str) -> Option<&'static str> {
    let ok = match field {
        Field::State => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()),
        Field::Zip => is_zip(text),
        Field::ContactEmail => is_email(text),
        Field::ContactPhone => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            (7..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-().x".contains(c))
        }
        Field::DueDate => is_calendar_day(text),
        _ => text.chars().count() <= field.longest(),
    };
    if ok {
        return None;
    }
    Some(match field {
        Field::State => "Use the two-letter state, for example TX.",
        Field::Zip => "Use five digits, or five and four: 78701 or 78701-1234.",
        Field::ContactEmail => "This does not look like an e-mail address: name@example.com.",
        Field::ContactPhone => "Use digits, spaces, dashes and brackets, for example (512) 555-0100.",
        Field::DueDate => "Use a day that exists, as year-month-day.",
        Field::Instructions => "Keep this to 4,000 characters.",
        Field::Unit => "Keep this to 30 characters.",
        Field::City | Field::County => "Keep this to 80 characters.",
        _ => "Keep this to 120 characters.",
    })
}

fn is_zip(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((zip, plus)) => digits(zip, 5) && digits(plus, 4),
        None => digits(text, 5),
    }
}

/// Three-way merge of one field: what it was when editing began, what the operator typed, what the platform has now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Merged {
    /// Nobody changed it, or both to the same.
    Same,
    /// Only the platform's side changed: take it.
    Theirs,
    /// Only the operator changed it: keep it.
    Mine,
    /// Both did, differently: keep the operator's words and show the other's. Never settled silently.
    Overlap,
}

pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let (base, mine, theirs) = (base.trim(), mine.trim(), theirs.trim());
    if mine == theirs {
        Merged::Same
    } else if mine == base {
        Merged::Theirs
    } else if theirs == base {
        Merged::Mine
    } else {
        Merged::Overlap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete(field: Field) -> String {
        match field {
            Field::State => "TX",
            Field::Zip => "78701",
            Field::ContactEmail => "ann@example.com",
            Field::ContactPhone | Field::DueDate | Field::Unit | Field::Instructions | Field::Vendor => "",
            _ => "something",
        }
        .to_owned()
    }

    fn wrong(at: Field, text: &str) -> bool {
        problems(|field| if field == at { text.to_owned() } else { complete(field) })
            .iter()
            .any(|(field, _)| *field == at)
    }

    #[test]
    fn a_complete_form_has_no_problems() {
        assert_eq!(problems(complete), []);
    }

    #[test]
    fn each_required_field_is_missed_by_name() {
        for field in Field::ALL.iter().filter(|field| field.is_required()) {
            assert!(wrong(*field, "  "), "{field:?}");
        }
    }

    #[test]
    fn malformed_values_are_caught() {
        for (field, text) in [
            (Field::Zip, "7870"),
            (Field::Zip, "78701-12"),
            (Field::State, "Texas"),
            (Field::ContactEmail, "ann@"),
            (Field::ContactEmail, "a b@example.com"),
            (Field::ContactEmail, "ann@mail_server.example"),
            (Field::ContactPhone, "call me"),
            (Field::DueDate, "2026-02-30"),
            (Field::City, &"x".repeat(121)),
        ] {
            assert!(wrong(field, text), "{field:?} {text}");
        }
        assert!(!wrong(Field::Zip, "78701-1234"));
        assert!(!wrong(Field::ContactPhone, "+1 (512) 555-0100"));
    }

    #[test]
    fn a_borrower_must_be_reachable_one_way_or_the_other() {
        let unreachable = problems(|field| {
            if field == Field::ContactEmail {
                String::new()
            } else {
                complete(field)
            }
        });
        assert_eq!(unreachable.len(), 1);
        assert_eq!(unreachable[0].0, Field::ContactPhone);
    }

    #[test]
    fn merging_never_loses_what_only_one_side_changed() {
        assert_eq!(merge("a", "a", "a"), Merged::Same);
        assert_eq!(merge("a", "b ", "b"), Merged::Same);
        assert_eq!(merge("a", "a", "b"), Merged::Theirs);
        assert_eq!(merge("a", "b", "a"), Merged::Mine);
        assert_eq!(merge("a", "b", "c"), Merged::Overlap);
    }

    #[test]
    fn server_paths_find_their_field() {
        for field in Field::ALL {
            assert_eq!(Field::of_path(field.path()), Some(*field));
        }
        assert_eq!(Field::of_path("zip"), Some(Field::Zip));
        assert_eq!(Field::of_path("contacts"), Some(Field::ContactName));
        assert_eq!(Field::of_path("body.loan"), Some(Field::Loan));
        assert_eq!(Field::of_path("nonsense"), None);
    }
}
