//! The support bundle of whatever failed: made from facts at hand, the same for every failure, copied with one click.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::support::Bundle;

use crate::api::Failure;
use crate::platform::{clock, intl};
use crate::ui::{CopyButton, Icon};

pub const CONSOLE: &str = concat!("omnival-orders ", env!("CARGO_PKG_VERSION"));

/// What a failure was about, for the bundle.
#[derive(Clone, Default)]
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
