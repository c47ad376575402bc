//! Reconsideration of value: disputing it with sales that speak against it, and deciding.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::order::Order;
use omnival_core::order::records::Rov;
use omnival_wire::Value;

use crate::order::step_dialog::{Ask, StepForm, Typed, choices, members, members_about, money_value};
use crate::platform::intl;
use crate::records::{by_line, humanize};

pub(super) const REASON: Kind = Kind::Text { least: 10, most: 2_000 };
/// The sales that the contract takes: address, day and price of each, and how the three are asked for.
const SALES: [[(&str, &str); 3]; 5] = [
    [
        ("comparables", "Comparable sale: address"),
        ("saleDate", "Sold on"),
        ("salePrice", "Sold for"),
    ],
    [
        ("comparables-2", "Second sale: address"),
        ("saleDate-2", "Second sale: sold on"),
        ("salePrice-2", "Second sale: sold for"),
    ],
    [
        ("comparables-3", "Third sale: address"),
        ("saleDate-3", "Third sale: sold on"),
        ("salePrice-3", "Third sale: sold for"),
    ],
    [
        ("comparables-4", "Fourth sale: address"),
        ("saleDate-4", "Fourth sale: sold on"),
        ("salePrice-4", "Fourth sale: sold for"),
    ],
    [
        ("comparables-5", "Fifth sale: address"),
        ("saleDate-5", "Fifth sale: sold on"),
        ("salePrice-5", "Fifth sale: sold for"),
    ],
];
const ADDRESS: Kind = Kind::Text { least: 0, most: 100 };

/// A sale that is begun and not whole.
fn unfinished(typed: &Typed) -> Option<&'static str> {
    let half = |sale: &&[(&'static str, &str); 3]| {
        let given = sale.map(|(name, _)| !typed.text(name).is_empty());
        given.contains(&true) && given.contains(&false)
    };
    SALES.iter().find(half).map(|sale| sale[0].0)
}

fn sales(typed: &Typed) -> Vec<Value> {
    let member = |name: &str, value: Value| (name.to_owned(), value);
    let each = SALES.iter().filter_map(|[(address, _), (day, _), (price, _)]| {
        let price = typed.money(price)?;
        Some(Value::Object(vec![
            member("address", typed.value(address)),
            member("saleDate", typed.value(day)),
            member("salePrice", money_value(&price)),
            member("note", Value::Null),
        ]))
    });
    each.collect()
}

pub fn submit_rov(order: &Order) -> StepForm {
    let mut asks = vec![
        Ask::one_of(
            "party",
            "On behalf of",
            choices(&[("borrower", "The borrower"), ("client", "The client")]),
        ),
        Ask::new("reason", "Reason", REASON).hint("What is wrong with the value, and why."),
    ];
    let mut before = None;
    for [(address, its_label), (day, day_label), (price, price_label)] in SALES {
        let sale = [
            Ask::new(address, its_label, ADDRESS),
            Ask::new(day, day_label, Kind::Day),
            Ask::new(price, price_label, Kind::Amount),
        ];
        asks.extend(sale.into_iter().map(|ask| match before {
            None => ask.optional(),
            Some(before) => ask.optional().after(before),
        }));
        before = Some(address);
    }
    if let Some(first) = asks.get_mut(2) {
        first.explain("A sale that supports it, up to five. Address, day and price together, or none of them.");
    }
    StepForm {
        asks,
        consequences: vec!["QC is reopened: a reviewer decides. The order cannot be completed meanwhile.".to_owned()],
        check: Box::new(|typed| {
            let words = "Give address, day and price of the sale, or none of them.";
            unfinished(typed).map(|name| (name, words.to_owned()))
        }),
        fill: members(|typed| {
            [
                ("party", typed.value("party")),
                ("reason", typed.value("reason")),
                ("comparables", Value::List(sales(typed))),
            ]
        }),
        ..StepForm::new(order, "Reconsideration of value", "Submit")
    }
}

pub(super) fn decide(order: &Order, open: &Rov) -> StepForm {
    StepForm {
        about: Some(view! { <ul class="records">{row(open)}</ul> }.into_any()),
        asks: vec![
            Ask::one_of(
                "approved",
                "Decision",
                choices(&[
                    ("no", "Deny: the value stands"),
                    ("yes", "Approve: the report is revised"),
                ]),
            ),
            Ask::new("note", "Why", Kind::Text { least: 3, most: 2_000 }),
        ],
        consequences: vec![
            "Approving opens a revision with the vendor; denying gives the order back its state.".to_owned(),
        ],
        fill: members_about(&open.id, |typed| {
            let approved = Value::Bool(typed.text("approved") == "yes");
            [("approved", approved), ("note", typed.value("note"))]
        }),
        ..StepForm::new(order, "Decide the reconsideration", "Decide")
    }
}

/// One reconsideration, as it is listed.
pub(super) fn row(rov: &Rov) -> AnyView {
    let decision = rov.decision.as_ref().map(|decision| {
        view! { <span class="sub num">{decision.note.clone()}", decided by "{by_line(decision.by.as_ref(), decision.at)}</span> }
    });
    let comparables = rov.comparables.iter().map(|sale| {
        let price = sale.sale_price.as_ref().map(intl::money);
        view! { <span class="sub num">{sale.address.clone()}", sold "{intl::day(&sale.sale_date)}" for "{price}</span> }
    });
    view! {
        <li>
            <b>"By the "{rov.party.clone()}</b>" "<span class="muted">{humanize(rov.status.as_str())}</span>" "{rov.reason.clone()}
            {comparables.collect_view()}
            <span class="sub num">"by "{by_line(rov.submitted_by.as_ref(), rov.submitted_at)}</span>
            {decision}
        </li>
    }
    .into_any()
}
