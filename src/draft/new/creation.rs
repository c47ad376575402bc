//! Creating a draft from one form: what was sent, who follows it, and what its end does to the form.
//!
//! Creation is not idempotent and leaves no history: the draft is known again by its client reference, which is kept with
//! the form before anything is sent. Must never send while what was sent before is not settled.

use leptos::prelude::*;
use omnival_core::draft::{Field as F, problems};
use omnival_core::ids::{ClientId, IntentId, LoanId, OrderRef};
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::Subject;
use omnival_core::session::User;
use omnival_wire::request::Create;

use super::earlier::Earlier;
use crate::attempts::Entry;
use crate::attempts::{Attempts, Tracked};
use crate::console::Console;
use crate::console::local_drafts::{self, Kept};
use crate::draft::duplicates::Duplicates;
use crate::draft::form::{Form, Texts};
use crate::endpoint;
use crate::navigation::{Screen, routes};
use crate::platform::{clock, random};
use crate::ui::live::effect;

/// A handle to one form's creation.
#[derive(Clone, Copy)]
pub struct Creation {
    console: Console,
    attempts: Attempts,
    form: Form,
    duplicates: Duplicates,
    earlier: Earlier,
    client: StoredValue<ClientId>,
    attempt: RwSignal<Option<IntentId>>,
    pub tracked: Memo<Option<Tracked>>,
    /// What stands against a creation and is not followed by this page.
    pub held: Memo<Option<Entry>>,
    /// The fields as they were sent.
    pressed: StoredValue<Option<Vec<(F, String)>>>,
    /// Pressed while orders like this one were still being looked for: the form as it was then.
    waiting: RwSignal<Option<Texts>>,
    /// The form was changed while it waited, so nothing was sent.
    dropped: RwSignal<bool>,
}

impl Creation {
    pub fn new(
        console: Console,
        attempts: Attempts,
        form: Form,
        duplicates: Duplicates,
        earlier: Earlier,
        client: ClientId,
    ) -> Self {
        let attempt = RwSignal::new(None::<IntentId>);
        // What was sent counts, also when another loan was chosen since.
        let held = Memo::new(move |_| {
            let user = console.user()?;
            let sent = form.sent.get();
            let elsewhere = |loan: &LoanId| attempts.elsewhere(&Subject::loan(&user.id, loan));
            let of_sent = sent.as_ref().and_then(elsewhere);
            of_sent.or_else(|| elsewhere(&LoanId::new(&form.signal(F::Loan).get())))
        });
        let creation = Self {
            console,
            attempts,
            form,
            duplicates,
            earlier,
            client: StoredValue::new(client),
            attempt,
            tracked: Memo::new(move |_| attempt.get().and_then(|id| attempts.get(&id))),
            held,
            pressed: StoredValue::new(None),
            waiting: RwSignal::new(None),
            dropped: RwSignal::new(false),
        };
        creation.follow_earlier_page();
        creation.follow_those_who_follow();
        creation.follow_end();
        creation.follow_search();
        creation
    }

    /// What an earlier page sent is taken up by this one, and shown here.
    fn follow_earlier_page(self) {
        effect(move || {
            let reference = self.form.reference.get();
            if self.attempt.with_untracked(Option::is_none) && !reference.is_empty() {
                self.attempt.set(self.attempts.creating(&reference));
            }
        });
    }

    /// Whoever followed it has let go of it: the platform's records tell how it ended.
    fn follow_those_who_follow(self) {
        let is_followed = Memo::new(move |_| self.held.with(Option::is_some) || self.tracked.with(Option::is_some));
        let was_followed = StoredValue::new(false);
        effect(move || {
            let is = is_followed.get();
            if was_followed.get_value() && !is {
                self.earlier.look();
            }
            was_followed.set_value(is);
        });
    }

    fn follow_end(self) {
        effect(move || {
            let Some(tracked) = self.tracked.get() else { return };
            if tracked.attempt.conclusion().is_some() {
                self.ended(&tracked);
            } else if let (None, Goal::Create { loan, .. }) =
                (self.form.sent.get_untracked(), &tracked.attempt.intent.goal)
            {
                // Also one of an earlier page, of which the form itself may know nothing.
                self.form.sent.set(Some(loan.clone()));
            }
        });
    }

    fn ended(self, tracked: &Tracked) {
        let Some(end) = tracked.attempt.conclusion() else {
            return;
        };
        let is_open = self.is_open();
        if is_open {
            self.attempts.stands(&tracked.attempt.intent.id);
        }
        let answered = tracked.answered.as_ref().map(|order| &order.at);
        match (&end.verdict, answered.or(tracked.attempt.intent.at.as_ref())) {
            (Verdict::Done(_), Some(at)) if is_open => {
                self.attempts.saw(&tracked.attempt.intent.id);
                self.console
                    .toaster
                    .done(tracked.message().map(|message| message.happened).unwrap_or_default());
                self.open(at);
            }
            // The operator has just left: the form stays kept, and leads to the draft when they come back to it.
            (Verdict::Done(_), Some(_)) => {}
            (Verdict::Done(_), None) => self.earlier.look_for_created(),
            (Verdict::NotDone(_), _) => {
                self.earlier.not_created();
                if let Some(answer) = end.reply.answer() {
                    self.form.show(&answer.problem);
                }
            }
            _ => {}
        }
    }

    /// Leads to the draft that was created.
    pub fn open(self, at: &OrderRef) {
        // The loan is the draft's own by now, whichever the form shows.
        let fields = own_fields(self.form);
        let went_on = self
            .pressed
            .with_value(|pressed| pressed.as_ref().is_some_and(|pressed| *pressed != fields));
        self.form.forget();
        match self.console.user_now().filter(|_| went_on) {
            None => self.console.router.replace(&routes::order(at)),
            // What was typed since the press did not go with it: the draft's own form has it.
            Some(user) => {
                let loan = (F::Loan, at.loan.as_str().to_owned());
                let kept = Kept {
                    fields: std::iter::once(loan).chain(fields).collect(),
                    reference: String::new(),
                    sent: None,
                    loan_label: self.form.loan_label.get_untracked(),
                };
                local_drafts::keep_form(&local_drafts::edit_key(&user.id, at.order.as_str()), &kept);
                self.console.router.replace(&routes::edit(at));
            }
        }
    }

    /// Whether the address still names this form: nobody is pulled away from where they went.
    fn is_open(self) -> bool {
        matches!(untrack(|| self.console.router.screen()), Screen::NewOrder(_))
    }

    fn is_busy(self) -> bool {
        self.tracked
            .with(|tracked| tracked.as_ref().is_some_and(Tracked::is_open))
    }

    /// What was sent and is not settled may exist: nothing else is created from this form.
    pub fn is_blocked(self) -> bool {
        self.is_busy() || self.form.sent.with(Option::is_some) || self.held.with(Option::is_some)
    }

    pub fn is_working(self) -> bool {
        self.is_busy() || self.waiting.with(Option::is_some)
    }

    /// The search for orders like this one has ended, for which a press waited.
    fn follow_search(self) {
        effect(move || {
            let Some(pressed) = self.waiting.get().filter(|_| !self.duplicates.is_pending()) else {
                return;
            };
            self.waiting.set(None);
            // What was typed since has not been pressed for.
            if pressed == self.form.texts() {
                untrack(|| self.create());
            } else {
                self.dropped.set(true);
            }
        });
    }

    pub fn submit(self) {
        if untrack(|| self.is_blocked()) || self.waiting.with_untracked(Option::is_some) {
            return;
        }
        self.dropped.set(false);
        self.duplicates.hurry();
        let is_sound = || problems(|field| self.form.get(field)).is_empty();
        if untrack(|| self.duplicates.is_pending()) && is_sound() {
            self.waiting.set(Some(self.form.texts()));
        } else {
            self.create();
        }
    }

    fn create(self) {
        let (false, Some(user)) = (untrack(|| self.is_blocked()), self.console.user_now()) else {
            return;
        };
        let form = self.form;
        if !form.check(self.duplicates.asks()) {
            return;
        }
        if form.reference.with_untracked(String::is_empty) {
            form.reference.set(random::uuid());
        }
        // Kept before it is sent: after a crash, the reference finds what may have arrived.
        form.sent.set(Some(LoanId::new(&form.get(F::Loan))));
        form.keep();
        self.pressed.set_value(Some(own_fields(form)));
        self.attempt
            .set(Some(send(user, self.attempts, form, &self.client.get_value())));
    }

    /// Why nothing was sent yet.
    pub fn note(self) -> &'static str {
        if self.waiting.with(Option::is_some) {
            "Looking for orders like this one first…"
        } else if self.dropped.get() {
            "You changed the form meanwhile: press Create draft again."
        } else {
            ""
        }
    }
}

/// What a draft can be edited in.
fn own_fields(form: Form) -> Vec<(F, String)> {
    let mut fields = form.fields();
    fields.retain(|(field, _)| *field != F::Loan);
    fields
}

fn send(user: User, attempts: Attempts, form: Form, client: &ClientId) -> IntentId {
    let texts = form.texts();
    let loan = LoanId::new(texts.of(F::Loan));
    let reference = form.reference.get_untracked();
    let body = Create {
        client_reference: &reference,
        property: texts.property(),
        contacts: vec![texts.borrower()],
        vendor: texts.vendor(),
        conditions: texts.conditions(),
    };
    let call = endpoint::create_draft(client, &loan, &body);
    let intent = Intent {
        id: IntentId::new(&random::uuid()),
        endpoint: call.request().endpoint(),
        goal: Goal::Create {
            client: client.clone(),
            loan,
            client_reference: reference,
        },
        at: None,
        user: user.id,
        user_name: user.name,
        asked: vec![("Loan".into(), form.loan_label.get_untracked())],
        baseline: Baseline {
            order: None,
            newest: None,
            payments: Vec::new(),
            records: Vec::new(),
        },
        pressed_at: clock::wall(),
    };
    attempts.begin(intent, call)
}
