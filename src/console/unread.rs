//! What ended otherwise than wished for while the operator was on another screen: a notice that stands on every screen until
//! it was read, with the way back.
//!
//! In the second part of the program, with the screens that begin what may end so; the shell only makes room for it.

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::message::Tone;

use crate::ui::live::live;
use crate::ui::{CopyButton, Icon};

#[derive(Clone, PartialEq)]
pub struct Notice {
    /// None for a write that may be repeated.
    pub attempt: Option<IntentId>,
    pub tone: Tone,
    pub title: String,
    pub happened: String,
    pub next: String,
    /// Where it was begun.
    pub href: Option<String>,
    /// The support bundle.
    pub details: String,
}

/// A handle.
#[derive(Clone, Copy)]
pub struct Unread {
    ended: RwSignal<Vec<Notice>>,
    failed: RwSignal<Vec<Notice>>,
}

impl Unread {
    pub fn new() -> Self {
        Self {
            ended: RwSignal::new(Vec::new()),
            failed: RwSignal::new(Vec::new()),
        }
    }

    /// A write that may be repeated did not work.
    pub fn add(self, failed: Notice) {
        self.failed.update(|all| all.push(failed));
    }

    /// The attempts that ended unread, all of them.
    pub fn show(self, ended: Vec<Notice>) {
        if self.ended.with_untracked(|shown| *shown != ended) {
            self.ended.set(ended);
        }
    }

    /// Somebody else works here now.
    pub fn clear(self) {
        self.failed.set(Vec::new());
    }

    /// `saw` is called for an attempt whose end was read.
    pub fn view(self, saw: impl Fn(&IntentId) + Copy + Send + Sync + 'static) -> AnyView {
        let read = move |notice: &Notice| match &notice.attempt {
            Some(id) => saw(id),
            None => self.failed.update(|failed| failed.retain(|other| other != notice)),
        };
        let banner = move |notice: Notice| {
            let (opened, closed) = (notice.clone(), notice.clone());
            let (tone, icon) = match notice.tone {
                Tone::Good => ("ok", "check"),
                Tone::Notice => ("info", "info"),
                Tone::Warning => ("warn", "alert"),
            };
            let open = notice
                .href
                .map(|href| view! { <a class="btn small" href=href on:click=move |_| read(&opened)>"Open it"</a> });
            view! {
                <div class="banner" data-tone=tone data-unread="">
                    <Icon name=icon/>
                    <p><b>{notice.title}": "{notice.happened}</b>" "{notice.next}</p>
                    <div class="row">
                        {open}
                        <CopyButton text=Signal::stored(notice.details) label="Copy support details"/>
                        <button class="btn small" type="button" on:click=move |_| read(&closed)>"Close"</button>
                    </div>
                </div>
            }
        };
        let banners = move || {
            let all = [self.ended.get(), self.failed.get()].concat();
            all.into_iter().map(banner).collect_view()
        };
        live(banners).into_any()
    }
}
