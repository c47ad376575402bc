//! The session, as views see it: who is signed in, signing in and out. The driver in `omnival_headless` decides the rest.
//! No view ever sees a token.

use leptos::prelude::Track;
use omnival_core::recovery::outcome::Reply;
use omnival_core::session::User;
pub use omnival_headless::session::Who;

use crate::api::Api;

/// A handle; every copy speaks of the same session.
#[derive(Clone, Copy)]
pub struct Session(Api);

impl Session {
    pub fn new(api: Api) -> Self {
        Self(api)
    }

    pub fn who(self) -> Who {
        self.0.changes.session.track();
        self.0.driver().session().who()
    }

    /// The person, also while their session has lapsed.
    pub fn user(self) -> Option<User> {
        self.0.changes.session.track();
        self.user_now()
    }

    /// The same, at this moment only.
    pub fn user_now(self) -> Option<User> {
        self.0.driver().session().user()
    }

    /// How often a lapsed session came back.
    pub fn returns(self) -> u32 {
        self.0.changes.session.track();
        self.returns_now()
    }

    pub fn returns_now(self) -> u32 {
        self.0.driver().session().returns()
    }

    pub fn is_lapsed(self) -> bool {
        self.0.changes.session.track();
        self.is_lapsed_now()
    }

    pub fn is_lapsed_now(self) -> bool {
        self.0.driver().session().is_lapsed()
    }

    /// Signs in. The caller words a reply that is no success.
    pub async fn sign_in(self, username: &str, password: &str) -> Result<(), Reply> {
        self.0.driver().session().sign_in(username, password).await
    }

    /// Signs out here and in every tab.
    pub fn sign_out(self) {
        self.0.driver().session().sign_out();
    }
}
