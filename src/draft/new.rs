//! Creating a draft. Creation is not idempotent and leaves no history: the draft is known again by its client
//! reference, which is kept with the form before anything is sent.

use leptos::prelude::*;
use omnival_core::draft::{Field as F, problems};
use omnival_core::ids::{ClientId, IntentId, LoanId, OrderRef};
use omnival_core::queue::Query;
use omnival_core::recovery::attempt::{Intent, Stage};
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::journal::Subject;
use omnival_core::session::{Permission, User};
use omnival_wire::request::Create;

use earlier::Earlier;

use super::fields::{error_summary, kept_note, sections};
use super::form::{Form, Texts};
use super::like::template;
use super::loan::loan_picker;
use super::mirror::{self, Kept};
use super::offer::Offer;
use super::review::review;
use super::steps::{Steps, step_list};
use super::twins::Twins;
use crate::api::endpoint;
use crate::app::whole;
use crate::console::Console;
use crate::parts::live::{attr_if, effect, flag, live, text};
use crate::parts::{ErrorNote, Icon};
use crate::platform::{clock, page, random};
use crate::recovery::Attempts;
use crate::recovery::bundle::{self, support_details};
use crate::recovery::tried::elsewhere;
use crate::recovery::verifying::verifying;
use crate::router::Screen;
use crate::routes;

mod earlier;

#[component]
pub fn NewOrder(client: ClientId) -> impl IntoView {
    page::set_title("New order");
    let console = Console::get();
    let may = console
        .user_now()
        .is_some_and(|user| user.may(Permission::OrdersCreate));
    if may {
        create_form(console, client)
    } else {
        let text = "Ask an administrator for “orders.create”, or ask a colleague to create the order.";
        whole("Creating orders is not part of your role", text.to_owned())
    }
}

fn create_form(console: Console, client: ClientId) -> AnyView {
    let attempts = Attempts::of_page();
    let user = console.user_now();
    let key = user
        .as_ref()
        .map(|user| mirror::new_key(&user.id, &client))
        .unwrap_or_default();
    let form = Form::new(key);
    let restored = form.restore();
    let sent_before = form.sent.with_untracked(Option::is_some);
    let attempt = RwSignal::new(None::<IntentId>);
    let earlier = Earlier::new(console, attempts, form, client.clone());
    let offer = Offer::new(form, client.clone());
    let twins = Twins::new(form, offer, client.clone(), None);
    let steps = Steps::of(form, twins.questions());
    let like = template(console, form, client.clone(), restored);
    let client = StoredValue::new(client);
    let pressed = StoredValue::new(None::<Vec<(F, String)>>);
    let open = move |at: &OrderRef| {
        // The loan is the draft's own by now, whichever the form shows.
        let fields = own_fields(form);
        let went_on = pressed.with_value(|pressed| pressed.as_ref().is_some_and(|pressed| *pressed != fields));
        form.forget();
        match console.user_now().filter(|_| went_on) {
            None => console.router.replace(&routes::order(at)),
            // What was typed since the press did not go with it: the draft's own form has it.
            Some(user) => {
                let loan = (F::Loan, at.loan.as_str().to_owned());
                let kept = Kept {
                    fields: std::iter::once(loan).chain(fields).collect(),
                    reference: String::new(),
                    sent: None,
                    loan_label: form.loan_label.get_untracked(),
                };
                mirror::keep_form(&mirror::edit_key(&user.id, at.order.as_str()), &kept);
                console.router.replace(&routes::edit(at));
            }
        }
    };
    if sent_before {
        earlier.look();
    }

    let tracked = Memo::new(move |_| attempt.get().and_then(|id| attempts.get(&id)));
    // What an earlier page sent is taken up by this one, and shown here.
    effect(move || {
        let reference = form.reference.get();
        if attempt.with_untracked(Option::is_none) && !reference.is_empty() {
            attempt.set(attempts.creating(&reference));
        }
    });
    // What was sent counts, also when another loan was chosen since.
    let held = Memo::new(move |_| {
        let user = console.user()?;
        let sent = form.sent.get();
        let elsewhere = |loan: &LoanId| attempts.elsewhere(&Subject::loan(&user.id, loan));
        let of_sent = sent.as_ref().and_then(elsewhere);
        of_sent.or_else(|| elsewhere(&LoanId::new(&form.signal(F::Loan).get())))
    });
    // Whoever followed it has let go of it: the platform's records tell how it ended.
    let is_followed = Memo::new(move |_| held.with(Option::is_some) || tracked.with(Option::is_some));
    let was_followed = StoredValue::new(false);
    effect(move || {
        let is = is_followed.get();
        if was_followed.get_value() && !is {
            earlier.look();
        }
        was_followed.set_value(is);
    });
    let busy = move || tracked.with(|tracked| tracked.as_ref().is_some_and(|tracked| tracked.is_open()));
    effect(move || {
        let Some(tracked) = tracked.get() else { return };
        let Some(end) = tracked.attempt.conclusion() else {
            // Also one of an earlier page, of which the form itself may know nothing.
            if let (None, Goal::Create { loan, .. }) = (form.sent.get_untracked(), &tracked.attempt.intent.goal) {
                form.sent.set(Some(loan.clone()));
            }
            return;
        };
        if is_open(console) {
            attempts.stands(console.router, &tracked.attempt.intent.id);
        }
        let answered = tracked.answered.as_ref().map(|order| &order.at);
        match (&end.verdict, answered.or(tracked.attempt.intent.at.as_ref())) {
            (Verdict::Done(_), Some(at)) if is_open(console) => {
                attempts.saw(&tracked.attempt.intent.id);
                console
                    .toaster
                    .done(tracked.told().map(|message| message.happened).unwrap_or_default());
                open(at);
            }
            // The operator has just left: the form stays kept, and leads to the draft when they come back to it.
            (Verdict::Done(_), Some(_)) => {}
            (Verdict::Done(_), None) => earlier.look_for_created(),
            (Verdict::NotDone(_), _) => {
                earlier.not_created();
                if let Some(answer) = end.reply.answer() {
                    form.show(&answer.problem);
                }
            }
            _ => {}
        }
    });

    // What was sent and is not settled may exist: nothing else is created from this form.
    let blocked = move || busy() || form.sent.with(Option::is_some) || held.with(Option::is_some);
    let create = move || {
        let (false, Some(user)) = (untrack(blocked), console.user_now()) else {
            return;
        };
        if !form.check(twins.asks()) {
            return;
        }
        if form.reference.with_untracked(String::is_empty) {
            form.reference.set(random::uuid());
        }
        // Kept before it is sent: after a crash, the reference finds what may have arrived.
        form.sent.set(Some(LoanId::new(&form.get(F::Loan))));
        form.keep();
        pressed.set_value(Some(own_fields(form)));
        attempt.set(Some(send(user, attempts, form, &client.get_value())));
    };
    // Pressed while orders like this one were still being looked for: the form as it was then.
    let waiting = RwSignal::new(None::<Texts>);
    let dropped = RwSignal::new(false);
    effect(move || {
        let Some(pressed) = waiting.get().filter(|_| !twins.is_pending()) else {
            return;
        };
        waiting.set(None);
        // What was typed since has not been pressed for.
        if pressed == form.texts() {
            untrack(create);
        } else {
            dropped.set(true);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(blocked) || waiting.with_untracked(Option::is_some) {
            return;
        }
        dropped.set(false);
        twins.hurry();
        if untrack(|| twins.is_pending()) && problems(|field| form.get(field)).is_empty() {
            waiting.set(Some(form.texts()));
        } else {
            create();
        }
    };
    let discard = move |_| {
        form.forget();
        console
            .router
            .go(&routes::orders(&client.get_value(), &Query::default()));
    };
    let panel = move || {
        let tracked = tracked.get()?;
        let intent = &tracked.attempt.intent;
        match tracked.attempt.stage() {
            Stage::Preparing | Stage::Recording { .. } | Stage::Sending => None,
            Stage::Verifying(_) => Some(verifying(attempts, intent.id.clone())),
            Stage::Concluded(end) => {
                let message = tracked.told()?;
                let details = bundle::of_attempt(&tracked, attempts.earlier(intent));
                let id = intent.id.clone();
                let watch_on = tracked.is_unknown().then(|| {
                    view! { <button class="btn small" type="button" on:click=move |_| attempts.watch_on(&id)>"Keep watching"</button> }
                });
                (!matches!(end.verdict, Verdict::Done(_))).then(|| {
                    view! {
                        <ErrorNote happened=message.happened next=message.next>{watch_on}</ErrorNote>
                        {support_details(details.text())}
                    }
                    .into_any()
                })
            }
        }
    };
    let looking = text(move || {
        let words = if waiting.with(Option::is_some) {
            "Looking for orders like this one first…"
        } else if dropped.get() {
            "You changed the form meanwhile: press Create draft again."
        } else {
            ""
        };
        words.to_owned()
    });
    let is_working = move || busy() || waiting.with(Option::is_some);
    let was_sent = if sent_before {
        "It was kept on this device. It had been sent before; what became of that is being found out."
    } else {
        "It was kept on this device and has not been sent."
    };
    view! {
        <form class="form stepped" novalidate on:submit=submit>
            <header class="page-head">
                <nav class="crumb" aria-label="Back"><a href=routes::orders(&client.get_value(), &Query::default())><Icon name="arrow-left"/>"Orders"</a></nav>
                <h1>"New order"</h1>
                <p class="muted">"A draft: nothing is sent to a vendor, no clock starts and nothing is charged until it is activated."</p>
            </header>
            {step_list(steps)}
            <div class="step-body">
            {restored.then(|| view! {
                <div class="note" data-tone="info" role="status"><Icon name="info"/><div><p class="strong">"What you typed earlier is back."</p><p>{was_sent}</p></div></div>
            })}
            {like}
            {earlier.panel(open)}
            {live(panel)}
            {elsewhere(attempts, held)}
            {error_summary(form)}
            {loan_picker(form, steps, client.get_value())}
            {sections(form, steps, offer)}
            {review(form, steps, offer, twins)}
            <footer class="form-actions">
                {kept_note(form)}
                <span class="sub" role="status">{looking}</span>
                <button class="btn" type="button" on:click=discard>"Discard"</button>
                <button class="btn primary" type="submit" aria-busy=attr_if(is_working, "true") prop:disabled=flag(blocked)>"Create draft"</button>
            </footer>
            </div>
        </form>
    }
    .into_any()
}

/// Whether the address still names this form: nobody is pulled away from where they went.
fn is_open(console: Console) -> bool {
    matches!(untrack(|| console.router.screen()), Screen::NewOrder(_))
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
