//! The support bundle of an attempt: as it stands, whatever its stage.

use omnival_core::order::{Entry, Order};
use omnival_core::recovery::attempt::Intent;
use omnival_core::support::{Bundle, line};

use super::tracked::Tracked;
use crate::console::support::CONSOLE;
use crate::platform::intl;
use crate::platform::store::Area;

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
