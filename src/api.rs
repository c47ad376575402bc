//! The platform's API, as views call it: a handle to the driver in `omnival_headless`, which decides what may be sent, when
//! and how often. Must decide nothing, and hand no token to a view.

use leptos::prelude::*;
use omnival_core::operation::{Call, Repeatable};
use omnival_core::time::Mono;
use omnival_headless::api;
use omnival_headless::tabs::TabMessage;
use omnival_headless::transport::Decode;
use omnival_wire::config::Config;

use crate::platform::Browser;

mod changes;
pub mod remote;

pub use api::Failure;
pub use changes::Changes;
pub use omnival_headless::platform::Pending;

use crate::platform::upload::Chosen;
pub use remote::Remote;

/// What sends, in this page.
pub type Driver = api::Api<Browser>;

/// A handle; every copy leads to the same platform, with the same session and the same pause.
#[derive(Clone, Copy)]
pub struct Api {
    driver: StoredValue<Driver, LocalStorage>,
    pub changes: Changes,
}

impl Api {
    pub fn new(config: Config) -> Self {
        let changes = Changes::new();
        let browser = Browser::new(move |topic| changes.tell(topic));
        Self {
            driver: StoredValue::new_local(Driver::new(browser, config)),
            changes,
        }
    }

    /// Begins to listen to the other tabs, and takes the session over. `heard` gets every message too.
    pub fn start(self, heard: impl Fn(&TabMessage) + 'static) {
        self.driver().start(Box::new(heard));
    }

    pub fn driver(self) -> Driver {
        self.driver.get_value()
    }

    pub fn config<R>(self, look: impl FnOnce(&Config) -> R) -> R {
        self.driver.with_value(|driver| look(driver.config()))
    }

    /// Sends a repeatable call until it works or the core gives up, and decodes its answer.
    pub async fn repeat<C: Repeatable, T>(self, call: Call<C>, decode: Decode<T>) -> Result<T, Failure> {
        self.driver().repeat(call, decode).await
    }

    /// How much of the pause is left that a 429 asked for, and again whenever that changes otherwise than by time.
    pub fn pause_left(self, now: Mono) -> Option<u64> {
        self.changes.pause.track();
        self.driver.with_value(|driver| driver.pause().left(now))
    }

    /// The operator does not want to wait any longer.
    pub fn end_pause(self) {
        self.driver().end_pause();
    }

    /// True once it is known that this browser cannot keep the pages of the console apart.
    pub fn is_unprotected(self) -> bool {
        self.changes.tabs.track();
        self.driver.with_value(|driver| driver.tabs().is_unprotected())
    }
}

/// What goes along with a call that carries a file.
pub type UploadBody = omnival_headless::http::UploadBody<Chosen>;
