//! What became of a form that was sent before: its draft is looked for by its reference, among the orders of the loan for
//! which it was sent. Until that is settled nothing may be created from this form, and a reading that failed settles
//! nothing.

use leptos::prelude::*;
use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::recovery::journal::Subject;
use omnival_core::time::Mono;
use omnival_wire::order as decode;

use crate::api::Failure;
use crate::attempts::Attempts;
use crate::console::{About, Console, FailureNote};
use crate::draft::form::Form;
use crate::endpoint;
use crate::navigation::routes;
use crate::platform::{clock, task};
use crate::ui::Icon;
use crate::ui::live::live;

#[derive(Clone, PartialEq)]
enum Look {
    Nothing,
    Reading,
    Failed(Failure),
    /// Read, and not among the loan's orders.
    Absent,
    Found(OrderRef),
}

/// A handle to one form's look.
#[derive(Clone, Copy)]
pub struct Earlier {
    console: Console,
    attempts: Attempts,
    form: Form,
    client: StoredValue<ClientId>,
    look: RwSignal<Look>,
    /// Of several looks, the one that began last counts.
    turn: StoredValue<u32>,
    /// The platform said that it was created: that it is not listed proves nothing then.
    answered: RwSignal<bool>,
    /// What an earlier page sent has arrived by then, or never will.
    settles_at: Mono,
}

impl Earlier {
    pub fn new(console: Console, attempts: Attempts, form: Form, client: ClientId) -> Self {
        let settle_ms = console.api.config(|config| config.settle_ms);
        let earlier = Self {
            console,
            attempts,
            form,
            client: StoredValue::new(client),
            look: RwSignal::new(Look::Nothing),
            turn: StoredValue::new(0),
            answered: RwSignal::new(false),
            settles_at: clock::now().plus(settle_ms),
        };
        console.on_return(move || {
            if earlier.look.with_untracked(|look| matches!(look, Look::Failed(_))) {
                earlier.look();
            }
        });
        earlier
    }

    /// Carried out by the platform's own word, but the answer's body was lost: its reference finds it.
    pub fn look_for_created(self) {
        self.answered.set(true);
        self.look();
    }

    /// Looks for what was sent, if anything was.
    pub fn look(self) {
        let (sent, reference) = (self.form.sent.get_untracked(), self.form.reference.get_untracked());
        let Some((loan, turn)) = sent.zip(self.next_turn()) else {
            return;
        };
        let call = self.client.with_value(|client| endpoint::loan_orders(client, &loan));
        self.look.set(Look::Reading);
        task::spawn(async move {
            let began = clock::now();
            let end = self.console.api.repeat(call, decode::summaries).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            let mine = end.map(|orders| {
                let mut orders = orders.into_iter();
                orders.find(|order| order.client_reference.as_ref() == Some(&reference))
            });
            match mine {
                Err(failure) => self.look.set(Look::Failed(failure)),
                Ok(Some(order)) => self.look.set(Look::Found(order.at)),
                Ok(None) if self.answered.get_untracked() => self.look.set(Look::Absent),
                Ok(None) if began >= self.settles_at => self.settle(),
                Ok(None) => {
                    self.look.set(Look::Absent);
                    let ms = clock::now().until(self.settles_at);
                    clock::sleep(u32::try_from(ms).unwrap_or(u32::MAX)).await;
                    if self.turn.try_get_value() == Some(turn) {
                        self.look();
                    }
                }
            }
        });
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        })
    }

    /// It never arrived. An attempt that has a record settles it itself, wherever it is followed.
    fn settle(self) {
        self.look.set(Look::Absent);
        if untrack(|| !self.is_followed()) {
            self.not_created();
        }
    }

    /// An attempt to create this very draft is on record, here or in another tab; its own panel tells of it.
    fn is_followed(self) -> bool {
        let here = self
            .form
            .reference
            .with(|reference| self.attempts.creating(reference).is_some());
        let subject = self.console.user().zip(self.form.sent.get());
        let subject = subject.map(|(user, loan)| Subject::loan(&user.id, &loan));
        here || subject.is_some_and(|subject| self.attempts.elsewhere(&subject).is_some())
    }

    /// Settled: nothing of this form exists, and it may be sent again.
    pub fn not_created(self) {
        let _ = self.next_turn();
        self.look.set(Look::Nothing);
        self.form.sent.set(None);
        self.form.keep();
    }

    /// What stands at the top of the form.
    pub fn panel(self, open: impl Fn(&OrderRef) + Copy + Send + Sync + 'static) -> AnyView {
        let failure = Signal::derive(move || match self.look.get() {
            Look::Failed(failure) => Some(failure),
            _ => None,
        });
        let about = About {
            client: Some(self.client.with_value(|client| client.as_str().to_owned())),
            order: None,
        };
        let quiet = |words: &'static str| Some(view! { <p class="muted" role="status">{words}</p> }.into_any());
        let words = live(move || {
            match self.look.get() {
            Look::Found(at) => Some(found(at, open)),
            Look::Absent if self.answered.get() => Some(self.unlisted()),
            Look::Failed(_) => Some(view! { <p class="strong" role="status">"Whether this draft was created already is not known yet. It cannot be created again before that is known."</p> }.into_any()),
            Look::Reading if !self.is_followed() => quiet("Looking for the draft that was sent…"),
            Look::Absent if !self.is_followed() => quiet("The draft that was sent has not arrived so far. It is looked for once more when it cannot arrive any more."),
            Look::Nothing | Look::Reading | Look::Absent => None,
        }
        });
        view! {
            {words}
            <FailureNote failure about again=move |()| self.look()/>
        }
        .into_any()
    }

    fn unlisted(self) -> AnyView {
        let list = self
            .client
            .with_value(|client| routes::orders(client, &Default::default()));
        view! {
            <div class="note" data-tone="warn" role="alert">
                <Icon name="alert"/>
                <div>
                    <p class="strong">"The platform said that it created this draft, but does not list it yet."</p>
                    <p>"It is not created again. Look again in a moment, or look for it among the "<a href=list>"orders"</a>"."</p>
                </div>
                <div class="row"><button class="btn small" type="button" on:click=move |_| self.look()>"Look again"</button></div>
            </div>
        }
        .into_any()
    }
}

fn found(at: OrderRef, open: impl Fn(&OrderRef) + 'static) -> AnyView {
    view! {
        <div class="note" data-tone="info" role="alert">
            <Icon name="info"/>
            <div>
                <p class="strong">"This draft was created already."</p>
                <p>"Its answer was lost on the way, but the platform has it. Open it instead of creating it again."</p>
            </div>
            <div class="row"><button class="btn small primary" type="button" on:click=move |_| open(&at)>"Open the draft"</button></div>
        </div>
    }
    .into_any()
}
