//! What the boot script hands over as `window.omnival`, and what it is told.
//!
//! The script starts the configuration, the session and the first read while the wasm is still on its way. Each answer is
//! taken once and removed from the page, because the session's carries a token. Must never keep or print a body.

use js_sys::Promise;
use omnival_headless::boot;
use omnival_headless::platform::{BootOrders, BootSession};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type HandOver;
    #[wasm_bindgen(thread_local_v2, js_name = omnival)]
    static HAND_OVER: Option<HandOver>;
    #[wasm_bindgen(method, getter)]
    fn base(this: &HandOver) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = configText)]
    fn config_text(this: &HandOver) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn session(this: &HandOver) -> JsValue;
    #[wasm_bindgen(method, setter, catch)]
    fn set_session(this: &HandOver, value: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = firstOrders)]
    fn first_orders(this: &HandOver) -> JsValue;
    #[wasm_bindgen(method, setter, catch, js_name = firstOrders)]
    fn set_first_orders(this: &HandOver, value: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn crashed(this: &HandOver, message: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    fn tab(this: &HandOver) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn alive(this: &HandOver) -> JsValue;

    /// An answer as the script read it, or why there is none.
    type Fetched;
    #[wasm_bindgen(method, getter)]
    fn url(this: &Fetched) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Fetched) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Fetched) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn error(this: &Fetched) -> JsValue;
}

/// `config.json` as it was read and checked by the boot script; `None` when there is none to use.
pub fn config_text() -> Option<String> {
    HAND_OVER.with(|given| given.as_ref()?.config_text().as_string())
}

/// The path of the folder that the console lies in. Empty without the boot script.
pub fn base() -> String {
    HAND_OVER
        .with(|given| given.as_ref()?.base().as_string())
        .unwrap_or_default()
}

/// This page's id among the others. Empty without the boot script.
pub fn tab() -> String {
    HAND_OVER
        .with(|given| given.as_ref()?.tab().as_string())
        .unwrap_or_default()
}

/// Ready when it is known whether this page holds the lock that tells of its life.
pub async fn alive() -> bool {
    let promise = HAND_OVER.with(|given| given.as_ref().map(HandOver::alive));
    match promise {
        Some(promise) => Promise::resolve(&promise).await.is_ok_and(|held| held.is_truthy()),
        None => false,
    }
}

/// Ready when the boot script's refresh is. To be taken once; later calls say [`BootSession::NotSent`].
pub async fn session() -> BootSession {
    let promise = HAND_OVER.with(|given| {
        let given = given.as_ref()?;
        let promise = given.session();
        let _ = given.set_session(&JsValue::NULL);
        Some(promise)
    });
    boot::session(found(promise).await)
}

/// Ready when the boot script's first read is; `None` when there is none to take. To be taken once.
pub async fn first_orders() -> Option<BootOrders> {
    let promise = HAND_OVER.with(|given| {
        let given = given.as_ref()?;
        let promise = given.first_orders();
        let _ = given.set_first_orders(&JsValue::NULL);
        Some(promise)
    });
    boot::orders(found(promise).await)
}

/// What became of one of the script's promises.
async fn found(promise: Option<JsValue>) -> boot::HandOver {
    let Some(promise) = promise else {
        return boot::HandOver::Absent;
    };
    match Promise::resolve(&promise).await {
        Err(_) => boot::HandOver::Broken,
        Ok(nothing) if nothing.is_falsy() => boot::HandOver::Nothing,
        Ok(fetched) => {
            let fetched: Fetched = fetched.unchecked_into();
            boot::HandOver::Found(boot::Fetched {
                url: fetched.url().as_string(),
                status: fetched.status().as_f64().and_then(boot::status),
                body: fetched.body().as_string(),
                error: fetched.error().as_string(),
            })
        }
    }
}

/// Tells the boot script that the program ended, so that it shows the crash screen.
pub fn crashed(message: &str) {
    HAND_OVER.with(|given| given.as_ref().map(|given| given.crashed(message)));
}
