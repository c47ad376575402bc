//! Assigning and reassigning: the suggested vendors side by side, the ineligible ones with their reasons.
//!
//! Suggestions are read anew each time the dialog opens, so that after "no longer eligible" the operator chooses among
//! what is true now.

use leptos::prelude::*;
use omnival_core::ids::VendorId;
use omnival_core::order::Order;
use omnival_core::words::Coverage;
use omnival_headless::endpoint;
use omnival_wire::reference::{self as decode, Suggestion};

use crate::api::Remote;
use crate::console::{About, FailureNote};
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, Picked, StepForm, members};
use crate::platform::intl;
use crate::ui::live::{live, when};
use crate::ui::{Disclosure, Skeleton};

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

pub fn assign(state: OrderState, order: &Order) -> StepForm {
    let suggestions: Remote<Vec<Suggestion>> = Remote::new();
    let at = StoredValue::new(order.at.clone());
    let load = move || {
        suggestions.load(
            state.console.api,
            endpoint::suggested_vendors(&at.get_value()),
            decode::suggestions,
        );
    };
    load();
    let picked: Picked = RwSignal::new(None);
    let previous = order.vendor.as_ref().map(|vendor| vendor.name.clone());
    let (verb, confirm) = match previous {
        Some(_) => ("Reassign ", "Reassign"),
        None => ("Assign a vendor to ", "Assign"),
    };
    let confirm = Signal::derive(move || {
        picked.with(|picked| match picked {
            Some((_, name)) => [confirm, " ", name].concat(),
            None => confirm.to_owned(),
        })
    });
    let failure =
        view! { <FailureNote failure=suggestions.failure() about=About::from(&order.at) again=move |()| load()/> };
    let panel = panel(
        suggestions,
        order.vendor.as_ref().map(|vendor| vendor.id.clone()),
        picked,
    );
    let view = view! { {failure}{panel} }.into_any();
    StepForm {
        title: [verb, &order.title()].concat(),
        confirm,
        asks: vec![Ask::pick(
            "vendorId",
            "Vendor",
            picked,
            view,
            "Choose one of the vendors that are eligible.",
        )],
        consequences: effects(previous.as_deref()),
        wide: true,
        fill: members(|typed| [("vendorId", typed.value("vendorId"))]),
        ..StepForm::new(order, "", "")
    }
}

/// The suggested vendors, and below them those who cannot be assigned now.
fn panel(suggestions: Remote<Vec<Suggestion>>, current: Option<VendorId>, picked: Picked) -> AnyView {
    let current = StoredValue::new(current);
    let counts = counts(suggestions, current);
    let others =
        Signal::derive(move || [&counts.get().1.to_string(), " vendors cannot be assigned now, and why"].concat());
    let none = || view! { <p class="muted" role="status">"No vendor is eligible now. See why below; update the panel, or put the order on hold."</p> };
    let list = move || {
        view! {
            {vendors(suggestions, current, picked, true)}
            {when(move || counts.get().0 == 0, none)}
        }
    };
    view! {
        {when(move || suggestions.is_awaited(), || view! { <Skeleton lines=8/> })}
        {when(move || !suggestions.is_awaited(), list)}
        <Disclosure summary=others>{vendors(suggestions, current, picked, false)}</Disclosure>
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
    picked: Picked,
    wanted: bool,
) -> AnyView {
    let rows = live(move || {
        let list = suggestions.value().unwrap_or_default().into_iter();
        list.filter_map(|vendor| {
            let has_it = current.with_value(|current| current.as_ref() == Some(&vendor.id));
            ((vendor.eligible && !has_it) == wanted).then(|| row(&vendor, has_it, picked))
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

fn row(vendor: &Suggestion, current: bool, picked: Picked) -> AnyView {
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
    let this = (vendor.id.as_str().to_owned(), vendor.name.clone());
    let choose = move |_| picked.set(Some(this.clone()));
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
