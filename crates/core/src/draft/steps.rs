//! A draft as steps: which fields belong to which, and how far each has come.
//!
//! The steps are the platform's own (loan, property, vendor, conditions, contacts, review). They never hide anything:
//! whatever a step lacks is named field by field.

use super::{Field, problems};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Loan,
    Property,
    Vendor,
    Conditions,
    Contacts,
    Review,
}

impl Step {
    pub const ALL: [Self; 6] = [
        Self::Loan,
        Self::Property,
        Self::Vendor,
        Self::Conditions,
        Self::Contacts,
        Self::Review,
    ];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Loan => "Loan",
            Self::Property => "Property",
            Self::Vendor => "Vendor",
            Self::Conditions => "Conditions",
            Self::Contacts => "Contacts",
            Self::Review => "Review",
        }
    }

    /// The review has no field of its own.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Loan => &[Field::Loan],
            Self::Property => &[
                Field::Street,
                Field::Unit,
                Field::City,
                Field::County,
                Field::State,
                Field::Zip,
                Field::PropertyType,
            ],
            Self::Vendor => &[Field::Vendor],
            Self::Conditions => &[Field::Product, Field::DueDate, Field::Instructions],
            Self::Contacts => &[Field::ContactName, Field::ContactPhone, Field::ContactEmail],
            Self::Review => &[],
        }
    }
}

/// What a gap stands against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    Created,
    Activated,
}

/// Something that is not there yet, or not as it must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    pub field: Field,
    pub until: Until,
    /// What to do about it.
    pub text: &'static str,
    /// Something is entered, and it will not do.
    pub wrong: bool,
}

/// Everything that stands between this form and an active order, in the order of the steps.
pub fn gaps(value: impl Fn(Field) -> String) -> Vec<Gap> {
    let is_empty = |field| value(field).trim().is_empty();
    let mut gaps: Vec<_> = problems(&value)
        .into_iter()
        .map(|(field, text)| Gap {
            field,
            until: Until::Created,
            text,
            wrong: !is_empty(field),
        })
        .collect();
    if is_empty(Field::DueDate) {
        gaps.push(Gap {
            field: Field::DueDate,
            until: Until::Activated,
            text: "Enter the due date. The draft can be created without it.",
            wrong: false,
        });
    }
    let place = |field: Field| Step::ALL.iter().position(|step| step.fields().contains(&field));
    gaps.sort_by_key(|gap| place(gap.field));
    gaps
}

/// How far a step has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Complete,
    /// Nothing is entered, and nothing need be.
    Optional,
    ToGo(usize),
    Wrong(usize),
}

impl State {
    pub fn words(self) -> String {
        match self {
            Self::Complete => "complete".to_owned(),
            Self::Optional => "left to assignment".to_owned(),
            Self::ToGo(count) => count.to_string() + " to go",
            Self::Wrong(count) => count.to_string() + " to correct",
        }
    }

    /// The word by which styles tell states apart.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Complete => "done",
            Self::Optional => "optional",
            Self::ToGo(_) => "todo",
            Self::Wrong(_) => "wrong",
        }
    }
}

/// How far each step has come. `refused` are the fields that the platform, or the last check, found fault with;
/// `questions` is what the review itself still asks. The review sums everything up.
pub fn states(value: impl Fn(Field) -> String, refused: &[Field], questions: usize) -> [(Step, State); 6] {
    let gaps = gaps(&value);
    let gap = |field: Field| gaps.iter().find(|gap| gap.field == field);
    let is_wrong = |field: Field| match gap(field) {
        Some(gap) => gap.wrong,
        None => refused.contains(&field),
    };
    let is_open = |field: Field| gap(field).is_some_and(|gap| !gap.wrong);
    let judge = |fields: &[Field], questions: usize| {
        let count = |is: &dyn Fn(Field) -> bool| fields.iter().filter(|field| is(**field)).count();
        let (wrong, open) = (count(&is_wrong), count(&is_open) + questions);
        match (wrong, open) {
            (0, 0) => State::Complete,
            (0, open) => State::ToGo(open),
            (wrong, _) => State::Wrong(wrong),
        }
    };
    Step::ALL.map(|step| {
        let state = match step {
            Step::Review => judge(Field::ALL, questions),
            Step::Loan | Step::Property | Step::Vendor | Step::Conditions | Step::Contacts => judge(step.fields(), 0),
        };
        let nothing = step == Step::Vendor && value(Field::Vendor).trim().is_empty();
        let state = if nothing && state == State::Complete {
            State::Optional
        } else {
            state
        };
        (step, state)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn complete(field: Field) -> String {
        match field {
            Field::State => "TX",
            Field::Zip => "78701",
            Field::ContactEmail => "ann@example.com",
            Field::DueDate => "2026-12-11",
            Field::ContactPhone | Field::Unit | Field::Instructions | Field::Vendor => "",
            _ => "something",
        }
        .to_owned()
    }

    fn with(at: Field, text: &'static str) -> impl Fn(Field) -> String {
        move |field| {
            if field == at { text.to_owned() } else { complete(field) }
        }
    }

    fn of(states: [(Step, State); 6], step: Step) -> State {
        states
            .into_iter()
            .find(|(of, _)| *of == step)
            .map(|(_, state)| state)
            .unwrap()
    }

    #[test]
    fn steps_and_states_are_called_by_the_fields_words() {
        let labels = Step::ALL.map(Step::label);
        assert_eq!(
            labels,
            ["Loan", "Property", "Vendor", "Conditions", "Contacts", "Review"]
        );
        for (state, words, mark) in [
            (State::Complete, "complete", "done"),
            (State::Optional, "left to assignment", "optional"),
            (State::ToGo(2), "2 to go", "todo"),
            (State::Wrong(1), "1 to correct", "wrong"),
        ] {
            assert_eq!((state.words().as_str(), state.mark()), (words, mark));
        }
    }

    #[test]
    fn every_field_belongs_to_exactly_one_step() {
        for field in Field::ALL {
            let steps = Step::ALL.iter().filter(|step| step.fields().contains(field));
            assert_eq!(steps.count(), 1, "{field:?}");
        }
    }

    #[test]
    fn a_complete_draft_is_complete_and_its_vendor_may_be_left_open() {
        let found = states(complete, &[], 0);
        for (step, state) in found {
            let expected = if step == Step::Vendor {
                State::Optional
            } else {
                State::Complete
            };
            assert_eq!(state, expected, "{step:?}");
        }
        assert_eq!(
            of(states(with(Field::Vendor, "ven-01"), &[], 0), Step::Vendor),
            State::Complete
        );
        assert_eq!(gaps(complete), []);
    }

    #[test]
    fn an_empty_form_counts_what_each_step_still_needs() {
        let found = states(|_| String::new(), &[], 0);
        let expected = [
            (Step::Loan, State::ToGo(1)),
            (Step::Property, State::ToGo(6)),
            (Step::Vendor, State::Optional),
            (Step::Conditions, State::ToGo(2)),
            (Step::Contacts, State::ToGo(2)),
            (Step::Review, State::ToGo(11)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_entered_and_will_not_do_is_wrong_and_not_merely_missing() {
        let found = states(with(Field::Zip, "7870"), &[], 0);
        assert_eq!(of(found, Step::Property), State::Wrong(1));
        assert_eq!(of(found, Step::Review), State::Wrong(1));
        assert_eq!(of(found, Step::Loan), State::Complete);
    }

    #[test]
    fn what_the_platform_refused_is_wrong_also_where_the_form_sees_nothing() {
        let found = states(complete, &[Field::City, Field::Unit], 0);
        assert_eq!(of(found, Step::Property), State::Wrong(2));
        // A field that the check found empty is missing, whatever else is said of it.
        let found = states(with(Field::City, " "), &[Field::City], 0);
        assert_eq!(of(found, Step::Property), State::ToGo(1));
    }

    #[test]
    fn only_the_due_date_stands_against_activation_alone() {
        let found = gaps(with(Field::DueDate, ""));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field, found[0].until), (Field::DueDate, Until::Activated));
        let found = gaps(with(Field::DueDate, "2026-02-30"));
        assert_eq!((found.len(), found[0].until, found[0].wrong), (1, Until::Created, true));
    }

    #[test]
    fn gaps_come_in_the_order_of_the_steps() {
        let found = gaps(|_| String::new());
        let place = |gap: &Gap| Step::ALL.iter().position(|step| step.fields().contains(&gap.field));
        assert!(found.is_sorted_by_key(place));
        assert_eq!(found.first().map(|gap| gap.field), Some(Field::Loan));
    }

    #[test]
    fn a_question_of_the_review_is_its_own_matter() {
        let found = states(complete, &[], 1);
        assert_eq!(of(found, Step::Review), State::ToGo(1));
        assert_eq!(of(found, Step::Loan), State::Complete);
    }
}
