//! Creating a draft. Creation is not idempotent and leaves no history: the draft is known again by its client
//! reference, which is kept with the form before anything is sent.

use leptos::prelude::*;
use omnival_core::draft::{Field as F, problems};
use omnival_core::ids::{ClientId, IntentId, LoanId, OrderRef};
use omnival_core::queue::Query;
use omnival_core::recovery::attempt::{Intent, Stage};
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::journal::Subject;
use omnival_wire::order as decode;
use omnival_wire::request::Create;

use super::fields::{error_summary, kept_note, sections};
use super::form::{Form, Texts};
use super::like::template;
use super::loan::loan_picker;
use super::mirror;
use super::offer::Offer;
use super::review::review;
use super::steps::{Steps, step_list};
use super::twins::Twins;
use crate::api::endpoint;
use crate::app::whole;
use crate::console::Console;
use crate::parts::live::{attr_if, effect, flag, live, text};
use crate::parts::{ErrorNote, Icon};
use crate::platform::{clock, page, random, task};
use crate::recovery::Attempts;
use crate::recovery::bundle::{self, support_details};
use crate::recovery::tried::elsewhere;
use crate::recovery::verifying::verifying;
use crate::routes;

#[component]
pub fn NewOrder(client: ClientId) -> impl IntoView {
    page::set_title("New order");
    let console = Console::get();
    let may = console.user_now().is_some_and(|user| user.may("orders.create"));
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
    let sent_before = form.sent.get_untracked();
    let attempt = RwSignal::new(None::<IntentId>);
    let earlier = RwSignal::new(None::<OrderRef>);
    let offer = Offer::new(form, client.clone());
    let twins = Twins::new(form, offer, client.clone(), None);
    let steps = Steps::of(form, twins.questions());
    let like = template(console, form, client.clone(), restored);
    let client = StoredValue::new(client);
    let open = move |at: &OrderRef| {
        form.forget();
        console.router.replace(&routes::order(at));
    };
    if sent_before {
        look_for_earlier(console, form, client.get_value(), earlier);
    }

    let tracked = Memo::new(move |_| attempt.get().and_then(|id| attempts.get(&id)));
    // What an earlier page sent is taken up by this one, and shown here.
    effect(move || {
        let reference = form.reference.get();
        if attempt.with_untracked(Option::is_none) && !reference.is_empty() {
            attempt.set(attempts.creating(&reference));
        }
    });
    let held = Memo::new(move |_| {
        let user = console.user()?;
        let loan = form.signal(F::Loan).get();
        attempts.elsewhere(&Subject::loan(&user.id, &LoanId::new(&loan)))
    });
    let was_held = StoredValue::new(false);
    effect(move || {
        let is = held.with(Option::is_some);
        if was_held.with_value(|was| *was) && !is && form.sent.get_untracked() {
            look_for_earlier(console, form, client.get_value(), earlier);
        }
        was_held.set_value(is);
    });
    let busy = move || tracked.with(|tracked| tracked.as_ref().is_some_and(|tracked| tracked.is_open()));
    effect(move || {
        let Some(tracked) = tracked.get().filter(|tracked| !tracked.is_open()) else {
            return;
        };
        let Some(end) = tracked.attempt.conclusion() else {
            return;
        };
        match (
            &end.verdict,
            tracked
                .answered
                .as_ref()
                .map(|order| &order.at)
                .or(tracked.attempt.intent.at.as_ref()),
        ) {
            (Verdict::Done(_), Some(at)) => {
                console
                    .toaster
                    .done(tracked.told().map(|message| message.happened).unwrap_or_default());
                open(at);
            }
            // Carried out, but the answer's body was lost: its reference finds it.
            (Verdict::Done(_), None) => look_for_earlier(console, form, client.get_value(), earlier),
            (Verdict::NotDone(_), _) => {
                form.sent.set(false);
                form.keep();
                if let Some(answer) = end.reply.answer() {
                    form.show(&answer.problem);
                }
            }
            _ => {}
        }
    });

    let create = move || {
        let stands_against = untrack(busy) || untrack(|| held.with(Option::is_some) || earlier.with(Option::is_some));
        if stands_against || !form.check(twins.asks()) {
            return;
        }
        if form.reference.with_untracked(String::is_empty) {
            form.reference.set(random::uuid());
        }
        // Kept before it is sent: after a crash, the reference finds what may have arrived.
        form.sent.set(true);
        form.keep();
        attempt.set(send(console, attempts, form, &client.get_value()));
    };
    // Pressed while orders like this one were still being looked for: the form as it was then.
    let waiting = RwSignal::new(None::<Texts>);
    effect(move || {
        let Some(pressed) = waiting.get().filter(|_| !twins.is_pending()) else {
            return;
        };
        waiting.set(None);
        // What was typed since has not been pressed for.
        if pressed == form.texts() {
            untrack(create);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(busy) || waiting.with_untracked(Option::is_some) {
            return;
        }
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
            Stage::Recording { .. } | Stage::Sending => None,
            Stage::Verifying(_) => Some(verifying(attempts, intent.id.clone())),
            Stage::Concluded(end) => {
                let message = tracked.told()?;
                let details = bundle::of_attempt(&tracked, attempts.earlier(intent));
                (!matches!(end.verdict, Verdict::Done(_))).then(|| {
                    view! { <ErrorNote happened=message.happened next=message.next/>{support_details(details.text())} }
                        .into_any()
                })
            }
        }
    };
    let found = move || {
        earlier.get().map(|at| {
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
        })
    };
    let looking = text(move || {
        let words = waiting.with(|waiting| waiting.as_ref().map(|_| "Looking for orders like this one first…"));
        words.unwrap_or_default().to_owned()
    });
    let is_working = move || busy() || waiting.with(Option::is_some);
    let blocked = move || busy() || earlier.with(Option::is_some) || held.with(Option::is_some);
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
            {live(found)}
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

fn send(console: Console, attempts: Attempts, form: Form, client: &ClientId) -> Option<IntentId> {
    let user = console.user_now()?;
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
    Some(attempts.begin(intent, call))
}

/// An earlier visit sent this form and never learnt how it ended: look for its reference.
fn look_for_earlier(console: Console, form: Form, client: ClientId, found: RwSignal<Option<OrderRef>>) {
    let (loan, reference) = (LoanId::new(&form.get(F::Loan)), form.reference.get_untracked());
    task::spawn(async move {
        if let Ok(orders) = console
            .api
            .repeat(endpoint::loan_orders(&client, &loan), decode::summaries)
            .await
        {
            let mine = orders
                .into_iter()
                .find(|order| order.client_reference.as_ref() == Some(&reference));
            let _ = found.try_set(mine.map(|order| order.at));
        }
    });
}
