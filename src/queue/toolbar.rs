//! Search, filters and order of the queue. All of it goes to the address.

use leptos::prelude::*;
use omnival_core::order::Status;
use omnival_core::queue::{Query, SORTS};
use omnival_headless::queue as rules;

use super::state::Queue;
use crate::platform::{clock, task};
use crate::ui::Icon;
use crate::ui::live::{effect, flag, when};

pub fn toolbar(queue: Queue) -> AnyView {
    let clear = move |_| queue.ask(&queue.query.with_untracked(rules::cleared));
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
            {pick(queue, "Status", Some("Any status"), statuses, status, rules::with_status)}
            {pick(queue, "Branch", Some("Any branch"), branches, |query| query.branch.clone(), rules::with_branch)}
            {pick(queue, "Sort", None, sorts, |query| query.sort.clone(), rules::with_sort)}
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
        let asked = typed.with_untracked(|typed| queue.query.with_untracked(|query| rules::searched(query, typed)));
        if let Some(query) = asked {
            queue.ask(&query);
        }
    };
    let on_typing = move |event| {
        typed.set(event_target_value(&event));
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        task::spawn(async move {
            clock::sleep(rules::REST_MS).await;
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
    set: fn(&Query, &str) -> Query,
) -> AnyView {
    let change = move |event| {
        let chosen = event_target_value(&event);
        queue.ask(&queue.query.with_untracked(|query| set(query, &chosen)));
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
