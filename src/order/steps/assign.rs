//! Assigning and reassigning: the suggested vendors side by side, the ineligible ones with their reasons.
//!
//! Suggestions are read anew each time the dialog opens, so that after "no longer eligible" the operator chooses among
//! what is true now.

use leptos::prelude::*;
use omnival_core::ids::VendorId;
use omnival_core::recovery::evidence::Goal;
use omnival_core::words::Coverage;
use omnival_wire::reference::{self as decode, Suggestion};

use crate::api::Remote;
use crate::console::{About, FailureNote};
use crate::endpoint;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{changed_meanwhile, consequences};
use crate::platform::intl;
use crate::ui::live::{live, text, when};
use crate::ui::{Dialog, Disclosure, Skeleton};

const HEADS: [(&str, &str); 8] = [
    ("", ""),
    ("", "Vendor"),
    ("", "Coverage"),
    ("", "Product"),
    ("end", "Capacity"),
    ("end", "Fee"),
    ("end", "Turn time"),
    ("end", "Declines"),
];

pub fn assign_dialog(state: OrderState, seen: Seen) -> AnyView {
    let api = state.console.api;
    let suggestions: Remote<Vec<Suggestion>> = Remote::new();
    let at = StoredValue::new(seen.order.at.clone());
    let load = move || suggestions.load(api, endpoint::suggested_vendors(&at.get_value()), decode::suggestions);
    load();
    let chosen = RwSignal::new(None::<Suggestion>);
    let missing = RwSignal::new(false);
    let previous = seen.order.vendor.as_ref().map(|vendor| vendor.name.clone());
    let (verb, confirm) = match previous {
        Some(_) => ("Reassign ", "Reassign"),
        None => ("Assign a vendor to ", "Assign"),
    };
    let title = [verb, &seen.order.title()].concat();
    let about = About::from(&seen.order.at);
    let current = StoredValue::new(seen.order.vendor.as_ref().map(|vendor| vendor.id.clone()));
    let note = changed_meanwhile(state, &seen);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match chosen.get_untracked() {
            Some(vendor) => assign(state, seen.clone(), vendor),
            None => missing.set(true),
        }
    };
    let counts = counts(suggestions, current);
    let others =
        Signal::derive(move || [&counts.get().1.to_string(), " vendors cannot be assigned now, and why"].concat());
    let none = || view! { <p class="muted" role="status">"No vendor is eligible now. See why below; update the panel, or put the order on hold."</p> };
    let list = move || {
        view! {
            {vendors(suggestions, current, chosen, missing, true)}
            {when(move || counts.get().0 == 0, none)}
        }
    };
    let name = text(move || {
        chosen
            .with(|chosen| chosen.as_ref().map(|vendor| [" ", vendor.name.as_str()].concat()))
            .unwrap_or_default()
    });
    view! {
        <Dialog title class="wide" on_close=move |()| state.dialog.set(None)>
            <form class="dialog-form" novalidate on:submit=submit>
                <FailureNote failure=suggestions.failure() about=about again=move |()| load()/>
                {when(move || suggestions.is_awaited(), || view! { <Skeleton lines=8/> })}
                {when(move || !suggestions.is_awaited(), list)}
                <Disclosure summary=others>{vendors(suggestions, current, chosen, missing, false)}</Disclosure>
                {when(move || missing.get(), || view! { <p class="error" role="alert">"Choose one of the vendors that are eligible."</p> })}
                {consequences("What this does", effects(previous.as_deref()))}
                {note}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| state.dialog.set(None)>"Not now"</button>
                    <button class="btn primary" type="submit">
                        {confirm}{name}
                    </button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}

fn effects(previous: Option<&str>) -> Vec<String> {
    match previous {
        Some(name) => vec![
            [name, " loses the order, and the reassignment is counted and recorded."].concat(),
            "The new vendor is told at once, and has to answer in time.".to_owned(),
        ],
        None => {
            vec!["The vendor is told at once, and has to answer in time. Capacity of the vendor is used.".to_owned()]
        }
    }
}

fn assign(state: OrderState, seen: Seen, vendor: Suggestion) {
    let call = endpoint::assign(&seen.order.at, &vendor.id, seen.fence(state.console));
    let asked = vec![("Vendor", vendor.name.clone())];
    let goal = Goal::Assign {
        vendor: vendor.id,
        name: vendor.name,
    };
    state.begin(seen, goal, asked, call);
}

/// How many can be assigned, and how many cannot.
fn counts(suggestions: Remote<Vec<Suggestion>>, current: StoredValue<Option<VendorId>>) -> Memo<(usize, usize)> {
    let can = move |vendor: &Suggestion| {
        vendor.eligible && current.with_value(|current| current.as_ref() != Some(&vendor.id))
    };
    Memo::new(move |_| {
        suggestions.with(|loaded| {
            let list = loaded.value.as_deref().unwrap_or_default();
            let eligible = list.iter().filter(|vendor| can(vendor)).count();
            (eligible, list.len() - eligible)
        })
    })
}

/// Those that can be assigned, or those that cannot.
fn vendors(
    suggestions: Remote<Vec<Suggestion>>,
    current: StoredValue<Option<VendorId>>,
    chosen: RwSignal<Option<Suggestion>>,
    missing: RwSignal<bool>,
    wanted: bool,
) -> AnyView {
    let rows = live(move || {
        let list = suggestions.value().unwrap_or_default().into_iter();
        list.filter_map(|vendor| {
            let has_it = current.with_value(|current| current.as_ref() == Some(&vendor.id));
            ((vendor.eligible && !has_it) == wanted).then(|| row(vendor, has_it, chosen, missing))
        })
        .collect_view()
    });
    let heads = HEADS
        .into_iter()
        .map(|(class, head)| view! { <th role="columnheader" scope="col" class=class>{head}</th> })
        .collect_view();
    let caption = if wanted {
        "Vendors that can be assigned, best first"
    } else {
        "Vendors that cannot be assigned now"
    };
    view! {
        <table class="table vendors" role="table">
            <caption class="vh">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(vendor: Suggestion, current: bool, chosen: RwSignal<Option<Suggestion>>, missing: RwSignal<bool>) -> AnyView {
    let id = ["vendor-", vendor.id.as_str()].concat();
    let eligible = vendor.eligible && !current;
    let why = if current {
        "Has the order now.".to_owned()
    } else {
        vendor.reasons.join(" ")
    };
    let coverage = match vendor.coverage {
        Coverage::Zip => "ZIP",
        Coverage::County => "County",
        Coverage::State => "State",
        Coverage::None | Coverage::Other(_) => "None",
    };
    let days = vendor.turn_days.to_string() + if vendor.turn_days == 1 { " day" } else { " days" };
    let capacity = [&vendor.active.to_string(), " of ", &vendor.limit.to_string()].concat();
    let fee = vendor.fee.as_ref().map(intl::money);
    let name = vendor.name.clone();
    let product = if vendor.product { "Yes" } else { "No" };
    let declines = vendor.recent_declines;
    let choose = move |_| {
        missing.set(false);
        chosen.set(Some(vendor.clone()));
    };
    view! {
        <tr role="row" class:off=!eligible>
            <td role="cell"><input type="radio" name="vendor" id=id.clone() disabled=!eligible on:change=choose/></td>
            <th role="rowheader" scope="row"><label for=id>{name}</label>{(!why.is_empty()).then(|| view! { <span class="sub">{why}</span> })}</th>
            <td role="cell" data-label="Coverage">{coverage}</td>
            <td role="cell" data-label="Product">{product}</td>
            <td role="cell" data-label="Capacity" class="num end">{capacity}</td>
            <td role="cell" data-label="Fee" class="num end">{fee}</td>
            <td role="cell" data-label="Turn time" class="num end">{days}</td>
            <td role="cell" data-label="Declines" class="num end">{declines}</td>
        </tr>
    }
    .into_any()
}
