//! A read or a repeatable write that did not work: what happened, what to do next, a way to try again, and the support
//! bundle. The same everywhere.

use leptos::prelude::*;

use super::Console;
use super::support::{About, of_failure, support_details, text};
use crate::api::Failure;
use crate::platform::clock;
use crate::ui::ErrorNote;
use crate::ui::live::live;

/// Shows `failure` while there is one. A missing session is not shown: the sign-in dialog says it.
#[component]
pub fn FailureNote(
    #[prop(into)] failure: Signal<Option<Failure>>,
    #[prop(into)] about: Signal<About>,
    #[prop(optional, into)] again: Option<Callback<()>>,
) -> impl IntoView {
    let console = Console::get();
    live(move || {
        let failure = failure.get().filter(|failure| !failure.is_signed_out())?;
        let message = failure.message();
        let bundle = of_failure(&failure, console.user_name(), about.get_untracked(), clock::wall());
        let button = again.map(|again| {
            view! { <button class="btn small" type="button" on:click=move |_| again.run(())>"Try again"</button> }
        });
        Some(view! {
            <ErrorNote happened=message.happened next=message.next>{button}</ErrorNote>
            {support_details(text(bundle))}
        })
    })
}
