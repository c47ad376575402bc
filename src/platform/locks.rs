//! One at a time among the tabs: a lock of the browser's Web Locks, held while a future runs.
//!
//! The bindings are written here because `web-sys` offers Web Locks only behind an unstable flag. A lock is never stolen,
//! and a tab that crashes or is closed loses its locks, so no lock outlives its holder. Nothing bounds the holder but the
//! future itself: its own time-out must be shorter than the patience of those who wait.

use js_sys::{Array, Function, Promise};
use omnival_headless::platform::NoLock;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// Throws where `navigator.locks` is missing (no secure context) and where the page may not lock (opaque origin).
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"])]
    fn request(name: &str, options: &Options, granted: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = query)]
    fn query_locks() -> Result<Promise, JsValue>;

    type Snapshot;
    #[wasm_bindgen(method, getter)]
    fn held(this: &Snapshot) -> Array;
    type LockInfo;
    #[wasm_bindgen(method, getter)]
    fn name(this: &LockInfo) -> JsValue;

    #[wasm_bindgen(extends = js_sys::Object)]
    type Options;
    #[wasm_bindgen(method, setter)]
    fn set_signal(this: &Options, signal: &AbortSignal);
    #[wasm_bindgen(catch, js_namespace = AbortSignal)]
    fn timeout(ms: u32) -> Result<AbortSignal, JsValue>;
}

/// How many locks whose name begins with `prefix` are held, in all tabs together. `None` where nobody can tell.
pub async fn count_held(prefix: String) -> Option<usize> {
    let snapshot: Snapshot = query_locks().ok()?.await.ok()?.unchecked_into();
    let held = snapshot.held();
    let names = held
        .iter()
        .filter_map(|lock| lock.unchecked_into::<LockInfo>().name().as_string());
    Some(names.filter(|name| name.starts_with(&prefix)).count())
}

/// The lock `name`, until what is returned is dropped; waits for it at most so long, or without end.
pub async fn acquire(name: String, patience_ms: Option<u32>) -> Result<Held, NoLock> {
    let signal = match patience_ms {
        Some(ms) => Some(timeout(ms).map_err(|_| NoLock::Unavailable)?),
        None => None,
    };
    let (release, released) = open_promise();
    let (grant, granted) = open_promise();
    // From here on, whoever drops this future also ends the wait: a lock granted later is given back at once.
    let held = Held(release);
    let on_grant = Closure::<dyn Fn(JsValue) -> Promise>::new(move |_lock| {
        settle(&grant);
        released.clone()
    })
    .into_js_value();
    let options: Options = js_sys::Object::new().unchecked_into();
    if let Some(signal) = &signal {
        options.set_signal(signal);
    }
    let ended = request(&name, &options, on_grant.unchecked_ref()).map_err(|_| NoLock::Unavailable)?;
    match Promise::race(&Array::of2(&granted, &ended)).await {
        Ok(_) => Ok(held),
        Err(_) if signal.is_some_and(|signal| signal.aborted()) => Err(NoLock::Timeout),
        Err(_) => Err(NoLock::Unavailable),
    }
}

/// Held, or waited for, until dropped.
#[must_use = "dropping it gives the lock back"]
pub struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        settle(&self.0);
    }
}

/// A promise, and what fulfils it.
fn open_promise() -> (Option<Function>, Promise) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (fulfil, promise)
}

fn settle(fulfil: &Option<Function>) {
    if let Some(fulfil) = fulfil {
        let _ = fulfil.call0(&JsValue::UNDEFINED);
    }
}
