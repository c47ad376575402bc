//! Messages between the tabs of one browser that show this console.
//!
//! Tabs in another storage partition (the console embedded in another site) hear nothing. A message is a hint to read
//! the shared state again, never the state itself: it may be late, repeated or lost.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::listen::{Call, call};

/// An open channel; closed when dropped, also from inside its own callback. A tab does not hear itself.
#[must_use = "dropping a channel closes it"]
pub struct Channel {
    raw: BroadcastChannel,
    _heard: Call,
}

impl Channel {
    /// `None` where the browser has no `BroadcastChannel`. Messages that are not text are ignored.
    pub fn open(name: &str, heard: impl Fn(String) + 'static) -> Option<Self> {
        let raw = BroadcastChannel::new(name).ok()?;
        let heard = call(move |event: JsValue| {
            if let Some(text) = event.unchecked_ref::<MessageEvent>().data().as_string() {
                heard(text);
            }
        });
        raw.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { raw, _heard: heard })
    }

    /// True when the message is on its way.
    pub fn post(&self, text: &str) -> bool {
        self.raw.post_message(&JsValue::from_str(text)).is_ok()
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.raw.set_onmessage(None);
        self.raw.close();
    }
}
