//! A read or a repeatable write that did not work: what happened, what to do next, a way to try again, and the support
//! bundle. The same everywhere.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;

use super::bundle::{self, support_details};
use crate::api::Failure;
use crate::console::Console;
use crate::parts::ErrorNote;
use crate::parts::live::live;

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
        let bundle = bundle::of_failure(&failure, console.user_name(), about.get_untracked());
        let button = again.map(|again| {
            view! { <button class="btn small" type="button" on:click=move |_| again.run(())>"Try again"</button> }
        });
        Some(view! {
            <ErrorNote happened=message.happened next=message.next>{button}</ErrorNote>
            {support_details(bundle.text())}
        })
    })
}
