//! Small texts kept by the browser.
//!
//! A private window, an embedding page, a full quota or a policy may refuse any of it: then reading finds nothing and
//! writing says `false`, so that the screen can say honestly that typing is not kept. Never holds a token.

use omnival_headless::platform::{Area, KeyValue};
use web_sys::Storage;

/// The stores of this page.
#[derive(Clone, Copy)]
pub struct Store;

fn open(area: Area) -> Option<Storage> {
    let window = web_sys::window()?;
    match area {
        Area::Browser => window.local_storage(),
        Area::Tab => window.session_storage(),
    }
    .ok()?
}

impl KeyValue for Store {
    fn get(&self, area: Area, key: &str) -> Option<String> {
        open(area)?.get_item(key).ok()?
    }

    fn set(&self, area: Area, key: &str, text: &str) -> bool {
        open(area).is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    fn remove(&self, area: Area, key: &str) -> bool {
        open(area).is_none_or(|storage| storage.remove_item(key).is_ok())
    }

    fn keys(&self, area: Area, prefix: &str) -> Vec<String> {
        let Some(storage) = open(area) else {
            return Vec::new();
        };
        let count = storage.length().unwrap_or(0);
        (0..count)
            .filter_map(|at| storage.key(at).ok()?)
            .filter(|key| key.starts_with(prefix))
            .collect()
    }
}
