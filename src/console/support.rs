//! The support bundle of whatever failed, as it is shown: the same for every failure, copied with one click.

use leptos::prelude::*;
use omnival_core::support::Bundle;
pub use omnival_headless::attempts::support::{About, beside_page, of_attempt, of_failure};

use crate::platform::intl;
use crate::ui::{CopyButton, Icon};

/// As it is copied: with the time zone of this browser.
pub fn text(bundle: Bundle) -> String {
    Bundle {
        zone: Some(intl::zone()),
        ..bundle
    }
    .text()
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
