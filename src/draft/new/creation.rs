//! Creating a draft from one form: what was sent, who follows it, and what its end does to the form.
//!
//! Creation is not idempotent and leaves no history: the draft is known again by its client reference, which is kept with
//! the form before anything is sent. Must never send while what was sent before is not settled.

use leptos::prelude::*;
use omnival_core::draft::{Field as F, problems};
use omnival_core::ids::{ClientId, IntentId, LoanId, OrderRef};
use omnival_core::recovery::evidence::{Baseline, Goal};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::Subject;
use omnival_core::session::User;
use omnival_headless::drafts::{self, AfterEnd, AfterWait, Fields, Submit};
use omnival_headless::endpoint;
use omnival_headless::kept::Key;

use super::earlier::Earlier;
use crate::attempts::Entry;
use crate::attempts::{Attempts, Tracked};
use crate::console::{Console, KEPT};
use crate::draft::duplicates::Duplicates;
use crate::draft::form::Form;
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
    pressed: StoredValue<Option<Fields>>,
    /// Pressed while orders like this one were still being looked for: the form as it was then.
    waiting: RwSignal<Option<Fields>>,
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
        let at = answered.or(tracked.attempt.intent.at.as_ref());
        match drafts::on_end(&end.verdict, at, is_open) {
            AfterEnd::Open(at) => {
                self.attempts.saw(&tracked.attempt.intent.id);
                self.console
                    .toaster
                    .done(tracked.message().map(|message| message.happened).unwrap_or_default());
                self.open(&at);
            }
            AfterEnd::LookForCreated => self.earlier.look_for_created(),
            AfterEnd::NotCreated => {
                self.earlier.not_created();
                if let Some(answer) = end.reply.answer() {
                    self.form.show(&answer.problem);
                }
            }
            AfterEnd::StayKept | AfterEnd::Unsettled => {}
        }
    }

    /// Leads to the draft that was created.
    pub fn open(self, at: &OrderRef) {
        let fields = self.form.fields();
        let went_on = self
            .pressed
            .with_value(|pressed| drafts::went_on(pressed.as_ref(), &fields));
        self.form.forget();
        match self.console.user_now().filter(|_| went_on) {
            None => self.console.router.replace(&routes::order(at)),
            // What was typed since the press did not go with it: the draft's own form has it.
            Some(user) => {
                let copy = drafts::copy_for_edit(at, &fields, &self.form.loan_label.get_untracked());
                KEPT.keep_form(&Key::edited_draft(&user.id, &at.order), &copy);
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

    /// May nothing be created from the form now?
    pub fn is_blocked(self) -> bool {
        drafts::is_blocked(
            self.is_busy(),
            self.form.sent.with(Option::is_some),
            self.held.with(Option::is_some),
        )
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
            match drafts::after_wait(&pressed, &self.form.fields().trimmed()) {
                AfterWait::Create => untrack(|| self.create()),
                AfterWait::PressAgain => self.dropped.set(true),
            }
        });
    }

    pub fn submit(self) {
        let is_blocked = untrack(|| self.is_blocked());
        let is_waiting = self.waiting.with_untracked(Option::is_some);
        let is_pending = || {
            self.duplicates.hurry();
            untrack(|| self.duplicates.is_pending())
        };
        let is_complete = || problems(|field| self.form.get(field)).is_empty();
        match drafts::on_submit(is_blocked, is_waiting, is_pending, is_complete) {
            Submit::Ignored => {}
            Submit::WaitForDuplicates => {
                self.dropped.set(false);
                self.waiting.set(Some(self.form.fields().trimmed()));
            }
            Submit::Create => {
                self.dropped.set(false);
                self.create();
            }
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
        self.pressed.set_value(Some(form.fields()));
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

fn send(user: User, attempts: Attempts, form: Form, client: &ClientId) -> IntentId {
    let fields = form.fields().trimmed();
    let loan = LoanId::new(fields.get(F::Loan));
    let reference = form.reference.get_untracked();
    let call = endpoint::create_draft(client, &loan, &fields.create(&reference));
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
