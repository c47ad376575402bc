//! What became of a form that was sent before: its draft is looked for among the orders of the loan for which it was sent.
//! What a look proves is decided in [`omnival_headless::drafts::Earlier`].

use leptos::prelude::*;
use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::recovery::journal::Subject;
use omnival_headless::drafts::{self, Next, Panel};
use omnival_headless::endpoint;
use omnival_wire::order as decode;

use crate::attempts::Attempts;
use crate::console::{About, Console, FailureNote};
use crate::draft::form::Form;
use crate::navigation::routes;
use crate::platform::{clock, task};
use crate::ui::Icon;
use crate::ui::live::live;

/// A handle to one form's look.
#[derive(Clone, Copy)]
pub struct Earlier {
    console: Console,
    attempts: Attempts,
    form: Form,
    client: StoredValue<ClientId>,
    look: RwSignal<drafts::Earlier>,
}

impl Earlier {
    pub fn new(console: Console, attempts: Attempts, form: Form, client: ClientId) -> Self {
        let settle_ms = console.api.config(|config| config.settle_ms);
        let earlier = Self {
            console,
            attempts,
            form,
            client: StoredValue::new(client),
            look: RwSignal::new(drafts::Earlier::new(clock::now(), settle_ms)),
        };
        console.on_return(move || {
            if earlier.look.with_untracked(drafts::Earlier::is_due_on_return) {
                earlier.look();
            }
        });
        earlier
    }

    /// Carried out by the platform's own word, but the answer's body was lost: its reference finds it.
    pub fn look_for_created(self) {
        self.look.update(drafts::Earlier::was_created);
        self.look();
    }

    /// Looks for what was sent, if anything was.
    pub fn look(self) {
        let (sent, reference) = (self.form.sent.get_untracked(), self.form.reference.get_untracked());
        let begun = self
            .look
            .try_update(|look| look.begin(sent.as_ref(), &reference, clock::now()));
        let Some(question) = begun.flatten() else { return };
        let call = self
            .client
            .with_value(|client| endpoint::loan_orders(client, &question.loan));
        task::spawn(async move {
            let end = self.console.api.repeat(call, decode::summaries).await;
            // Overtaken, or the form has gone.
            let counts = move |question| self.look.try_with_untracked(|look| look.counts(question)) == Some(true);
            if !counts(&question) {
                return;
            }
            let is_followed = untrack(|| self.is_followed());
            match self.look.try_update(|look| look.end(&question, end, is_followed)) {
                Some(Next::Release) => self.release(),
                Some(Next::LookAt(at)) => {
                    let ms = clock::now().until(at);
                    clock::sleep(u32::try_from(ms).unwrap_or(u32::MAX)).await;
                    if counts(&question) {
                        self.look();
                    }
                }
                Some(Next::Nothing) | None => {}
            }
        });
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
        self.look.update(drafts::Earlier::release);
        self.release();
    }

    fn release(self) {
        self.form.sent.set(None);
        self.form.keep();
    }

    /// What stands at the top of the form.
    pub fn panel(self, open: impl Fn(&OrderRef) + Copy + Send + Sync + 'static) -> AnyView {
        let failure = Signal::derive(move || {
            self.look.with(|look| match look.panel(false) {
                Panel::Failed(failure) => Some(failure.clone()),
                _ => None,
            })
        });
        let about = About {
            client: Some(self.client.with_value(|client| client.as_str().to_owned())),
            order: None,
        };
        let words = live(move || {
            let is_followed = self.is_followed();
            self.look.with(|look| match look.panel(is_followed) {
                Panel::Nothing => None,
                Panel::Words(words) => Some(view! { <p class="muted" role="status">{words}</p> }.into_any()),
                Panel::Found(at) => Some(found(at.clone(), open)),
                Panel::Unlisted => Some(self.unlisted()),
                Panel::Failed(_) => Some(view! { <p class="strong" role="status">"Whether this draft was created already is not known yet. It cannot be created again before that is known."</p> }.into_any()),
            })
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
