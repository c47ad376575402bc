//! Deleting a draft: repeated without harm, so it is no attempt, and what fails is said in its dialog.

use leptos::prelude::*;
use omnival_core::operation::Operation;
use omnival_core::order::Order;
use omnival_core::queue::Query;
use omnival_headless::drafts;

use crate::api::Failure;
use crate::attempts::Place;
use crate::console::{About, FailureNote};
use crate::navigation::routes;
use crate::order::OrderState;
use crate::order::step_dialog::consequences;
use crate::platform::task;
use crate::ui::Dialog;
use crate::ui::live::attr_if;

pub fn delete_dialog(state: OrderState, order: Order) -> AnyView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
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
        <Dialog title="Delete this draft?" locked=busy on_close=move |()| state.asking.set(None)>
            <p>{order.borrower().to_owned()}", "{order.property.as_ref().map(|property| property.one_line())}</p>
            {consequences("What becomes final", vec!["The draft and what was entered in it are gone. Drafts leave no history.".to_owned()])}
            <FailureNote failure about/>
            <footer class="dialog-foot">
                <button class="btn" type="button" prop:disabled=busy on:click=move |_| state.asking.set(None)>"Keep the draft"</button>
                <button class="btn danger" type="button" aria-busy=attr_if(move || busy.get(), "true") title=doing on:click=confirm>"Delete draft"</button>
            </footer>
        </Dialog>
    }
    .into_any()
}
