//! The last word of a program that broke.
//!
//! A panic ends a wasm program: nothing of the console runs after it. So the hook only hands message and place to the boot
//! script, which owns the crash screen, and to the console of the developer tools.

use std::panic;

use wasm_bindgen::prelude::*;

use super::boot;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

/// To be called first thing in `main`.
pub fn install() {
    panic::set_hook(Box::new(|broken| {
        let message = broken.to_string();
        error(&message);
        boot::crashed(&message);
    }));
}
