//! Files in the page, side by side: a PDF in the browser's own viewer, a picture as it is, anything else to be saved.
//!
//! A file is shown by the type that its answer had, and only where that cannot run as a page of ours; see
//! [`platform::http`](crate::platform::http).

use std::sync::Arc;

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::operation::{Call, Read};
use omnival_wire::Unreadable;

use crate::api::Remote;
use crate::console::FailureNote;
use crate::order::OrderState;
use crate::platform::dom;
use crate::platform::http::HeldFile;
use crate::ui::live::{effect, live, when};
use crate::ui::{Icon, Skeleton};

/// A file to be shown.
pub struct Viewed {
    pub title: String,
    pub name: String,
    /// Reads it. None while the order is not known.
    pub call: Box<dyn Fn() -> Option<Call<Read>> + Send + Sync>,
}

/// The focus goes to the viewer when it opens, and with `close` back to the button that opened it: its id.
pub fn viewer(
    state: OrderState,
    files: Vec<Viewed>,
    opened_by: String,
    close: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let panes = files.into_iter().map(|file| pane(state, file)).collect_view();
    let id = ["close-", &opened_by].concat();
    let target = id.clone();
    effect(move || {
        let target = target.clone();
        queue_microtask(move || {
            dom::focus(&target);
        });
    });
    let put_away = move |_| {
        let opened_by = opened_by.clone();
        close();
        queue_microtask(move || {
            dom::focus(&opened_by);
        });
    };
    view! {
        <div class="viewer">
            <div class="row viewer-head"><button id=id class="btn small" type="button" on:click=put_away><Icon name="close"/>"Close"</button></div>
            <div class="panes">{panes}</div>
        </div>
    }
    .into_any()
}

fn held(body: &str) -> Result<Arc<HeldFile>, Unreadable> {
    HeldFile::of_body(body).map(Arc::new).ok_or(Unreadable("a file"))
}

fn pane(state: OrderState, viewed: Viewed) -> AnyView {
    let file = Remote::<Arc<HeldFile>>::new();
    let Viewed { title, name, call } = viewed;
    let load = move || {
        if let Some(call) = call() {
            file.load(state.console.api, call, held);
        }
    };
    load();
    let save_as = name.clone();
    let save = live(move || {
        let href = file.value()?.url.clone();
        Some(view! { <a class="btn small" href=href download=save_as.clone()>"Save"</a> })
    });
    let caption = [&title, ": ", &name].concat();
    let label = caption.clone();
    let shown = live(move || {
        let file = file.value()?;
        Some(if !file::is_shown(&file.media_type) {
            view! { <p class="muted">"A file of this type is not shown here. Save it, and open it with its own program."</p> }.into_any()
        } else if file.media_type == "application/pdf" {
            // As wide as the page allows, without the thumbnails: words of the browsers' own viewers.
            let src = [&file.url, "#navpanes=0&view=FitH"].concat();
            view! { <iframe title=label.clone() src=src></iframe> }.into_any()
        } else {
            view! { <img alt=label.clone() src=file.url.clone()/> }.into_any()
        })
    });
    view! {
        <figure class="pane">
            <figcaption class="row-with-buttons"><span class="strong">{caption}</span>{save}</figcaption>
            <FailureNote failure=file.failure() about=state.about() again=move |()| load()/>
            {when(move || file.is_awaited(), || view! { <Skeleton lines=8/> })}
            {shown}
        </figure>
    }
    .into_any()
}
