//! The page itself: seen or not, connected or not, its title, its address, and leaving it.

use std::cell::Cell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BeforeUnloadEvent, Event, VisibilityState};

use super::Listener;

thread_local! {
    static SEEN_ONLINE: Cell<bool> = const { Cell::new(false) };
}

/// False when the browser is sure that nothing can be reached. True promises nothing.
///
/// The browser's "offline" is believed only after this page has seen it "online": a machine whose only network is the
/// loopback counts as offline for ever, and still reaches a server on itself.
pub fn online() -> bool {
    let says = web_sys::window().is_none_or(|window| window.navigator().on_line());
    if says {
        SEEN_ONLINE.set(true);
    }
    says || !SEEN_ONLINE.get()
}

/// Calls `body` with what [`online`] says, whenever it may have changed. Both listeners are to be kept.
pub fn on_connection(body: impl Fn(bool) + Clone + 'static) -> Option<[Listener; 2]> {
    online();
    let window = web_sys::window()?;
    let [up, down] = [body.clone(), body].map(|body| move |_: JsValue| body(online()));
    Some([
        Listener::new(window.clone().into(), "online", up),
        Listener::new(window.into(), "offline", down),
    ])
}

/// True while some part of the page can be seen.
pub fn visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Calls `body` with what [`visible`] says, whenever it changes. `false` is the last word that a page is sure to hear:
/// what must outlive it is kept then.
pub fn on_visibility(body: impl Fn(bool) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener::new(document.into(), "visibilitychange", move |_| {
        body(visible())
    }))
}

/// Calls `body` when the operator comes back to this window.
pub fn on_focus(body: impl Fn() + 'static) -> Option<Listener> {
    Some(Listener::new(web_sys::window()?.into(), "focus", move |_| body()))
}

/// While this is kept, the browser asks before the page is left. Keep it only while something would be lost: browsers
/// ask in their own words, once the operator has typed or clicked, and may not keep such a page for "back".
pub fn ask_before_leaving() -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(window.into(), "beforeunload", |event| {
        event.unchecked_ref::<Event>().prevent_default();
        event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("unsaved");
    }))
}

/// Loads the page anew, unless the operator is asked and stays.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}
