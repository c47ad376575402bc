//! Event subscriptions that end when they are dropped.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::EventTarget;

/// What the browser may call at any time. One signature for events, timers and messages: each further one costs a shim.
pub(super) type Call = Closure<dyn Fn(JsValue)>;

pub(super) fn call(body: impl Fn(JsValue) + 'static) -> Call {
    Closure::wrap(Box::new(body))
}

/// A subscription. It ends when this is dropped, also from inside its own callback.
#[must_use = "dropping a listener ends it"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    call: Call,
}

impl Listener {
    pub(super) fn new(target: EventTarget, event: &'static str, body: impl Fn(JsValue) + 'static) -> Self {
        let call = call(body);
        let _ = target.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        Self { target, event, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, call);
    }
}
