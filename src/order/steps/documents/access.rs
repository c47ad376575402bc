//! Supporting documents, and who beside operations may see each: given and taken by one tick, repeated without harm.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::order::records::Document;
use omnival_core::words::Permission;
use omnival_headless::endpoint;

use super::viewer::{Viewed, viewer};
use crate::api::Failure;
use crate::attempts::Place;
use crate::console::FailureNote;
use crate::order::OrderState;
use crate::platform::task;
use crate::records::{by_line, humanize, record_list};
use crate::ui::live::live;

pub fn view(state: OrderState) -> AnyView {
    let shown = RwSignal::new(None::<Document>);
    let failure = RwSignal::new(None::<Failure>);
    let may = state
        .console
        .user_now()
        .is_some_and(|user| user.may(Permission::DocumentsManage));
    let row = move |document: &Document| {
        let one = document.clone();
        let label = ["Show ", &document.name].concat();
        let access = may.then(|| {
            view! {
                <span class="row access">
                    <span class="muted">"May see it:"</span>
                    {tick(state, document, "vendor", "Vendor", document.for_vendor, failure)}
                    {tick(state, document, "client", "Client", document.for_client, failure)}
                </span>
            }
        });
        view! {
            <li class="row-with-buttons">
                <div>
                    <b>{document.name.clone()}</b>" "<span class="muted">{humanize(&document.kind)}</span>
                    <span class="sub num">{file::size(document.size)}", by "{by_line(document.uploaded_by.as_ref(), document.uploaded_at)}</span>
                    {access}
                </div>
                <button id=["show-", &document.id].concat() class="btn small" type="button" aria-label=label on:click=move |_| shown.set(Some(one.clone()))>"Show"</button>
            </li>
        }
        .into_any()
    };
    let pane = live(move || {
        let document = shown.get()?;
        let at = state.order.value_untracked()?.at;
        let id = document.id;
        let opened_by = ["show-", &id].concat();
        let viewed = Viewed {
            title: "Document".to_owned(),
            name: document.name,
            call: Box::new(move || Some(endpoint::document_file(&at, &id))),
        };
        Some(viewer(state, vec![viewed], opened_by, move || shown.set(None)))
    });
    view! {
        <FailureNote failure=failure about=state.about()/>
        {record_list(state.source(), state.lists.documents, "Documents", "No document was added.", row)}
        {pane}
    }
    .into_any()
}

fn tick(
    state: OrderState,
    document: &Document,
    party: &'static str,
    label: &'static str,
    granted: bool,
    failure: RwSignal<Option<Failure>>,
) -> AnyView {
    let (id, name) = (document.id.clone(), [label, " may see ", &document.name].concat());
    let busy = RwSignal::new(false);
    let change = move |event: leptos::ev::Event| {
        let Some(order) = state.order.value_untracked() else {
            return;
        };
        let left = state.attempts.if_left(&order, Place::order(&order.at));
        let at = order.at;
        let call = endpoint::access(&at, &id, party, event_target_checked(&event));
        busy.set(true);
        failure.set(None);
        task::spawn(async move {
            let end = state.console.api.repeat(call, |_| Ok(())).await;
            let _ = busy.try_set(false);
            if let (Err(failed), true) = (&end, failure.is_disposed()) {
                left.failed(failed);
            }
            let _ = failure.try_set(end.err());
            // Shown as the platform has it, whatever came of this.
            state.lists.load_documents(state.console.api, &at);
        });
    };
    view! {
        <label class="check"><input type="checkbox" aria-label=name prop:checked=granted prop:disabled=move || busy.get() on:change=change/>{label}</label>
    }
    .into_any()
}
