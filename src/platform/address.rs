//! The address bar: reading it, moving in it, and hearing of moves.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::Listener;

/// Path and query of the address, such as `/orders?view=qc`.
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

/// Calls `body` with path and query of a plain click on a link of this origin, instead of loading the page anew.
/// Clicks that mean something else (another button, a modifier, a download, another target) stay the browser's, and so
/// do links within the page.
pub fn on_link(body: impl Fn(String) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener::new(document.into(), "click", move |event| {
        let event: MouseEvent = event.unchecked_into();
        if let Some(to) = inner_link(&event) {
            event.prevent_default();
            body(to);
        }
    }))
}

fn inner_link(event: &MouseEvent) -> Option<String> {
    let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !plain || event.default_prevented() {
        return None;
    }
    let element: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = element.closest("a[href]").ok()??.dyn_into().ok()?;
    let here = web_sys::window()?.location();
    let elsewhere = link.origin() != here.origin().ok()?
        || !link.target().is_empty()
        || link.has_attribute("download")
        || link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
    (!elsewhere).then(|| link.pathname() + &link.search())
}
