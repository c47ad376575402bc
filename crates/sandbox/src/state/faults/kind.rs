//! The kinds of fault, as they are written on the wire.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, header};
use serde::{Deserialize, Serialize};

use crate::problem::FieldError;

/// Ten minutes: a longer wait is a lost answer, for which there is `close`.
const MAX_DELAY_MS: u64 = 600_000;
const MAX_LAG_MS: u64 = 86_400_000;
const MAX_BODY_BYTES: usize = 256 * 1024;

/// Whether the request is processed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Instead of processing; for a delay, in front of it.
    Before,
    /// Processed and committed in full; only the answer suffers.
    After,
}

/// What another user does to the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Move {
    Assign,
    Hold,
    Cancel,
    Activate,
    Accept,
}

impl Move {
    /// Who does it unless a name is given: the first who may and who did not send the request.
    pub fn usual_users(self) -> &'static [&'static str] {
        match self {
            // The order's vendor need not be the one the demo user works for; then it is accepted
            // on the vendor's behalf.
            Move::Accept => &["vendor", "operations", "admin"],
            Move::Assign | Move::Hold | Move::Cancel | Move::Activate => &["admin", "operations"],
        }
    }
}

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// Another answer than the server's own; without a body, a problem that fits the status, with
    /// the headers the contract promises beside it.
    #[serde(rename_all = "camelCase")]
    Answer {
        when: When,
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content_type: Option<String>,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
    },
    /// The connection ends without a byte of an answer.
    Close { when: When },
    /// Milliseconds of waiting.
    Delay { when: When, ms: u64 },
    /// Processed; headers and half of the body arrive, then the connection breaks.
    Truncate {},
    /// Processed; a web page arrives where JSON was promised, as from a captive portal.
    Html {},
    /// Processed; the body is an attack on decoders and on the screen.
    Hostile {},
    /// All access tokens of all users expire, then processing goes on.
    ExpireAccessTokens {},
    /// All sessions of the user who sends the request end, then processing goes on.
    RevokeSession {},
    /// The refresh token is rotated, its successor never arrives.
    LoseRefreshAnswer {},
    /// A colleague is quicker by a moment.
    OtherUserMoves {
        #[serde(rename = "move")]
        action: Move,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// What the request writes to the history becomes visible later, in milliseconds.
    HistoryLag { ms: u64 },
}

impl Fault {
    /// Whether it decides what the client gets. At most one such fault fires on one request.
    pub fn replaces_the_answer(&self) -> bool {
        match self {
            Fault::Answer { .. }
            | Fault::Close { .. }
            | Fault::Truncate {}
            | Fault::Html {}
            | Fault::Hostile {}
            | Fault::LoseRefreshAnswer {} => true,
            Fault::Delay { .. }
            | Fault::ExpireAccessTokens {}
            | Fault::RevokeSession {}
            | Fault::OtherUserMoves { .. }
            | Fault::HistoryLag { .. } => false,
        }
    }

    /// Whether a browser would hide it by sending the request again on its own, if the
    /// connection was used before.
    pub fn needs_a_fresh_connection(&self) -> bool {
        matches!(
            self,
            Fault::Close { .. } | Fault::LoseRefreshAnswer {} | Fault::Answer { status: 408, .. }
        )
    }

    /// What is wrong with it, by field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: &str| {
            errors.push(FieldError {
                field: format!("fault.{field}"),
                message: message.to_owned(),
            });
        };
        match self {
            Fault::Answer {
                status,
                body,
                content_type,
                headers,
                ..
            } => {
                if !(200..=599).contains(status) {
                    refuse("status", "Must be from 200 to 599.");
                }
                if body.as_ref().is_some_and(|body| body.len() > MAX_BODY_BYTES) {
                    refuse("body", "Must be 256 KiB or less.");
                }
                let valid = |value: &String| HeaderValue::from_str(value).is_ok();
                if !content_type.as_ref().is_none_or(valid) {
                    refuse("contentType", "Is not a valid header value.");
                }
                for (name, value) in headers {
                    match HeaderName::try_from(name) {
                        Ok(name) if frames_the_message(&name) => {
                            refuse("headers", "Headers that frame the message cannot be set.");
                        }
                        Ok(_) if valid(value) => {}
                        _ => refuse("headers", "A name or a value is not valid in HTTP."),
                    }
                }
            }
            Fault::Delay { ms, .. } if *ms > MAX_DELAY_MS => {
                refuse("ms", "Must be 600000 or less.");
            }
            Fault::HistoryLag { ms } if *ms > MAX_LAG_MS => {
                refuse("ms", "Must be 86400000 or less.");
            }
            _ => {}
        }
        errors
    }
}

/// Set by hand, these would make one answer look like two.
fn frames_the_message(name: &HeaderName) -> bool {
    [
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::UPGRADE,
    ]
    .contains(name)
}
