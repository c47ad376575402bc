//! `/sandbox/faults`: arm, look, disarm.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, post};
use serde::Deserialize;

use crate::contract::operations::{Operation, SessionOperation};
use crate::control::guard;
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::state::faults::{Fault, Selector};

const MAX_COUNT: u32 = 100_000;
const MAX_GLOB: usize = 500;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/sandbox/faults", post(arm).get(list).delete(disarm_all))
        .route("/sandbox/faults/{id}", delete(disarm))
        .layer(from_fn(guard::control))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ToArm {
    operation: Option<String>,
    method: Option<String>,
    path: Option<String>,
    nth: Option<u32>,
    count: Option<u32>,
    fault: Fault,
}

impl ToArm {
    fn operation(&self) -> Option<Operation> {
        self.operation.as_deref().and_then(Operation::by_id)
    }

    fn check(&self) -> Vec<FieldError> {
        let mut errors = self.fault.check();
        let mut refuse = |field: &str, message: &str| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: message.to_owned(),
            });
        };
        if self.operation.is_some() && self.operation().is_none() {
            refuse("operation", "Is not an operationId of the contract.");
        }
        let known = [
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ];
        let is_known = |name: &str| known.iter().any(|method| method.as_str().eq_ignore_ascii_case(name));
        if !self.method.as_deref().is_none_or(is_known) {
            refuse("method", "Must be GET, HEAD, POST, PUT, PATCH or DELETE.");
        }
        if self
            .path
            .as_ref()
            .is_some_and(|path| path.is_empty() || path.len() > MAX_GLOB)
        {
            refuse("path", "Must have 1 to 500 characters.");
        }
        for (field, number) in [("nth", self.nth), ("count", self.count)] {
            if number.is_some_and(|number| !(1..=MAX_COUNT).contains(&number)) {
                refuse(field, "Must be from 1 to 100000.");
            }
        }
        errors
    }
}

async fn arm(State(state): State<AppState>, body: Bytes) -> Result<Response, Problem> {
    let wanted: ToArm = serde_json::from_slice(&body)
        .map_err(|error| Problem::field("", format!("The fault cannot be read: {error}.")))?;
    let errors = wanted.check();
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    let mut selector = Selector {
        operation: wanted.operation(),
        method: wanted.method,
        path: wanted.path,
    };
    if wanted.fault == (Fault::LoseRefreshAnswer {}) && selector == Selector::default() {
        selector.operation = Some(SessionOperation::RefreshSession.into());
    }
    let fresh = wanted.fault.needs_a_fresh_connection();
    let armed = state.faults.arm(
        selector,
        wanted.nth.unwrap_or(1),
        wanted.count.unwrap_or(1),
        wanted.fault,
    )?;
    if fresh {
        state.faults.connections().drained().await;
    }
    Ok((StatusCode::CREATED, axum::Json(armed)).into_response())
}

async fn list(State(state): State<AppState>) -> Response {
    axum::Json(state.faults.overview()).into_response()
}

async fn disarm_all(State(state): State<AppState>) -> StatusCode {
    state.faults.disarm_all();
    StatusCode::NO_CONTENT
}

async fn disarm(State(state): State<AppState>, Path(id): Path<String>) -> StatusCode {
    // One that has fired meanwhile is gone as well, and that is what was asked for.
    state.faults.disarm(&id);
    StatusCode::NO_CONTENT
}
