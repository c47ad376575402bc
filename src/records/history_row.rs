//! One entry of a history.

use leptos::prelude::*;
use omnival_core::order::Status;
use omnival_core::order::history::{Entry, Source};

use super::status_badge;
use crate::platform::intl::{self, Style};
use crate::ui::Icon;

/// One entry. The same on the order and on the conflict screen.
pub fn history_row(entry: &Entry) -> AnyView {
    let (source, icon, word) = match &entry.source {
        Source::User => ("user", "user", "Person".to_owned()),
        Source::Automation => ("automation", "bolt", "Automation".to_owned()),
        Source::Partner => ("partner", "partner", "Partner".to_owned()),
        Source::Other(other) => ("user", "info", ["Source: ", other].concat()),
    };
    let by = match &entry.actor {
        Some(actor) if !actor.role.is_empty() => [" by ", &actor.name, ", ", &actor.role].concat(),
        _ => [" by ", entry.who()].concat(),
    };
    let status = |code: i32| status_badge(Status::of(false, Some(code)));
    let to = entry.to.filter(|to| entry.from != Some(*to));
    let moved = to.map(|to| {
        let from = entry
            .from
            .map(|from| view! { {status(from)}<Icon name="arrow-right"/><span class="vh">" to "</span> });
        view! { <p class="move">{from}{status(to)}</p> }
    });
    let time = entry
        .occurred_at
        .map_or_else(|| "Time not given".to_owned(), |at| intl::at(at, Style::Full));
    let iso = entry.occurred_at.map(omnival_core::time::Timestamp::rfc3339);
    view! {
        <li data-source=source data-entry=entry.id.as_str().to_owned()>
            <Icon name=icon/>
            <div>
                <p class="entry"><b>{headline(entry)}</b><span class="muted">{by}</span></p>
                {moved}
                {entry.reason.clone().map(|reason| view! { <p class="reason">"“"{reason}"”"</p> })}
                <p class="sub num"><time datetime=iso>{time}</time>" · "{word}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The server's summary; without one, the kind as it is named.
fn headline(entry: &Entry) -> String {
    if entry.summary.trim().is_empty() {
        entry.kind.clone()
    } else {
        entry.summary.clone()
    }
}
