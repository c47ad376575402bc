//! Saving an edited draft: section by section, fenced, and merged with what a colleague saved meanwhile.
//!
//! Must never overwrite a colleague's change silently.

use leptos::prelude::*;
use omnival_core::draft::steps::Step;
use omnival_core::draft::{Field as F, Merged, merge};
use omnival_core::ids::OrderRef;
use omnival_core::order::full::Contact as Known;
use omnival_core::order::{Order, Status};
use omnival_core::words::ContactRole;
use omnival_wire::order as decode;
use omnival_wire::request::Contact;

use crate::api::{Api, Failure};
use crate::attempts::{Attempts, Place};
use crate::console::{Console, local_drafts};
use crate::draft::form::{Form, Texts};
use crate::endpoint;
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

/// What a colleague did to the draft while it was being edited here.
#[derive(Clone, PartialEq)]
pub enum Clash {
    /// Saved it too. The fields that both changed, with the colleague's text.
    Merged(Vec<(F, String)>),
    /// It is no draft any more.
    Activated(Box<Order>),
}

/// What came of the last save, and the draft as it was when that failed.
struct Ended {
    end: Result<(), Failure>,
    /// The draft as far as it was saved.
    order: Order,
    /// The draft as it is now, where a colleague has changed it.
    now: Option<Order>,
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
        let (key, fields, texts) = (self.form.key(), self.form.fields(), self.form.texts());
        let order = self.base.get_value();
        let left = self.attempts.if_left(
            &order,
            Place::EditDraft(order.at.client.clone(), order.at.order.clone()),
        );
        let api = self.console.api;
        task::spawn(async move {
            let ended = save_and_look(api, order, &texts).await;
            if ended.end.is_ok() {
                local_drafts::forget_arrived(&key, &fields);
            }
            if self.form.is_there() {
                self.ended(ended, &fields);
            } else {
                match &ended.end {
                    Ok(()) => left.worked("the draft was saved"),
                    Err(failed) => left.failed(failed),
                }
            }
        });
    }

    /// `fields` are those that were saved.
    fn ended(self, ended: Ended, fields: &[(F, String)]) {
        let Ended { end, order, now } = ended;
        self.busy.set(false);
        let at = order.at.clone();
        let before = order.clone();
        self.base.set_value(order);
        match end {
            Ok(()) if self.form.fields() != fields => self.typed_since.set(true),
            Ok(()) if is_open(self.console, &at) => {
                self.console.toaster.done("The draft was saved.");
                self.console.router.replace(&routes::order(&at));
            }
            Ok(()) => {}
            Err(failed) => {
                self.clash
                    .set(now.map(|now| take_in(self.form, &before, now, self.base)));
                if let Some(answer) = failed.reply.answer() {
                    self.form.show(&answer.problem);
                }
                self.failure.set(Some(failed));
            }
        }
    }
}

/// Saves, and after a conflict reads what the draft has become.
async fn save_and_look(api: Api, mut order: Order, texts: &Texts) -> Ended {
    let end = save(api, &mut order, texts).await;
    let now = match &end {
        Err(failed) if failed.status() == Some(409) => {
            let read = endpoint::read_order(&order.at);
            api.repeat(read, decode::order).await.ok()
        }
        _ => None,
    };
    Ended { end, order, now }
}

/// Whether the address still names this form: nobody is pulled away from where they went.
fn is_open(console: Console, at: &OrderRef) -> bool {
    match untrack(|| console.router.screen()) {
        Screen::EditDraft(client, id) => client == at.client && id == at.order.as_str(),
        _ => false,
    }
}

/// Saves the sections in which `order` differs, one after the other, each fenced by the version before it. `order` is
/// the draft as far as it was saved, also when one of them fails.
async fn save(api: Api, order: &mut Order, texts: &Texts) -> Result<(), Failure> {
    let differs = |order: &Order, step: Step| {
        let mut fields = step.fields().iter();
        fields.any(|field| field.value_in(order).trim() != texts.of(*field))
    };
    let fenced = api.config(|config| config.fence);
    let fence = |order: &Order| order.version.filter(|_| fenced);
    if differs(order, Step::Conditions) {
        let call = endpoint::save_conditions(&order.at, texts.conditions(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Property) {
        let call = endpoint::save_property(&order.at, texts.property(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Vendor) {
        let call = endpoint::save_vendor(&order.at, texts.vendor(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Contacts) {
        let others = order
            .contacts
            .iter()
            .filter(|contact| contact.role != ContactRole::Borrower);
        let contacts = std::iter::once(texts.borrower()).chain(others.map(as_sent)).collect();
        let call = endpoint::save_contacts(&order.at, contacts, fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    Ok(())
}

fn as_sent(contact: &Known) -> Contact<'_> {
    Contact {
        role: contact.role.as_str(),
        name: &contact.name,
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}

/// Merges the draft as it is now into the form.
fn take_in(form: Form, before: &Order, now: Order, base: StoredValue<Order>) -> Clash {
    if now.status != Status::Draft {
        return Clash::Activated(Box::new(now));
    }
    let mut overlaps = Vec::new();
    for field in F::ALL {
        let theirs = field.value_in(&now);
        match merge(&field.value_in(before), &form.get(*field), &theirs) {
            Merged::Same | Merged::Mine => {}
            Merged::Theirs => form.fill(*field, &theirs),
            Merged::Overlap => overlaps.push((*field, theirs)),
        }
    }
    form.keep();
    base.set_value(now);
    Clash::Merged(overlaps)
}
