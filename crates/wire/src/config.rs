//! `config.json`: what a deployment says about its platform. Read at start; nothing needs a rebuild.

use crate::json::{Lenient, Value, parse};

/// How the refresh token travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// An HttpOnly cookie; no script ever holds it.
    Cookie,
    /// In request and answer bodies; kept in memory only.
    Body,
}

/// Invariant: `api_base` is empty (same origin) or an http(s) address without a trailing slash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    pub api_base: String,
    pub transport: Transport,
    pub fence: bool,
    pub idempotency_key: bool,
    pub settle_ms: u64,
    pub timeout_ms: u32,
    pub brand: String,
}

/// What is wrong with the file, in words for whoever deploys.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigProblem(pub String);

const DEFAULT_SETTLE_MS: i64 = 120_000;
const DEFAULT_TIMEOUT_MS: i64 = 30_000;

impl Config {
    pub fn read(text: &str) -> Result<Self, ConfigProblem> {
        let value = parse(text).map_err(|_| ConfigProblem("config.json is not JSON.".into()))?;
        if !value.is_object() {
            return Err(ConfigProblem("config.json must hold one JSON object.".into()));
        }
        let api_base = value.text("apiBase").unwrap_or_default();
        let absolute = api_base.starts_with("https://") || api_base.starts_with("http://");
        if !(api_base.is_empty() || absolute) || api_base.ends_with('/') {
            return Err(wrong(
                "apiBase",
                "an http(s) address without a trailing slash, or empty for the same origin",
            ));
        }
        let transport = match value.text("refreshTransport") {
            None | Some("cookie") => Transport::Cookie,
            Some("body") => Transport::Body,
            Some(_) => return Err(wrong("refreshTransport", "\"cookie\" or \"body\"")),
        };
        let abilities = value.object("abilities").unwrap_or(&Value::Null);
        let ms = |key: &'static str, default: i64, range: std::ops::RangeInclusive<i64>| {
            let number = if value.get(key).is_some() {
                value.int(key)
            } else {
                Some(default)
            };
            number
                .filter(|number| range.contains(number))
                .and_then(|number| u32::try_from(number).ok())
                .ok_or_else(|| wrong(key, "a number of milliseconds within reason"))
        };
        Ok(Self {
            api_base: api_base.to_owned(),
            transport,
            fence: abilities.flag("fence"),
            idempotency_key: abilities.flag("idempotencyKey"),
            settle_ms: ms("settleWindowMs", DEFAULT_SETTLE_MS, 0..=86_400_000)?.into(),
            timeout_ms: ms("requestTimeoutMs", DEFAULT_TIMEOUT_MS, 100..=600_000)?,
            brand: value
                .object("brand")
                .and_then(|brand| brand.owned("name"))
                .unwrap_or_else(|| "OmniVal Orders".into()),
        })
    }
}

fn wrong(field: &str, wanted: &str) -> ConfigProblem {
    ConfigProblem(["In config.json, \"", field, "\" must be ", wanted, "."].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_is_a_safe_deployment() {
        let config = Config::read("{}");
        assert!(config.is_ok_and(|config| {
            config.transport == Transport::Cookie
                && !config.fence
                && !config.idempotency_key
                && config.settle_ms == 120_000
        }));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, names) in [
            ("", "not JSON"),
            ("[]", "one JSON object"),
            (r#"{"apiBase":"javascript:1"}"#, "apiBase"),
            (r#"{"apiBase":"https://x/"}"#, "apiBase"),
            (r#"{"refreshTransport":"pigeon"}"#, "refreshTransport"),
            (r#"{"settleWindowMs":-1}"#, "settleWindowMs"),
            (r#"{"settleWindowMs":"9"}"#, "settleWindowMs"),
        ] {
            let problem = Config::read(text).err().map(|problem| problem.0).unwrap_or_default();
            assert!(problem.contains(names), "{text}: {problem}");
        }
    }
}
