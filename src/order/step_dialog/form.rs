//! What a step asks, and what is sent of it: plain descriptions, made by the step's workflow.

use leptos::prelude::*;
use omnival_core::file::Limits;
use omnival_core::form::Kind;
use omnival_core::ids::{OrderId, UserId};
use omnival_core::order::{Order, Step};
use omnival_headless::endpoint::Members;
use omnival_headless::kept::Key;
use omnival_wire::Value;

use super::typed::Typed;
use crate::platform::upload::Chosen;

/// One field.
pub struct Ask {
    /// The field's path in the request body.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) hint: &'static str,
    /// What stands there to begin with.
    pub(super) given: String,
    /// Value and label.
    pub(super) choices: Vec<(String, String)>,
    /// What is usually written.
    pub(super) usual: &'static [&'static str],
    /// Asked once something stands in this other field.
    pub(super) after: Option<&'static str>,
    /// Told of each file that is chosen, and of a choice that was called off.
    pub(super) on_choice: Option<OnChoice>,
    /// A control of the step's own, which picks.
    pub(super) picker: Option<Picker>,
}

pub type OnChoice = Box<dyn Fn(Option<Chosen>) + Send + Sync>;

/// What was picked, as it is sent and as the operator read it.
pub type Picked = RwSignal<Option<(String, String)>>;

/// What is picked from is read anew each time and may be gone the next time, so it is not kept on this device.
pub(super) struct Picker {
    pub(super) picked: Picked,
    pub(super) view: AnyView,
    /// Said when nothing was picked.
    pub(super) missing: &'static str,
}

impl Ask {
    pub const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            kind,
            required: true,
            hint: "",
            given: String::new(),
            choices: Vec::new(),
            usual: &[],
            after: None,
            on_choice: None,
            picker: None,
        }
    }

    /// One of what `view` offers, which sets `picked`; `missing` is said when nothing was.
    pub fn pick(name: &'static str, label: &'static str, picked: Picked, view: AnyView, missing: &'static str) -> Self {
        Self {
            picker: Some(Picker { picked, view, missing }),
            ..Self::new(name, label, Kind::Choice)
        }
    }

    /// Under which it is kept. A reason stands under its step's own.
    pub(super) fn key(&self, user: &UserId, order: &OrderId, step: Step) -> Key {
        if self.kind == Kind::Reason {
            Key::reason(user, order, step.label())
        } else {
            Key::field(user, order, step.label(), self.name)
        }
    }

    /// A file within these limits, which are said before it is chosen.
    pub fn file(name: &'static str, label: &'static str, limits: &'static Limits, on_choice: OnChoice) -> Self {
        Self {
            hint: limits.hint,
            on_choice: Some(on_choice),
            ..Self::new(name, label, Kind::File(limits))
        }
    }

    pub fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    pub fn after(self, other: &'static str) -> Self {
        Self {
            after: Some(other),
            ..self
        }
    }

    /// Says more about it.
    pub fn explain(&mut self, hint: &'static str) {
        self.hint = hint;
    }

    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    pub fn given(self, given: impl Into<String>) -> Self {
        Self {
            given: given.into(),
            ..self
        }
    }

    pub fn usual(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    /// One of these; the first is chosen to begin with.
    pub fn one_of(name: &'static str, label: &'static str, choices: Vec<(String, String)>) -> Self {
        Self {
            given: choices.first().map(|(value, _)| value.clone()).unwrap_or_default(),
            choices,
            ..Self::new(name, label, Kind::Choice)
        }
    }
}

/// Fixed choices.
pub fn choices(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(value, label)| ((*value).to_owned(), (*label).to_owned()))
        .collect()
}

/// Endpoint, fence, class and goal follow from the step: see [`super::begin`].
pub struct StepForm {
    pub title: String,
    pub confirm: Signal<String>,
    pub keep: &'static str,
    /// What the operator should have before their eyes.
    pub about: Option<AnyView>,
    pub asks: Vec<Ask>,
    /// What is said over the consequences.
    pub effects: &'static str,
    pub consequences: Vec<String>,
    pub danger: bool,
    /// For tables.
    pub wide: bool,
    /// The last button has the focus from the beginning.
    pub focus_confirm: bool,
    /// What is wrong with the whole, and the field to go to.
    pub check: Check,
    /// What was asked for beside what is typed, for the conflict screen and the support bundle.
    pub told: Vec<(&'static str, String)>,
    pub fill: Fill,
}

pub type Check = Box<dyn Fn(&Typed) -> Option<(&'static str, String)> + Send + Sync>;

/// What is sent of what was typed. None: there is nothing to send.
pub type Fill = Box<dyn Fn(&Typed) -> Option<Content> + Send + Sync>;

#[derive(Default)]
pub struct Content {
    /// The report, payment, … that it is about, where the path names one.
    pub id: String,
    /// Of the body, or of the form beside the file.
    pub members: Members,
}

impl StepForm {
    /// `what` is done with the order, and the last button's words.
    pub fn new(order: &Order, what: &str, confirm: &'static str) -> Self {
        Self {
            title: [what, ": ", &order.title()].concat(),
            confirm: Signal::stored(confirm.to_owned()),
            keep: "Not now",
            about: None,
            asks: Vec::new(),
            effects: "What this does",
            consequences: Vec::new(),
            danger: false,
            wide: false,
            focus_confirm: false,
            check: Box::new(|_| None),
            told: Vec::new(),
            fill: Box::new(|_| Some(Content::default())),
        }
    }
}

/// These members, about the order itself.
pub fn members<const N: usize>(make: impl Fn(&Typed) -> [(&'static str, Value); N] + Send + Sync + 'static) -> Fill {
    members_about("", make)
}

/// These members, about one of the order's things.
pub fn members_about<const N: usize>(
    id: &str,
    make: impl Fn(&Typed) -> [(&'static str, Value); N] + Send + Sync + 'static,
) -> Fill {
    let id = id.to_owned();
    Box::new(move |typed| {
        Some(Content {
            id: id.clone(),
            members: make(typed).into(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was typed before an update of the console is found again after it.
    #[test]
    fn what_is_typed_stays_under_its_key() {
        for (step, name, kind, key) in [
            (Step::Hold, "reason", Kind::Reason, "Put on hold"),
            (Step::Reactivate, "reason", Kind::Reason, "Reactivate"),
            (Step::Cancel, "reason", Kind::Reason, "Cancel order"),
            (Step::Refund, "amount", Kind::Amount, "Refund:amount"),
        ] {
            let kept = Ask::new(name, "", kind).key(&UserId::new("usr-1"), &OrderId::new("ord-1"), step);
            assert_eq!(kept.as_str(), ["omnival.draft.usr-1.reason.ord-1.", key].concat());
        }
    }
}
