//! The console's `config.json`, answered from the live settings, so that the console always believes what the
//! sandbox does. Only the brand comes from the built file.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::AppState;

pub(super) async fn answer(state: &AppState) -> Response {
    let settings = state.settings();
    let brand = built_brand(state).await;
    let config = json!({
        "apiBase": "",
        "refreshTransport": settings.refresh_transport,
        "abilities": { "fence": settings.fence, "idempotencyKey": settings.idempotency_key },
        "settleWindowMs": settings.settle_window_ms,
        "requestTimeoutMs": settings.request_timeout_ms,
        "brand": brand.unwrap_or_else(|| json!({ "name": "OmniVal Orders" })),
    });
    let mut response = axum::Json(config).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

async fn built_brand(state: &AppState) -> Option<Value> {
    let file = state.options.dist.as_ref()?.join("config.json");
    let bytes = tokio::fs::read(file).await.ok()?;
    let mut config: Value = serde_json::from_slice(&bytes).ok()?;
    config.get_mut("brand").map(Value::take).filter(Value::is_object)
}
