//! The screens behind the queue, as a chunk of the program of their own: fetched when the queue rests, or when one of
//! them is asked for first.
//!
//! `xtask` cuts the program at [`build`]: what only `build` reaches is the chunk, everything else comes first. So nothing
//! else may show these screens. A chunk that does not come must cost the screen that wanted it and nothing more: session
//! and attempts live in the first part of the program, and there is always another try.

use futures::FutureExt;
use futures::future::{Either, select};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::attempts::Attempts;
use crate::console::Console;
use crate::draft::{EditDraft, NewOrder};
use crate::navigation::Screen;
use crate::order::OrderPage;
use crate::platform::{clock, page, task};
use crate::ui::live::{effect, live};
use crate::ui::{ErrorNote, Icon, Skeleton};

/// A longer wait is put into words.
const SLOW_MS: u32 = 8_000;

// What the lint calls unsafe is that the macro exports the function under a fixed name, for the chunk's own file.
#[allow(unsafe_code)]
#[wasm_split(screens, fallible, preload(fetch))]
fn build(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::Order(client, id) => view! { <OrderPage client id/> }.into_any(),
        Screen::NewOrder(client) => view! { <NewOrder client/> }.into_any(),
        Screen::EditDraft(client, id) => view! { <EditDraft client id/> }.into_any(),
        Screen::Home | Screen::Orders(_) | Screen::Nowhere => ().into_any(),
    })
}

/// Begins to look after what was tried from this browser.
#[allow(unsafe_code)]
#[wasm_split(screens, fallible)]
fn recover(console: Console) -> Result<(), SplitLoaderError> {
    Attempts::start(console);
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Absent,
    Coming,
    Slow,
    Failed,
    Here,
}

/// A handle to the chunk. It is on its way at most once at a time; once here, it stays.
#[derive(Clone, Copy)]
pub struct Chunk(RwSignal<Stage>);

impl Chunk {
    pub fn new() -> Self {
        Self(RwSignal::new(Stage::Absent))
    }

    /// Fetches the chunk, unless it is here or on its way.
    pub fn want(self) {
        if !matches!(self.0.get_untracked(), Stage::Absent | Stage::Failed) {
            return;
        }
        self.0.set(Stage::Coming);
        task::spawn(async move {
            let came = match select(Box::pin(fetch()), Box::pin(clock::sleep(SLOW_MS))).await {
                Either::Left((came, _)) => came,
                Either::Right(((), fetching)) => {
                    self.0.set(Stage::Slow);
                    fetching.await
                }
            };
            self.0.set(if came.is_ok() { Stage::Here } else { Stage::Failed });
        });
    }

    /// As soon as the chunk is here, what earlier pages left behind is taken up.
    pub fn begin_recovery(self, console: Console) {
        effect(move || {
            if self.0.get() == Stage::Here {
                // Its loader is its own, and not ready at the first look.
                task::spawn(async move {
                    let _ = recover(console).await;
                });
            }
        });
    }

    /// The same, when the browser has nothing better to do.
    pub fn want_soon(self) {
        task::spawn(async move {
            task::idle().await;
            self.want();
        });
    }

    /// `screen`, as soon as it can be shown. A lost connection that is found again is reason for another try.
    pub fn show(self, screen: Screen) -> AnyView {
        self.want();
        let online = Console::get().online;
        effect(move || {
            if online.get() {
                self.want();
            }
        });
        let shown = live(move || match self.0.get() {
            // The chunk is here: there is nothing left to wait for.
            Stage::Here => match build(screen.clone()).now_or_never() {
                Some(Ok(view)) => view,
                Some(Err(_)) | None => self.missing(),
            },
            Stage::Failed => self.missing(),
            Stage::Slow => coming(true),
            Stage::Absent | Stage::Coming => coming(false),
        });
        shown.into_any()
    }

    fn missing(self) -> AnyView {
        page::set_title("Not loaded");
        view! {
            <ErrorNote
                happened="This screen could not be loaded. Nothing was sent or changed by that, and you are still signed in."
                next="Try again. If it fails again, reload: a newer version may have been published. What you typed is kept on this device."
            >
                <button class="btn small" type="button" on:click=move |_| self.want()>"Try again"</button>
                <button class="btn small" type="button" on:click=move |_| page::reload()>"Reload"</button>
            </ErrorNote>
        }
        .into_any()
    }
}

fn coming(slow: bool) -> AnyView {
    let words = slow.then(|| {
        view! {
            <div class="note"><Icon name="clock"/><p>"The connection is slow. Nothing is lost: loading goes on by itself."</p></div>
        }
    });
    view! {
        <div aria-busy="true">
            <p class="vh" role="status">"Loading this screen"</p>
            {words}
            <Skeleton lines=12/>
        </div>
    }
    .into_any()
}
