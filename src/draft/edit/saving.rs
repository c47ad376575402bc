//! Saving an edited draft, and what the form shows of it. What is saved in which order, and what a colleague's changes do to
//! the form, is decided in [`omnival_headless::drafts`].
//!
//! Must never overwrite a colleague's change silently.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;
use omnival_headless::drafts::{self, AfterSave, Clash};

use crate::api::Failure;
use crate::attempts::{Attempts, Place};
use crate::console::Console;
use crate::draft::form::Form;
use crate::navigation::{Screen, routes};
use crate::platform::task;

/// A handle to one form's saving.
#[derive(Clone, Copy)]
pub struct Saving {
    console: Console,
    attempts: Attempts,
    form: Form,
    /// What editing began from: moves on with each section that arrives, and when a colleague's changes are merged.
    base: StoredValue<Order>,
    pub failure: RwSignal<Option<Failure>>,
    pub clash: RwSignal<Option<Clash>>,
    pub busy: RwSignal<bool>,
    /// Saved, but not as the form stands now.
    pub typed_since: RwSignal<bool>,
}

impl Saving {
    pub fn new(console: Console, form: Form, order: Order) -> Self {
        Self {
            console,
            attempts: Attempts::of_page(),
            form,
            base: StoredValue::new(order),
            failure: RwSignal::new(None),
            clash: RwSignal::new(None),
            busy: RwSignal::new(false),
            typed_since: RwSignal::new(false),
        }
    }

    pub fn submit(self) {
        if self.busy.get_untracked() || !self.form.check(None) {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        self.clash.set(None);
        self.typed_since.set(false);
        // The operator may leave meanwhile, and the form with them: from here on, only what it held now counts.
        let (key, typed) = (self.form.key(), self.form.fields());
        let mut order = self.base.get_value();
        let left = self.attempts.if_left(
            &order,
            Place::EditDraft(order.at.client.clone(), order.at.order.clone()),
        );
        let api = self.console.api.driver();
        task::spawn(async move {
            let end = drafts::save(&api, key.as_ref(), &mut order, &typed).await;
            let now = match &end {
                Err(failed) => drafts::read_after_clash(&api, &order, failed).await,
                Ok(()) => None,
            };
            let is_there = self.form.is_there();
            let typed_since = is_there && self.form.fields() != typed;
            let is_open = is_there && is_open(self.console, &order.at);
            let next = drafts::after_save(end.is_ok(), is_there, typed_since, is_open);
            if is_there {
                self.busy.set(false);
                self.base.set_value(order.clone());
            }
            match (next, end) {
                (AfterSave::TellElsewhere, Ok(())) => left.worked("the draft was saved"),
                (AfterSave::TellElsewhere, Err(failed)) => left.failed(&failed),
                (AfterSave::TypedSince, _) => self.typed_since.set(true),
                (AfterSave::OpenOrder, _) => {
                    self.console.toaster.done("The draft was saved.");
                    self.console.router.replace(&routes::order(&order.at));
                }
                (AfterSave::ShowFailure, Err(failed)) => self.failed(failed, &order, now),
                (AfterSave::Stay | AfterSave::ShowFailure, _) => {}
            }
        });
    }

    /// `now` is the draft as a colleague left it, if one did.
    fn failed(self, failed: Failure, before: &Order, now: Option<Order>) {
        self.clash.set(now.map(|now| self.take_in(before, now)));
        if let Some(answer) = failed.reply.answer() {
            self.form.show(&answer.problem);
        }
        self.failure.set(Some(failed));
    }

    /// Merges the draft as it is now into the form.
    fn take_in(self, before: &Order, now: Order) -> Clash {
        let clash = drafts::merge_in(before, &self.form.fields(), now.clone());
        if let Clash::Merged { taken, .. } = &clash {
            self.form.fill_all(taken);
            self.form.keep();
            self.base.set_value(now);
        }
        clash
    }
}

/// Whether the address still names this form: nobody is pulled away from where they went.
fn is_open(console: Console, at: &OrderRef) -> bool {
    match untrack(|| console.router.screen()) {
        Screen::EditDraft(client, id) => client == at.client && id == at.order.as_str(),
        _ => false,
    }
}
