//! The store of the journal: texts under keys, changed in transactions that are on the disk when they end.
//!
//! IndexedDB itself is the boot script's (`boot/journal.js`), because the crash screen reads it too. What a record means
//! and what may be written is decided by the caller, inside the transaction.

use js_sys::{Array, Function, Promise};
use omnival_headless::platform::{Decide, Unstored};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type HandOver;
    #[wasm_bindgen(thread_local_v2, js_name = omnival)]
    static HAND_OVER: Option<HandOver>;
    #[wasm_bindgen(method, catch)]
    fn journal(this: &HandOver, prefix: &str, decide: &Function) -> Result<Promise, JsValue>;
}

/// One transaction over the entries whose key begins with `prefix`; no other tab's comes between. What `decide` says is
/// written when this ends well.
pub async fn transact(prefix: String, decide: Decide) -> Result<(), Unstored> {
    let decide = Closure::once(move |keys: Array, texts: Array| -> Array {
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        let held = keys.iter().map(text).zip(texts.iter().map(text)).collect();
        let flat = Array::new();
        for (key, value) in decide(held) {
            flat.push(&JsValue::from_str(&key));
            flat.push(&value.map_or(JsValue::NULL, |value| JsValue::from_str(&value)));
        }
        flat
    });
    let promise = HAND_OVER.with(|given| given.as_ref()?.journal(&prefix, decide.as_ref().unchecked_ref()).ok());
    let ended = promise.ok_or(Unstored)?.await;
    ended.map(drop).map_err(|_| Unstored)
}
