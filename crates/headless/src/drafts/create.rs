//! Creating a draft: once from one form, and not before it was compared with what is there already.
//!
//! Creation is not idempotent and leaves no history: the draft is known again by its reference, which is kept with the form
//! before anything is sent.

use omnival_core::draft::Field;
use omnival_core::ids::OrderRef;
use omnival_core::recovery::evidence::Verdict;

use super::fields::Fields;
use crate::kept::FormCopy;

/// May nothing be created from the form now? `is_followed`: its attempt is under way. `is_sent`: what was sent from it is
/// not settled, and may exist. `is_held`: another page's attempt, or a damaged record, stands against it.
pub const fn is_blocked(is_followed: bool, is_sent: bool, is_held: bool) -> bool {
    is_followed || is_sent || is_held
}

/// What pressing “Create draft” comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Submit {
    Ignored,
    /// Orders like this one are still being looked for.
    WaitForDuplicates,
    /// Check the form, and create.
    Create,
}

/// An incomplete form does not wait for anything: it shows what is missing. `is_pending` and `is_complete` are asked only if
/// it matters.
pub fn on_submit(
    is_blocked: bool,
    is_waiting: bool,
    is_pending: impl FnOnce() -> bool,
    is_complete: impl FnOnce() -> bool,
) -> Submit {
    if is_blocked || is_waiting {
        Submit::Ignored
    } else if is_pending() && is_complete() {
        Submit::WaitForDuplicates
    } else {
        Submit::Create
    }
}

/// The wait for orders like this one is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterWait {
    Create,
    /// What was typed since has not been pressed for.
    PressAgain,
}

/// Both as they would be sent.
pub fn after_wait(pressed: &Fields, now: &Fields) -> AfterWait {
    if pressed == now {
        AfterWait::Create
    } else {
        AfterWait::PressAgain
    }
}

/// What the end of the attempt means for the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AfterEnd {
    /// It was created: on to it.
    Open(OrderRef),
    /// It was created, and the operator has just left: the form stays kept, and leads to the draft when they come back.
    StayKept,
    /// It was created by the platform's own word, but where is not known: its reference finds it.
    LookForCreated,
    /// It was not created: the form is free again, and shows what the platform said.
    NotCreated,
    /// Nothing is certain: the form stays as it is.
    Unsettled,
}

/// `at` is where the draft is, if that is known. `is_open`: the address names the form.
pub fn on_end(verdict: &Verdict, at: Option<&OrderRef>, is_open: bool) -> AfterEnd {
    match (verdict, at) {
        (Verdict::Done(_), Some(at)) if is_open => AfterEnd::Open(at.clone()),
        (Verdict::Done(_), Some(_)) => AfterEnd::StayKept,
        (Verdict::Done(_), None) => AfterEnd::LookForCreated,
        (Verdict::NotDone(_), _) => AfterEnd::NotCreated,
        (Verdict::DoneByOther(_) | Verdict::Moved | Verdict::Pending(_) | Verdict::StillUnknown, _) => {
            AfterEnd::Unsettled
        }
    }
}

/// Was anything typed since it was pressed? The loan is the draft's own by then, whichever the form shows.
pub fn went_on(pressed: Option<&Fields>, now: &Fields) -> bool {
    let own = |field: &&Field| **field != Field::Loan;
    let changed = |pressed: &Fields| {
        let mut fields = Field::ALL.iter().filter(own);
        fields.any(|field| pressed.get(*field) != now.get(*field))
    };
    pressed.is_some_and(changed)
}

/// What was typed since the press did not go with it: this is kept for the form in which the draft is edited.
pub fn copy_for_edit(at: &OrderRef, now: &Fields, loan_label: &str) -> FormCopy {
    let mut fields = now.clone();
    fields.set(Field::Loan, at.loan.as_str());
    FormCopy {
        fields: fields.pairs(),
        reference: String::new(),
        sent: None,
        loan_label: loan_label.to_owned(),
    }
}
