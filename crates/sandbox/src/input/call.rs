//! One request, taken apart: what it asks, with which words, under which settings.

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::checks::is_id;
use super::form::Form;
use crate::base::json::{self, Unreadable};
use crate::base::time::Stamp;
use crate::contract::address::Target;
use crate::contract::operations::Operation;
use crate::contract::settings::Settings;
use crate::problem::{Code, CorrelationId, Problem};

/// The largest body the API takes, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Delays the visibility of what this one request writes to history, in milliseconds; overrides the
/// setting. Faults put it into a request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct HistoryLag(pub u64);

/// The ids of a path; empty where the path has none.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    pub client: String,
    pub loan: String,
    pub order: String,
    /// A history entry, a report, a document …
    pub part: String,
    pub party: String,
}

/// A request with everything its handling may depend on, fixed at its arrival.
#[derive(Clone, Debug)]
pub struct Call {
    pub operation: Operation,
    pub ids: Ids,
    pub query: Option<String>,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// What an upload's body holds, or why it cannot be read.
    pub form: Option<Result<Form, Problem>>,
    pub correlation: CorrelationId,
    pub settings: Settings,
    pub now: Stamp,
    /// See [`HistoryLag`]; the setting where no fault overrides it.
    pub history_lag_ms: u64,
    /// The database's, read before any snapshot was taken for this call.
    pub generation: u64,
}

impl Ids {
    /// The ids of a matched path; 404 for one that no id can look like.
    pub fn of(target: &Target<'_>) -> Result<Self, Problem> {
        let id = |segment: Option<&str>, what| match segment {
            None => Ok(String::new()),
            Some(segment) => percent_decode_str(segment)
                .decode_utf8()
                .ok()
                .filter(|id| is_id(id))
                .map(|id| id.into_owned())
                .ok_or_else(|| Problem::not_found(what)),
        };
        Ok(Self {
            client: id(target.client_id, "client")?,
            loan: id(target.loan_id, "loan")?,
            order: id(target.order_id, "order")?,
            part: id(target.part_id, "part of an order")?,
            party: id(target.party, "party")?,
        })
    }
}

impl Call {
    /// The query's parameters, decoded; 400 if they are not UTF-8.
    pub fn parameters(&self) -> Result<Vec<(String, String)>, Problem> {
        let decode = |text: &str| {
            percent_decode_str(&text.replace('+', " "))
                .decode_utf8()
                .map(|text| text.into_owned())
                .map_err(|_| Problem::field("", "The query is not valid UTF-8."))
        };
        self.query
            .as_deref()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Ok((decode(name)?, decode(value)?))
            })
            .collect()
    }

    /// The JSON body; `None` if there is no body at all. 413, 415 or 400 if it cannot be read.
    pub fn json(&self) -> Result<Option<Value>, Problem> {
        if self.body.len() > MAX_BODY_BYTES {
            return Err(Problem::too_large());
        }
        if self.body.is_empty() {
            return Ok(None);
        }
        let is_json = self
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "The body must be sent as application/json.",
            ));
        }
        json::parse(&self.body).map(Some).map_err(|why| {
            let message = match why {
                Unreadable::NotJson => "The body is not valid JSON.",
                Unreadable::MemberTwice => "The body names a member twice. Send each once.",
            };
            Problem::field("", message)
        })
    }

    /// When what this request writes to history becomes visible.
    pub fn visible_at(&self) -> Stamp {
        self.now.plus(i64::try_from(self.history_lag_ms).unwrap_or(i64::MAX))
    }
}
