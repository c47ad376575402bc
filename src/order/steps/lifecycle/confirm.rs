//! Confirmations that need no typing: activating, and deleting a draft.

use leptos::prelude::*;
use omnival_core::operation::Operation;
use omnival_core::queue::Query;
use omnival_core::recovery::evidence::Goal;
use omnival_headless::drafts;

use crate::api::Failure;
use crate::attempts::Place;
use crate::console::{About, FailureNote};
use crate::endpoint;
use crate::navigation::routes;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{changed_meanwhile, consequences};
use crate::platform::{intl, task};
use crate::ui::Dialog;
use crate::ui::live::attr_if;

pub fn activate_dialog(state: OrderState, seen: Seen) -> AnyView {
    let order = seen.order.clone();
    let charges = order
        .payment
        .as_ref()
        .filter(|payment| payment.charges_at_activation())
        .map(|payment| {
            let amount = payment
                .amount_due
                .as_ref()
                .map(intl::money)
                .unwrap_or_else(|| "the fee".to_owned());
            [
                "Activating charges ",
                &amount,
                " now. If the charge fails, the order is put on hold.",
            ]
            .concat()
        });
    let ends = if order.preferred_vendor.is_some() {
        "The vendor chosen in the draft is assigned at once, if still eligible; otherwise the order waits for a vendor."
    } else {
        "No vendor is chosen, so the order will wait for one."
    };
    let mut items = vec![
        "The order cannot become a draft again.".to_owned(),
        "The client can no longer be changed, nor the product reduced; the address only in parts.".to_owned(),
        "An order number is given, the clock of its turn time starts, and vendor capacity is used.".to_owned(),
        "Cancelling later may cost a fee.".to_owned(),
    ];
    items.extend(charges);
    let note = changed_meanwhile(state, &seen);
    let confirm = move |_| {
        let fence = seen.fence(state.console);
        let call = endpoint::activate(&seen.order.at, fence);
        let asked = vec![("Status", "Activated".to_owned())];
        state.begin(seen.clone(), Goal::Activate, asked, call);
    };
    view! {
        <Dialog title=["Activate “", &order.title(), "”?"].concat() on_close=move |()| state.dialog.set(None)>
            <p>{order.borrower().to_owned()}", "{order.property.as_ref().map(|property| property.one_line())}</p>
            <p>{ends}</p>
            {consequences("What becomes final", items)}
            {note}
            <footer class="dialog-foot">
                <button class="btn" type="button" on:click=move |_| state.dialog.set(None)>"Keep as draft"</button>
                <button class="btn primary" type="button" autofocus on:click=confirm>"Activate"</button>
            </footer>
        </Dialog>
    }
    .into_any()
}

pub fn delete_dialog(state: OrderState, seen: Seen) -> AnyView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let order = seen.order;
    let draft = StoredValue::new(order.clone());
    let confirm = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let draft = draft.get_value();
        let left = state.attempts.if_left(&draft, Place::order(&draft.at));
        let at = draft.at;
        task::spawn(async move {
            let end = drafts::delete(&state.console.api.driver(), &at).await;
            let _ = busy.try_set(false);
            match end {
                Err(failed) if failure.is_disposed() => left.failed(&failed),
                Err(failed) => failure.set(Some(failed)),
                Ok(()) if failure.is_disposed() => left.worked("the draft was deleted"),
                Ok(()) => {
                    state.console.toaster.done("The draft was deleted.");
                    let drafts = Query {
                        view: "drafts",
                        ..Query::default()
                    };
                    state.console.router.replace(&routes::orders(&at.client, &drafts));
                }
            }
        });
    };
    let about = About::from(&order.at);
    let doing = Operation::DeleteDraft.doing();
    view! {
        <Dialog title="Delete this draft?" locked=busy on_close=move |()| state.dialog.set(None)>
            <p>{order.borrower().to_owned()}", "{order.property.as_ref().map(|property| property.one_line())}</p>
            {consequences("What becomes final", vec!["The draft and what was entered in it are gone. Drafts leave no history.".to_owned()])}
            <FailureNote failure about/>
            <footer class="dialog-foot">
                <button class="btn" type="button" prop:disabled=busy on:click=move |_| state.dialog.set(None)>"Keep the draft"</button>
                <button class="btn danger" type="button" aria-busy=attr_if(move || busy.get(), "true") title=doing on:click=confirm>"Delete draft"</button>
            </footer>
        </Dialog>
    }
    .into_any()
}
