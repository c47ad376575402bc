//! No streams, in place of the crate `wasm-streams` (`[patch.crates-io]` in the root manifest).
//!
//! Leptos always brings its server functions along, and they that crate. It exports classes to scripts, which neither
//! linker nor `wasm-opt` may drop, so a console without a single server function would carry five kilobytes for them.
//! Here is what server functions need to compile. Must never be used: a stream from here holds nothing.

use futures_util::stream::{self, Stream};
use wasm_bindgen::{JsCast, JsValue};

/// Invariant: it is never read and never written.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>>) -> Self {
        Self(JsValue::NULL.unchecked_into())
    }

    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        stream::empty()
    }
}
