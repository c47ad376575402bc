//! Small texts kept by the browser.
//!
//! A private window, an embedding page, a full quota or a policy may refuse any of it: then reading finds nothing and
//! writing says `false`, so that the screen can say honestly that typing is not kept. Never holds a token.

use web_sys::Storage;

/// Where a text is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Area {
    /// By this browser, for every tab of this origin (and, when embedded, of this embedding site only).
    Browser,
    /// By this tab, until it is closed. A duplicated tab starts with a copy.
    Tab,
}

impl Area {
    fn open(self) -> Option<Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Browser => window.local_storage(),
            Self::Tab => window.session_storage(),
        }
        .ok()?
    }

    pub fn get(self, key: &str) -> Option<String> {
        self.open()?.get_item(key).ok()?
    }

    /// True when the text is kept now. A refused write leaves what was kept before.
    pub fn set(self, key: &str, text: &str) -> bool {
        self.open().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    /// True when nothing is kept under `key` any more.
    pub fn remove(self, key: &str) -> bool {
        self.open().is_none_or(|storage| storage.remove_item(key).is_ok())
    }

    /// The kept keys that begin with `prefix`, in no particular order.
    pub fn keys(self, prefix: &str) -> Vec<String> {
        let Some(storage) = self.open() else {
            return Vec::new();
        };
        let count = storage.length().unwrap_or(0);
        (0..count)
            .filter_map(|at| storage.key(at).ok()?)
            .filter(|key| key.starts_with(prefix))
            .collect()
    }
}
