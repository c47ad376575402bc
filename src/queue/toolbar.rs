//! Search, filters and order of the queue. All of it goes to the address.

use leptos::prelude::*;
use leptos::task::spawn_local;
use omnival_core::ids::ClientId;
use omnival_core::order::Status;
use omnival_core::queue::{Query, SORTS};

use crate::console::Console;
use crate::parts::Icon;
use crate::platform::clock;

/// How long typing rests before the search is asked.
const REST_MS: u32 = 200;

#[component]
pub fn Toolbar(client: Memo<ClientId>, query: Memo<Query>, go: Callback<(Query, bool)>) -> impl IntoView {
    let console = Console::get();
    let typed = RwSignal::new(query.get_untracked().search);
    let turn = StoredValue::new(0_u32);
    // The address may change under the field (back, a view): then it shows the address' words.
    Effect::new(move |_| {
        let search = query.get().search;
        if typed.with_untracked(|typed| typed.trim() != search) {
            typed.set(search);
        }
    });
    let ask = move || {
        let search = typed.get_untracked().trim().to_owned();
        let now = query.get_untracked();
        if now.search != search {
            go.run((Query { search, page: 1, ..now }, true));
        }
    };
    let on_typing = move |event| {
        typed.set(event_target_value(&event));
        let mine = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        spawn_local(async move {
            clock::sleep(REST_MS).await;
            if turn.try_get_value() == mine {
                ask();
            }
        });
    };
    let change = move |change: &dyn Fn(&mut Query)| {
        let mut next = query.get_untracked();
        change(&mut next);
        next.page = 1;
        go.run((next, true));
    };
    let statuses = Status::PRINTED
        .into_iter()
        .filter_map(|status| {
            let code = status.code()?;
            Some(view! { <option value=code.to_string() prop:selected=move || query.get().status == Some(code)>{status.label()}</option> })
        })
        .collect_view();
    let branches = move || {
        let client = client.get();
        let branches = console.user().map(|user| user.branches).unwrap_or_default();
        branches
            .into_iter()
            .filter(|branch| branch.client == client)
            .map(|branch| {
                let id = branch.id.as_str().to_owned();
                let value = id.clone();
                view! { <option value=value prop:selected=move || query.get().branch == id>{branch.name}</option> }
            })
            .collect_view()
    };
    let sorts = SORTS
        .into_iter()
        .flat_map(|(key, label)| [(key.to_owned(), label, " ↑"), (["-", key].concat(), label, " ↓")])
        .map(|(key, label, arrow)| {
            let value = key.clone();
            view! { <option value=value prop:selected=move || query.get().sort == key>{label}{arrow}</option> }
        })
        .collect_view();
    view! {
        <form class="toolbar" role="search" on:submit=move |event| { event.prevent_default(); ask(); }>
            <label class="search">
                <Icon name="search"/><span class="vh">"Search orders"</span>
                <input type="search" id="search" name="search" maxlength="100" autocomplete="off" placeholder="Order, loan, borrower, address, vendor" prop:value=typed on:input=on_typing/>
            </label>
            <label class="pick"><span>"Status"</span>
                <select on:change=move |event| { let code = event_target_value(&event).parse().ok(); change(&|query| query.status = code); }>
                    <option value="" prop:selected=move || query.get().status.is_none()>"Any"</option>{statuses}
                </select>
            </label>
            <label class="pick"><span>"Branch"</span>
                <select on:change=move |event| { let branch = event_target_value(&event); change(&|query| query.branch = branch.clone()); }>
                    <option value="" prop:selected=move || query.get().branch.is_empty()>"Any"</option>{branches}
                </select>
            </label>
            <label class="pick"><span>"Sort"</span>
                <select on:change=move |event| { let sort = event_target_value(&event); change(&|query| query.sort = sort.clone()); }>{sorts}</select>
            </label>
            <Show when=move || query.get().is_filtered()>
                <button class="btn quiet small" type="button" on:click=move |_| {
                    let now = query.get_untracked();
                    go.run((Query { view: now.view, sort: now.sort, ..Query::default() }, true));
                }>"Clear"</button>
            </Show>
        </form>
    }
}
