//! Hold, reactivate, cancel: a reason is mandatory, and it is kept on this device as it is typed.

use leptos::prelude::*;
use omnival_core::order::Step;
use omnival_core::recovery::evidence::Goal;
use omnival_headless::kept::Key;

use crate::console::KEPT;
use crate::endpoint;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{changed_meanwhile, consequences};
use crate::platform::dom;
use crate::ui::{Dialog, Field};

const SHORTEST: usize = 3;
const LONGEST: usize = 500;

struct Words {
    title: &'static str,
    confirm: &'static str,
    keep: &'static str,
    reasons: &'static [&'static str],
    consequences: &'static [&'static str],
}

const fn words(action: Step) -> Words {
    match action {
        Step::Reactivate => Words {
            title: "Reactivate this order?",
            confirm: "Reactivate",
            keep: "Leave on hold",
            reasons: &[
                "Access is arranged",
                "Documents received",
                "Payment settled",
                "Client confirmed",
            ],
            consequences: &["The order goes on where it was held, and its clock runs again."],
        },
        Step::Cancel => Words {
            title: "Cancel this order?",
            confirm: "Cancel order",
            keep: "Keep the order",
            reasons: &[
                "Loan withdrawn",
                "Duplicate order",
                "Borrower request",
                "Property not accessible",
            ],
            consequences: &[
                "A cancelled order stays cancelled. To go on, a new one has to be created.",
                "The vendor is released; a fee may apply for work that was begun.",
                "If something was paid, a refund may be started. How much, the platform decides.",
            ],
        },
        _ => Words {
            title: "Put this order on hold?",
            confirm: "Put on hold",
            keep: "Do not hold",
            reasons: &[
                "Waiting for access",
                "Waiting for documents",
                "Borrower unavailable",
                "Payment in question",
            ],
            consequences: &["The vendor is asked to pause, and the clock stands still until the order is reactivated."],
        },
    }
}

pub fn reason_dialog(state: OrderState, seen: Seen, action: Step) -> AnyView {
    let words = words(action);
    let user = state.console.user_now().map(|user| user.id);
    let key = user.map(|user| Key::reason(&user, &seen.order.at.order, action.label()));
    let key = StoredValue::new(key);
    let text = RwSignal::new(key.with_value(|key| KEPT.text(key.as_ref()?)).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let write = move |value: String| {
        key.with_value(|key| key.as_ref().map(|key| KEPT.keep_text(key, &value)));
        if !value.trim().is_empty() {
            error.set(None);
        }
        text.set(value);
    };
    let title = [words.title.trim_end_matches('?'), ": ", &seen.order.title()].concat();
    let note = changed_meanwhile(state, &seen);
    let chips = words
        .reasons
        .iter()
        .map(|reason| view! { <li><button class="chip" type="button" on:click=move |_| { write((*reason).to_owned()); dom::focus("reason"); }>{*reason}</button></li> })
        .collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reason = text.get_untracked().trim().to_owned();
        if let Some(problem) = problem(&reason) {
            error.set(Some(problem.to_owned()));
            dom::focus("reason");
            return;
        }
        begin(state, seen.clone(), action, &reason);
    };
    let class = if action == Step::Cancel {
        "btn danger"
    } else {
        "btn primary"
    };
    view! {
        <Dialog title on_close=move |()| state.dialog.set(None)>
            <form class="dialog-form" novalidate on:submit=submit>
                <Field name="reason" label="Reason" required=true error=error hint="Everybody who may see the order can read it in the history.">
                    <textarea id="reason" name="reason" rows="3" maxlength="600" prop:value=text on:input=move |event| write(event_target_value(&event))></textarea>
                </Field>
                <ul class="chips" aria-label="Usual reasons">{chips}</ul>
                {consequences("What this does", words.consequences.iter().map(|text| (*text).to_owned()).collect())}
                {note}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| state.dialog.set(None)>{words.keep}</button>
                    <button class=class type="submit">{words.confirm}</button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}

/// What is wrong with a reason.
fn problem(reason: &str) -> Option<&'static str> {
    match reason.chars().count() {
        length if length < SHORTEST => Some("Say why, in a few words. The history keeps it."),
        length if length > LONGEST => Some("Keep the reason to 500 characters."),
        _ => None,
    }
}

fn begin(state: OrderState, seen: Seen, action: Step, reason: &str) {
    let fence = seen.fence(state.console);
    let at = seen.order.at.clone();
    let asked = |status: &str| vec![("Status", status.to_owned()), ("Reason", reason.to_owned())];
    // The text stays kept until the order shows that it arrived; see `Texts::forget_own`.
    match action {
        Step::Cancel => state.begin(
            seen,
            Goal::Cancel,
            asked("Cancelled"),
            endpoint::cancel(&at, reason, fence),
        ),
        Step::Reactivate => state.begin(
            seen,
            Goal::Reactivate,
            asked("Reactivated"),
            endpoint::reactivate(&at, reason, fence),
        ),
        _ => state.begin(seen, Goal::Hold, asked("On hold"), endpoint::hold(&at, reason, fence)),
    };
}
