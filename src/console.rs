//! What every screen can reach: the API, the session, the attempts, the address, the time.

use leptos::prelude::*;
use omnival_core::session::User;
use omnival_core::time::Mono;
use omnival_core::words::Permission;
use omnival_headless::kept::Texts;

use crate::api::Api;
use crate::navigation::Router;
use crate::platform::{Store, clock, page};
use crate::session::Session;
use crate::ui::live::effect;
use crate::ui::{Toaster, keep};

mod failure_note;
mod message_page;
pub mod support;
pub mod tray;

pub use failure_note::FailureNote;
pub use message_page::message_page;
pub use support::About;
use tray::Tray;

/// What is typed, as this device keeps it.
pub const KEPT: Texts<Store> = Texts::new(Store);

/// A handle; every copy is the same console.
#[derive(Clone, Copy)]
pub struct Console {
    pub api: Api,
    pub session: Session,
    /// What is shown of the attempts; `Attempts::of_page` has themselves.
    pub tray: Tray,
    /// Of what lives as long as the page.
    pub root: StoredValue<Owner>,
    pub router: Router,
    /// Beats once a second while the page is visible.
    pub now: ReadSignal<Mono>,
    pub online: ReadSignal<bool>,
    pub toaster: Toaster,
}

impl Console {
    /// The console of this page.
    pub fn get() -> Self {
        expect_context::<Self>()
    }

    /// Who is signed in, and again whenever that changes. A screen is shown only while somebody is.
    pub fn user(self) -> Option<User> {
        self.session.user()
    }

    /// Who is signed in at this moment.
    pub fn user_now(self) -> Option<User> {
        self.session.user_now()
    }

    /// Name and id, for a support bundle.
    pub fn user_name(self) -> Option<String> {
        self.user_now()
            .map(|user| [user.name.as_str(), " (", user.id.as_str(), ")"].concat())
    }

    /// Does the role of whoever is signed in include this, and again whenever that changes?
    pub fn may(self, permission: Permission) -> bool {
        self.user().is_some_and(|user| user.may(permission))
    }

    /// Calls `refresh` when the operator comes back to the window, when the connection is back, and when somebody has
    /// signed in again. `refresh` decides whether what it shows is old enough.
    pub fn on_return(self, refresh: impl Fn() + Clone + 'static) {
        let focused = refresh.clone();
        keep(page::on_focus(focused));
        let seen = refresh.clone();
        keep(page::on_visibility(move |visible| {
            if visible {
                seen();
            }
        }));
        let mut before = (true, self.session.returns_now());
        effect(move || {
            let now = (self.online.get() && !self.session.is_lapsed(), self.session.returns());
            if now.0 && now != before {
                untrack(&refresh);
            }
            before = now;
        });
    }

    /// Calls `refresh` every `ms` while the page is visible.
    pub fn every(self, ms: u32, refresh: impl Fn() + 'static) {
        let beat = clock::every(ms, refresh);
        let beat = StoredValue::new_local(Some(beat));
        on_cleanup(move || drop(beat.try_update_value(Option::take)));
    }
}
