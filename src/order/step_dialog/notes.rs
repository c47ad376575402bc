//! What every dialog of an order says beside its fields: what becomes final, and that the order has changed meanwhile.

use leptos::prelude::*;
use omnival_headless::desk::Seen;

use crate::order::OrderState;
use crate::ui::Icon;
use crate::ui::live::when;

/// A list of what cannot be taken back.
pub fn consequences(heading: &'static str, items: Vec<String>) -> AnyView {
    view! {
        <div class="consequences">
            <h3>{heading}</h3>
            <ul>{items.into_iter().map(|item| view! { <li><Icon name="lock"/><span>{item}</span></li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Says so when the order has changed behind an open dialog. Confirming then still counts for what was seen.
pub fn changed_meanwhile(state: OrderState, seen: &Seen) -> AnyView {
    let seen = seen.clone();
    let changed = move || state.order.with(|order| seen.has_changed(order));
    let note = || {
        view! {
            <div class="note" data-tone="warn" role="alert">
                <Icon name="alert"/>
                <div>
                    <p class="strong">"The order changed while this was open."</p>
                    <p>"Close this and look at the order again before you decide."</p>
                </div>
            </div>
        }
    };
    when(changed, note).into_any()
}
