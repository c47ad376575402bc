//! A list of records, with its own words for being empty, being read, and not having been read.

use leptos::prelude::*;

use crate::api::Remote;
use crate::console::{About, FailureNote};
use crate::ui::Skeleton;
use crate::ui::live::{live, when};

/// Where the records of a list come from: what a failure to read them is about, and how to read them again.
#[derive(Clone, Copy)]
pub struct ListSource {
    pub about: Signal<About>,
    pub again: Callback<()>,
}

pub fn record_list<T: Clone + Send + Sync + 'static>(
    source: ListSource,
    remote: Remote<Vec<T>>,
    title: &'static str,
    empty: &'static str,
    row: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let row: Box<dyn Fn(&T) -> AnyView + Send + Sync> = Box::new(row);
    let rows = live(move || {
        let items = remote.value()?;
        Some(if items.is_empty() {
            view! { <p class="muted">{empty}</p> }.into_any()
        } else {
            view! { <ul class="records">{items.iter().map(&row).collect_view()}</ul> }.into_any()
        })
    });
    view! {
        <div class="record-list">
            <h3>{title}</h3>
            <FailureNote failure=remote.failure() about=source.about again=source.again/>
            {when(move || remote.is_awaited(), || view! { <Skeleton lines=2/> })}
            {rows}
        </div>
    }
    .into_any()
}
