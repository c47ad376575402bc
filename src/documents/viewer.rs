//! Files in the page, side by side: a PDF in the browser's own viewer, a picture as it is, anything else to be saved.
//!
//! A file is shown as what the platform says it is only where that cannot run as a page of ours; see
//! [`platform::http`](crate::platform::http).

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::operation::{Call, Read};

use crate::api::Remote;
use crate::order::OrderState;
use crate::parts::live::{live, when};
use crate::parts::{Icon, Skeleton};
use crate::platform::http::forget_file;
use crate::recovery::FailureNote;

/// A file to be shown.
pub struct Viewed {
    pub title: String,
    pub name: String,
    pub media_type: String,
    /// Reads it. None while the order is not known.
    pub call: Box<dyn Fn() -> Option<Call<Read>> + Send + Sync>,
}

pub fn viewer(state: OrderState, files: Vec<Viewed>, close: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let panes = files.into_iter().map(|file| pane(state, file)).collect_view();
    view! {
        <div class="viewer">
            <div class="row viewer-head"><button class="btn small" type="button" on:click=move |_| close()><Icon name="close"/>"Close"</button></div>
            <div class="panes">{panes}</div>
        </div>
    }
    .into_any()
}

fn pane(state: OrderState, viewed: Viewed) -> AnyView {
    let url = Remote::<String>::new();
    let Viewed {
        title,
        name,
        media_type,
        call,
    } = viewed;
    let load = move || {
        if let Some(call) = call() {
            url.load(state.console.api, call, |url| Ok(url.to_owned()));
        }
    };
    load();
    on_cleanup(move || {
        url.with_untracked(|loaded| loaded.value.as_deref().map(forget_file))
            .unwrap_or_default()
    });
    let save_as = name.clone();
    let save = live(move || {
        let href = url.value()?;
        Some(view! { <a class="btn small" href=href download=save_as.clone()>"Save"</a> })
    });
    let caption = [&title, ": ", &name].concat();
    let label = caption.clone();
    let shown = live(move || {
        let href = url.value()?;
        Some(if !file::is_shown(&media_type) {
            view! { <p class="muted">"A file of this type is not shown here. Save it, and open it with its own program."</p> }.into_any()
        } else if media_type == "application/pdf" {
            // As wide as the page allows, without the thumbnails: words of the browsers' own viewers.
            let src = [&href, "#navpanes=0&view=FitH"].concat();
            view! { <iframe title=label.clone() src=src></iframe> }.into_any()
        } else {
            view! { <img alt=label.clone() src=href/> }.into_any()
        })
    });
    view! {
        <figure class="pane">
            <figcaption class="row-with-buttons"><span class="strong">{caption}</span>{save}</figcaption>
            <FailureNote failure=url.failure() about=state.about() again=move |()| load()/>
            {when(move || url.is_awaited(), || view! { <Skeleton lines=8/> })}
            {shown}
        </figure>
    }
    .into_any()
}
