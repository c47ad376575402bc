//! Running a future to its end, on its own, and waiting for a quiet moment.

use std::pin::Pin;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = requestIdleCallback)]
    fn request_idle_callback(call: &Function) -> Result<JsValue, JsValue>;
}

/// Outlives whatever started it: what it touches at its end may be gone by then.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    js_sys::futures::spawn_local(work);
}

/// Ready when the browser has nothing better to do; at once where it cannot tell.
pub async fn idle() {
    let _ = Promise::new(&mut |resolve, _| {
        if request_idle_callback(&resolve).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    })
    .await;
}
