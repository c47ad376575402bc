//! Reading an answer's body, up to a size and only as text.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStreamDefaultReader, Response};

#[wasm_bindgen]
extern "C" {
    type Step;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Step) -> bool;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Step) -> JsValue;
}

/// What came after the headers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Body {
    /// All of it; empty where an answer has none.
    Complete(String),
    /// It stalled, broke off, or the caller gave up.
    Cut,
    /// More than the caller was ready to take. The rest was not read.
    TooLarge,
    /// Not UTF-8.
    NotText,
}

/// Reads piece by piece, so that neither a missing length nor a compressed flood fills the memory.
pub(super) async fn read(response: &Response, size_cap: usize) -> Body {
    let Some(stream) = response.body() else {
        return Body::Complete(String::new());
    };
    let Ok(reader) = ReadableStreamDefaultReader::new(&stream) else {
        return Body::Cut;
    };
    let mut bytes = Vec::new();
    loop {
        let Ok(step) = reader.read().await else {
            return Body::Cut;
        };
        let step: Step = step.unchecked_into();
        if step.done() {
            break;
        }
        let Ok(piece) = step.value().dyn_into::<Uint8Array>() else {
            return Body::Cut;
        };
        if bytes.len() + piece.length() as usize > size_cap {
            drop(reader.cancel().into_future()); // heard, so that a refusal is not reported as unhandled
            return Body::TooLarge;
        }
        bytes.extend(piece.to_vec());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Body::Complete(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        }),
        Err(_) => Body::NotText,
    }
}
