//! The routes beside the page: ledger, settings, reset, a colleague's acts, sample ids.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::colleague::{self, Change};
use super::growth;
use crate::automation;
use crate::contract::settings::Settings;
use crate::problem::Problem;
use crate::seed;
use crate::state::AppState;
use crate::store::{ledger, samples};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LedgerQuery {
    order_id: Option<String>,
    operation: Option<String>,
    user: Option<String>,
}

pub async fn ledger(
    State(state): State<AppState>,
    query: Result<Query<LedgerQuery>, QueryRejection>,
) -> Result<Json<ledger::Page>, Problem> {
    let Query(query) = query.map_err(|error| Problem::field("", format!("The filter cannot be read: {error}.")))?;
    // An emptied field of a form means "no filter".
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let filter = ledger::Filter {
        order_id: given(query.order_id),
        operation: given(query.operation),
        user: given(query.user),
    };
    // What was due has happened, also as the ledger tells it.
    automation::catch_up(&state).await;
    let page = state
        .db
        .read(move |connection| ledger::list(connection, &filter))
        .await?;
    Ok(Json(page))
}

pub async fn clear_ledger(State(state): State<AppState>) -> Result<StatusCode, Problem> {
    state.db.write(|tx| ledger::clear(tx)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn settings(State(state): State<AppState>) -> Json<Settings> {
    Json(state.settings())
}

pub async fn change_settings(State(state): State<AppState>, body: Bytes) -> Result<Json<Settings>, Problem> {
    let change: Value = parse(&body)?;
    state.change_settings(&change).map(Json)
}

/// A fresh world. Requests that a fault still holds back are abandoned, not carried over.
pub async fn reset(State(state): State<AppState>) -> Result<StatusCode, Problem> {
    state.faults.reset();
    seed::reset(&state).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Act {
    #[serde(rename = "as")]
    username: String,
    operation: String,
    order_id: String,
    body: Option<Value>,
}

pub async fn act(State(state): State<AppState>, body: Bytes) -> Result<Json<Value>, Problem> {
    let act: Act = parse(&body)?;
    let change = Change::by_id(&act.operation)
        .ok_or_else(|| Problem::field("operation", "No operation that writes to an order."))?;
    colleague::perform(&state, &act.username, change, &act.order_id, act.body)
        .await
        .map(Json)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Grow {
    order_id: String,
    #[serde(default)]
    history: u32,
    #[serde(default)]
    documents: u32,
}

/// Makes one order big.
pub async fn grow(State(state): State<AppState>, body: Bytes) -> Result<StatusCode, Problem> {
    let grow: Grow = parse(&body)?;
    growth::grow(&state, grow.order_id, grow.history, grow.documents).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn samples(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    state.db.read(samples::read).await.map(Json)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::field("", format!("The request cannot be read: {error}.")))
}
