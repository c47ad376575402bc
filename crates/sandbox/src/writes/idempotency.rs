//! `Idempotency-Key`: the same intent twice takes effect once and answers the same.
//!
//! Only what left something behind is remembered, in the transaction that did: successes, and a charge
//! that was declined. Any other refusal may be judged anew.

use axum::http::{HeaderMap, StatusCode};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::base::random;
use crate::contract::headers::IDEMPOTENCY_KEY;
use crate::input::call::{Answer, Call};
use crate::input::form::Upload;
use crate::input::is_uuid;
use crate::problem::{Code, Problem};

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
    let found = tx
        .prepare_cached(
            "SELECT request_hash, status, location, body FROM idempotency
             WHERE user_id = ?1 AND key = ?2",
        )?
        .query_row([user_id, &key.to_lowercase()], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, u16>(1)?,
                row.get(2)?,
                row.get::<_, String>(3)?,
            ))
        })
        .optional()?;
    let Some((first, status, location, body)) = found else {
        return Ok(None);
    };
    if first != fingerprint {
        return Err(Problem::new(
            Code::IdempotencyMismatch,
            "This Idempotency-Key was used for another request. Nothing was done; use a new key.",
        ));
    }
    if status == Code::PaymentDeclined.status().as_u16() {
        return Ok(Some(Err(Problem::new(Code::PaymentDeclined, body))));
    }
    Ok(Some(Ok(Answer {
        status: StatusCode::from_u16(status).map_err(Problem::internal)?,
        location,
        body: body.into(),
        file: None,
    })))
}

pub(super) fn remember(
    tx: &Transaction<'_>,
    user_id: &str,
    key: &str,
    fingerprint: &str,
    answer: &Result<Answer, Problem>,
) -> Result<(), Problem> {
    let (status, location, body) = match answer {
        Ok(answer) => {
            let body = std::str::from_utf8(&answer.body).map_err(Problem::internal)?;
            (answer.status, answer.location.as_deref(), body)
        }
        Err(problem) => (problem.code().status(), None, problem.detail()),
    };
    tx.prepare_cached(
        "INSERT INTO idempotency (user_id, key, request_hash, status, location, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        user_id,
        key.to_lowercase(),
        fingerprint,
        status.as_u16(),
        location,
        body
    ])?;
    Ok(())
}
