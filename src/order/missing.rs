//! What a draft still needs before it can be activated, item by item, each a link to its field; and the way to another
//! order like this one.

use leptos::prelude::*;
use omnival_core::draft::Field;
use omnival_core::order::readiness::missing as missing_items;
use omnival_core::order::{Order, Status, Step};

use super::OrderState;
use crate::navigation::routes;
use crate::ui::Icon;
use crate::ui::live::live;

/// Nothing for an order that is no draft.
pub fn missing(state: OrderState) -> AnyView {
    let may = may_create(state);
    let found = Memo::new(move |_| {
        state.order.with(|order| {
            let order = order.value.as_ref().filter(|order| order.status == Status::Draft)?;
            let items = missing_items(order).into_iter();
            Some(
                items
                    .map(|item| (item.label(), routes::edit_at(&order.at, item.field(order))))
                    .collect::<Vec<_>>(),
            )
        })
    });
    live(move || {
        let items = found.get()?;
        if items.is_empty() {
            let words = "Everything that activation needs is here.";
            return Some(view! { <p class="row ready"><Icon name="check"/>{words}</p> }.into_any());
        }
        let items: Vec<_> = items
            .into_iter()
            .map(|(label, href)| {
                if may {
                    view! { <li><a href=href>"Add "{label}</a></li> }.into_any()
                } else {
                    view! { <li>{label}</li> }.into_any()
                }
            })
            .collect();
        Some(
            view! {
                <section class="missing" aria-labelledby="h-missing">
                    <h2 id="h-missing">"Missing for activation"</h2>
                    <ul>{items}</ul>
                </section>
            }
            .into_any(),
        )
    })
    .into_any()
}

/// A field that the platform's refusal of an activation names, as a link to where it is mended.
pub fn refused_field(order: &Order, path: &str, text: &str) -> AnyView {
    match Field::of_path(path).filter(|_| order.status == Status::Draft) {
        Some(field) => {
            view! { <a href=routes::edit_at(&order.at, field)>{field.label()}</a>": "{text.to_owned()} }.into_any()
        }
        None => text.to_owned().into_any(),
    }
}

/// Whoever may create orders may begin one from this.
pub fn like_this(state: OrderState) -> AnyView {
    let may = may_create(state);
    let href = Memo::new(move |_| {
        state.order.with(|order| {
            order
                .value
                .as_ref()
                .filter(|_| may)
                .map(|order| routes::new_order_like(&order.at))
        })
    });
    live(move || {
        href.get()
            .map(|href| view! { <a class="btn quiet like-this" href=href><Icon name="copy"/>"New order like this"</a> })
    })
    .into_any()
}

fn may_create(state: OrderState) -> bool {
    let permission = Step::Edit.permission();
    state
        .console
        .user_now()
        .is_some_and(|user| permission.is_none_or(|permission| user.may(permission)))
}
