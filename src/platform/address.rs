//! The address bar: reading it, moving in it, and hearing of moves.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use super::Listener;

/// Path and query of the address, such as `/c/cl-1/orders?view=qc`.
pub fn now() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return String::new();
    };
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Adds an entry to the history.
pub fn push(to: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(to));
    }
}

/// Changes the present entry of the history.
pub fn replace(to: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(to));
    }
}

pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Calls `body` after the browser went back or forward.
pub fn on_travel(body: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(web_sys::window()?.into(), "popstate", move |_| body()))
}

/// Calls `body` with the address of a link that begins with `base`, the base path, after a plain click on it, instead of
/// loading the page anew. Clicks that mean something else (another button, a modifier, a download, another target) stay the
/// browser's, and so do links within the page and to elsewhere.
pub fn on_link(base: &str, body: impl Fn(&str) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    // With two slashes begins an address of another host.
    let ours = [r#"a[href^=""#, base, r#""]:not([href^="//"],[download],[target])"#].concat();
    Some(Listener::new(document.into(), "click", move |event| {
        let event: MouseEvent = event.unchecked_into();
        if let Some(to) = inner_link(&event, &ours) {
            event.prevent_default();
            body(&to);
        }
    }))
}

fn inner_link(event: &MouseEvent, ours: &str) -> Option<String> {
    let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !plain || event.default_prevented() {
        return None;
    }
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest(ours).ok()??.get_attribute("href")
}
