//! The support bundle of whatever failed, made from facts at hand. Where the operator is (their time zone) is the view's
//! to add.

use omnival_core::ids::OrderRef;
use omnival_core::order::{Entry, Order};
use omnival_core::recovery::evidence::Evidence;
use omnival_core::support::{Bundle, line};
use omnival_core::time::Timestamp;

use super::tracked::Tracked;
use crate::api::Failure;

pub const CONSOLE: &str = concat!("omnival-orders ", env!("CARGO_PKG_VERSION"));

/// What a failure was about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    pub client: Option<String>,
    pub order: Option<String>,
}

impl From<&OrderRef> for About {
    fn from(at: &OrderRef) -> Self {
        Self {
            client: Some(at.client.as_str().to_owned()),
            order: Some(at.order.as_str().to_owned()),
        }
    }
}

/// Of an attempt as it stands, whatever its stage. `earlier` ones did the same on the same order.
pub fn of_attempt(tracked: &Tracked, earlier: usize) -> Bundle {
    let intent = &tracked.attempt.intent;
    let end = tracked.attempt.conclusion();
    let evidence = end.and_then(|end| end.evidence.as_ref());
    let order = evidence.and_then(Evidence::order).or(tracked.answered.as_ref());
    let About { client, order: id } = intent.at.as_ref().map(About::from).unwrap_or_default();
    Bundle {
        client,
        order: id,
        order_number: intent.baseline.order.as_ref().and_then(|order| order.number.clone()),
        user: Some(name_and_id(&intent.user_name, intent.user.as_str())),
        at: Some(intent.pressed_at),
        zone: None,
        endpoint: Some(intent.endpoint.clone()),
        operation: Some(intent.goal.operation().doing().to_owned()),
        status: end.and_then(|end| end.reply.status()),
        message: tracked.message().map(|message| message.happened),
        correlation: end
            .and_then(|end| end.reply.answer()?.correlation.clone())
            .or_else(|| Some([intent.id.as_str(), " (sent by the console)"].concat())),
        intent: Some(intent.id.as_str().to_owned()),
        retried: Some(match earlier {
            0 => "no".to_owned(),
            count => ["yes, ", &count.to_string(), " earlier attempt(s) from this tab"].concat(),
        }),
        order_now: order.map(describe),
        history: evidence.map(|evidence| lines(&evidence.history)).unwrap_or_default(),
        console: CONSOLE.to_owned(),
    }
}

/// Adds what the order's page shows now, where the attempt itself read nothing.
pub fn beside_page(mut bundle: Bundle, order: Option<&Order>, history: Option<&[Entry]>) -> Bundle {
    bundle.order_now = bundle.order_now.or_else(|| order.map(describe));
    if bundle.history.is_empty() {
        bundle.history = lines(history.unwrap_or_default());
    }
    bundle
}

/// Of a read or a repeatable write that did not work.
pub fn of_failure(failure: &Failure, user: Option<String>, about: About, now: Timestamp) -> Bundle {
    let answered = failure.reply.answer().and_then(|answer| answer.correlation.clone());
    Bundle {
        client: about.client,
        order: about.order,
        user,
        at: Some(now),
        endpoint: Some(failure.endpoint.clone()),
        operation: Some(failure.operation.doing().to_owned()),
        status: failure.status(),
        message: Some(failure.message().happened),
        correlation: answered.or_else(|| failure.correlation.clone()),
        retried: Some("the program itself repeats reads; see the attempts of the user".to_owned()),
        console: CONSOLE.to_owned(),
        ..Bundle::default()
    }
}

pub fn name_and_id(name: &str, id: &str) -> String {
    [name, " (", id, ")"].concat()
}

fn lines(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(line).collect()
}

fn describe(order: &Order) -> String {
    let version = order.version.map(|version| version.to_string()).unwrap_or_default();
    [&order.status.label(), ", version ", version.as_str()].concat()
}
