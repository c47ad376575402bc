//! `Idempotency-Key`: the same intent twice takes effect once and answers the same.
//!
//! Only what left something behind is remembered, in the transaction that did: successes, and a charge
//! that was declined. Any other refusal may be judged anew.

use axum::http::{HeaderMap, StatusCode};
use rusqlite::Transaction;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::base::random;
use crate::contract::answer::Answer;
use crate::contract::headers::IDEMPOTENCY_KEY;
use crate::input::call::Call;
use crate::input::form::Upload;
use crate::input::is_uuid;
use crate::problem::{Code, Problem};
use crate::store::intents::{self, Remembered};

/// The key of a request; 400 if it is no UUID, or not the only one: one request has one intent.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Problem::field("Idempotency-Key", "Send one key with a request."));
    }
    value
        .to_str()
        .ok()
        .filter(|text| is_uuid(text))
        .map(Some)
        .ok_or_else(|| Problem::field("Idempotency-Key", "Must be a UUID."))
}

/// Equal for requests that ask the same of the same order, whatever the order of members.
pub(super) fn fingerprint(call: &Call, body: Option<&Value>, file: Option<&Upload>) -> String {
    let ids = &call.ids;
    let mut hash = Sha256::new();
    for part in [
        call.operation.id(),
        &ids.client,
        &ids.loan,
        &ids.order,
        &ids.part,
        &ids.party,
    ] {
        hash.update(part.as_bytes());
        hash.update(b"\n");
    }
    if let Some(body) = body {
        hash.update(body.to_string().as_bytes());
    }
    if let Some(file) = file {
        for part in [file.name.as_bytes(), file.content_type.as_bytes(), &file.bytes] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
    }
    random::encode_hex(&hash.finalize())
}

/// The first answer to this key, if it was used; 422 if it was used for something else.
pub(super) fn replay(
    tx: &Transaction<'_>,
    user_id: &str,
    key: &str,
    fingerprint: &str,
) -> Result<Option<Result<Answer, Problem>>, Problem> {
    let Some(first) = intents::find(tx, user_id, key)? else {
        return Ok(None);
    };
    if first.fingerprint != fingerprint {
        return Err(Problem::new(
            Code::IdempotencyMismatch,
            "This Idempotency-Key was used for another request. Nothing was done; use a new key.",
        ));
    }
    if first.status == Code::PaymentDeclined.status().as_u16() {
        return Ok(Some(Err(Problem::new(Code::PaymentDeclined, first.body))));
    }
    Ok(Some(Ok(Answer {
        status: StatusCode::from_u16(first.status).map_err(Problem::internal)?,
        location: first.location,
        body: first.body.into(),
        file: None,
    })))
}

pub(super) fn remember(
    tx: &Transaction<'_>,
    user_id: &str,
    key: &str,
    fingerprint: String,
    answer: &Result<Answer, Problem>,
) -> Result<(), Problem> {
    let (status, location, body) = match answer {
        Ok(answer) => {
            let body = std::str::from_utf8(&answer.body).map_err(Problem::internal)?;
            (answer.status, answer.location.clone(), body)
        }
        Err(problem) => (problem.code().status(), None, problem.detail()),
    };
    let first = Remembered {
        fingerprint,
        status: status.as_u16(),
        location,
        body: body.to_owned(),
    };
    intents::remember(tx, user_id, key, &first)
}
