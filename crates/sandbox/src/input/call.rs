//! One request, taken apart: what it asks, with which words, under which settings.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use crate::base::json::{self, Unreadable};
use crate::base::time::Stamp;
use crate::contract::operations::{Operation, Target};
use crate::contract::settings::Settings;
use crate::input::form::Form;
use crate::problem::correlation::CorrelationId;
use crate::problem::{Code, Problem};

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

/// Whether text has the form of an id, `[A-Za-z0-9_-]{1,64}`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
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
            return Err(too_large());
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

/// 413, for the API and for the accept loop alike.
pub fn too_large() -> Problem {
    Problem::new(
        Code::PayloadTooLarge,
        "The body is larger than this server takes. Send less at a time.",
    )
}

/// A successful answer, before it becomes HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    /// JSON or nothing, unless `file` says what it is.
    pub body: Bytes,
    pub location: Option<String>,
    pub file: Option<File>,
}

/// What a body is that is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: String,
}

impl Answer {
    /// 200 with a JSON text that is already in the contract's shape.
    pub fn raw(body: String) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            location: None,
            file: None,
        }
    }

    /// 200 with a file's bytes.
    pub fn file(file: File, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            location: None,
            file: Some(file),
        }
    }

    /// 200 with a value.
    pub fn json(value: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self::raw(serde_json::to_string(value)?))
    }

    /// 204.
    pub fn empty() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: Bytes::new(),
            location: None,
            file: None,
        }
    }

    pub fn into_http(self) -> Response {
        let has_body = !self.body.is_empty();
        let mut response = Response::new(self.body.into());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        match self.file {
            Some(file) => file.describe(headers),
            None if has_body => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            }
            None => {}
        }
        if let Some(location) = self.location.and_then(|path| HeaderValue::try_from(path).ok()) {
            headers.insert(header::LOCATION, location);
        }
        response
    }
}

impl File {
    /// What somebody uploaded is handed out to be kept, never to be shown as a page of ours.
    fn describe(self, headers: &mut HeaderMap) {
        let unknown = HeaderValue::from_static("application/octet-stream");
        let kind = HeaderValue::try_from(self.content_type).unwrap_or(unknown);
        headers.insert(header::CONTENT_TYPE, kind);
        let name = utf8_percent_encode(&self.name, NON_ALPHANUMERIC);
        if let Ok(value) = HeaderValue::try_from(format!("attachment; filename*=UTF-8''{name}")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
}
