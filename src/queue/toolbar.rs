//! Search, filters and order of the queue. All of it goes to the address.

use leptos::prelude::*;
use omnival_core::order::Status;
use omnival_core::queue::{Query, SORTS};

use super::state::Queue;
use crate::platform::{clock, task};
use crate::ui::Icon;
use crate::ui::live::{effect, flag, when};

/// How long typing rests before the search is asked.
const REST_MS: u32 = 200;

pub fn toolbar(queue: Queue) -> AnyView {
    let clear = move |_| {
        let now = queue.query.get_untracked();
        queue.ask(&Query {
            view: now.view,
            sort: now.sort,
            ..Query::default()
        });
    };
    let statuses = Status::PRINTED
        .into_iter()
        .filter_map(|status| Some((status.code()?.to_string(), status.label().into_owned())))
        .collect();
    let client = queue.client();
    let branches = queue.console.user_now().map(|user| user.branches).unwrap_or_default();
    let branches = branches
        .into_iter()
        .filter(|branch| branch.client == client)
        .map(|branch| (branch.id.as_str().to_owned(), branch.name))
        .collect();
    let sorts = SORTS
        .into_iter()
        .flat_map(|(key, label)| {
            [
                (key.to_owned(), [label, " ↑"].concat()),
                (["-", key].concat(), [label, " ↓"].concat()),
            ]
        })
        .collect();
    let status = |query: &Query| query.status.map(|code| code.to_string()).unwrap_or_default();
    view! {
        <form class="toolbar" role="search" on:submit=|event| event.prevent_default()>
            {search(queue)}
            {pick(queue, "Status", Some("Any status"), statuses, status, |query, code| query.status = code.parse().ok())}
            {pick(queue, "Branch", Some("Any branch"), branches, |query| query.branch.clone(), |query, branch| query.branch = branch)}
            {pick(queue, "Sort", None, sorts, |query| query.sort.clone(), |query, sort| query.sort = sort)}
            {when(move || queue.query.get().is_filtered(), move || view! { <button class="btn quiet small" type="button" on:click=clear>"Clear"</button> })}
        </form>
    }
    .into_any()
}

fn search(queue: Queue) -> AnyView {
    let typed = RwSignal::new(queue.query.get_untracked().search);
    let turn = StoredValue::new(0_u32);
    // The address may change under the field (back, a view): then it shows the address' words.
    effect(move || {
        let search = queue.query.get().search;
        if typed.with_untracked(|typed| typed.trim() != search) {
            typed.set(search);
        }
    });
    let ask = move || {
        let search = typed.get_untracked().trim().to_owned();
        let now = queue.query.get_untracked();
        if now.search != search {
            queue.ask(&Query { search, page: 1, ..now });
        }
    };
    let on_typing = move |event| {
        typed.set(event_target_value(&event));
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        task::spawn(async move {
            clock::sleep(REST_MS).await;
            if turn.try_get_value() == Some(mine) {
                ask();
            }
        });
    };
    view! {
        <label class="search">
            <Icon name="search"/><span class="vh">"Search orders"</span>
            <input type="search" id="search" name="search" maxlength="100" autocomplete="off" placeholder="Order, loan, borrower, address, vendor" prop:value=typed on:input=on_typing/>
        </label>
    }
    .into_any()
}

/// One choice of the question.
fn pick(
    queue: Queue,
    label: &'static str,
    any: Option<&'static str>,
    options: Vec<(String, String)>,
    of: fn(&Query) -> String,
    set: fn(&mut Query, String),
) -> AnyView {
    let change = move |event| {
        let mut query = queue.query.get_untracked();
        set(&mut query, event_target_value(&event));
        query.page = 1;
        queue.ask(&query);
    };
    let option = |value: String, name: String| {
        let key = value.clone();
        let chosen = flag(move || of(&queue.query.get()) == key);
        view! { <option value=value prop:selected=chosen>{name}</option> }
    };
    let any = any.map(|name| option(String::new(), name.to_owned()));
    let options: Vec<_> = options.into_iter().map(|(value, name)| option(value, name)).collect();
    view! { <label class="pick"><span>{label}</span><select on:change=change>{any}{options}</select></label> }
        .into_any()
}
