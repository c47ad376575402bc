//! The support bundle of whatever failed: made from facts at hand, the same for every failure, copied with one click.

use leptos::prelude::*;
use omnival_core::order::{Entry, Order};
use omnival_core::recovery::attempt::Intent;
use omnival_core::support::{Bundle, line};

use crate::api::Failure;
use crate::parts::{CopyButton, Icon};
use crate::platform::store::Area;
use crate::platform::{clock, intl};
use crate::recovery::About;
use crate::recovery::attempts::Tracked;

pub const CONSOLE: &str = concat!("omnival-orders ", env!("CARGO_PKG_VERSION"));

/// Of an attempt: as it stands, whatever its stage.
pub fn of_attempt(tracked: &Tracked, earlier: usize) -> Bundle {
    let intent = &tracked.attempt.intent;
    let end = tracked.attempt.conclusion();
    let order = end
        .and_then(|end| end.evidence.as_ref())
        .and_then(|evidence| evidence.order())
        .or(tracked.answered.as_ref());
    Bundle {
        client: intent.at.as_ref().map(|at| at.client.as_str().to_owned()),
        order: intent.at.as_ref().map(|at| at.order.as_str().to_owned()),
        order_number: intent.baseline.order.as_ref().and_then(|order| order.number.clone()),
        user: Some([intent.user_name.as_str(), " (", intent.user.as_str(), ")"].concat()),
        at: Some(intent.pressed_at),
        zone: Some(intl::zone()),
        endpoint: Some(intent.endpoint.clone()),
        operation: Some(intent.goal.operation().doing().to_owned()),
        status: end.and_then(|end| end.reply.status()),
        message: tracked.told().map(|message| message.happened),
        correlation: end
            .and_then(|end| end.reply.answer()?.correlation.clone())
            .or_else(|| Some([intent.id.as_str(), " (sent by the console)"].concat())),
        intent: Some(intent.id.as_str().to_owned()),
        retried: Some(match earlier {
            0 => "no".to_owned(),
            count => ["yes, ", &count.to_string(), " earlier attempt(s) from this tab"].concat(),
        }),
        order_now: order.map(describe),
        history: end
            .and_then(|end| end.evidence.as_ref())
            .map(|evidence| evidence.history.iter().map(line).collect())
            .unwrap_or_default(),
        console: CONSOLE.to_owned(),
    }
}

/// Adds what the order's page shows now, where the attempt itself read nothing.
pub fn beside_page(mut bundle: Bundle, order: Option<&Order>, history: Option<&[Entry]>) -> Bundle {
    bundle.order_now = bundle.order_now.or_else(|| order.map(describe));
    if bundle.history.is_empty() {
        bundle.history = history.unwrap_or_default().iter().map(line).collect();
    }
    bundle
}

fn describe(order: &Order) -> String {
    let version = order.version.map(|version| version.to_string()).unwrap_or_default();
    [&order.status.label(), ", version ", version.as_str()].concat()
}

/// Of a read or a repeatable write that did not work.
pub fn of_failure(failure: &Failure, user: Option<String>, about: About) -> Bundle {
    Bundle {
        client: about.client,
        order: about.order,
        user,
        at: Some(clock::wall()),
        zone: Some(intl::zone()),
        endpoint: Some(failure.endpoint.clone()),
        operation: Some(failure.operation.doing().to_owned()),
        status: failure.status(),
        message: Some(failure.message().happened),
        correlation: failure
            .reply
            .answer()
            .and_then(|answer| answer.correlation.clone())
            .or_else(|| failure.correlation.clone()),
        retried: Some("the program itself repeats reads; see the attempts of the user".to_owned()),
        console: CONSOLE.to_owned(),
        ..Bundle::default()
    }
}

/// Leaves the facts of the attempt where the crash screen finds them.
pub fn remember(intent: &Intent) {
    let at = intent.at.as_ref();
    let facts = serde_json::json!({
        "clientId": at.map(|at| at.client.as_str()),
        "orderId": at.map(|at| at.order.as_str()),
        "user": intent.user_name,
        "operation": intent.goal.operation().doing(),
        "endpoint": intent.endpoint,
        "correlationId": intent.id.as_str(),
        "at": intent.pressed_at.rfc3339(),
    });
    Area::Tab.set("omnival.last", &facts.to_string());
}

/// The bundle as a disclosure with its copy button.
pub fn support_details(text: impl Into<Signal<String>>) -> AnyView {
    let text: Signal<String> = text.into();
    view! {
        <details class="disclosure bundle">
            <summary><Icon name="chevron"/>"Support details"</summary>
            <pre tabindex="0">{text}</pre>
            <CopyButton text=text label="Copy support details"/>
        </details>
    }
    .into_any()
}
