//! A word in passing that something small worked. Only successes that nobody has to act on: a
//! failure, a conflict or an outcome in doubt stays on the page, where it cannot be missed.

use std::time::Duration;

use leptos::prelude::*;

use super::Icon;
use super::live::live;

const SHOWN_FOR: Duration = Duration::from_secs(4);

/// Where successes are announced. At most one is shown; a newer one takes the place of an older.
#[derive(Clone, Copy)]
pub struct Toaster {
    shown: RwSignal<Option<(u32, String)>>,
    next: StoredValue<u32>,
}

impl Toaster {
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            next: StoredValue::new(0),
        }
    }

    pub fn done(self, text: impl Into<String>) {
        let Some(mine) = self.next.try_get_value() else {
            return;
        };
        self.next.try_set_value(mine.wrapping_add(1));
        self.shown.try_set(Some((mine, text.into())));
        set_timeout(move || self.clear(mine), SHOWN_FOR);
    }

    /// Only its own: a newer one still has its time before it.
    fn clear(self, mine: u32) {
        let still_mine = |shown: &Option<(u32, String)>| shown.as_ref().is_some_and(|(id, _)| *id == mine);
        if self.shown.try_with_untracked(still_mine) == Some(true) {
            self.shown.try_set(None);
        }
    }
}

impl Default for Toaster {
    fn default() -> Self {
        Self::new()
    }
}

/// Once, in the shell: a screen reader only follows a region that was there before its text.
#[component]
pub fn Toasts(toaster: Toaster) -> impl IntoView {
    let toast = live(move || {
        toaster.shown.get().map(|(_, text)| {
            view! {
                <p class="toast">
                    <Icon name="check"/>
                    {text}
                </p>
            }
        })
    });
    view! { <div class="toasts" role="status">{toast}</div> }
}
