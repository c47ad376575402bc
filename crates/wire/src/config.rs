//! `config.json`: what a deployment says about its platform. Read at start; nothing needs a rebuild.
//!
//! [`RULES`] is the one description of the file. The boot script's check and the table in `docs/deployment.md` are
//! generated from it. Nothing is guessed for a missing field.

use crate::json::{Lenient, Value, parse};

/// How the refresh token travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// An HttpOnly cookie; no script ever holds it.
    Cookie,
    /// In request and answer bodies; kept in memory only.
    Body,
}

/// Invariant: every field keeps its rule.
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

/// One field of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Its name; a dot leads into an object.
    pub field: &'static str,
    pub kind: Kind,
    /// What the delivered file says, as JSON.
    pub delivered: &'static str,
}

/// What a value must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Empty for the console's own origin, or an http(s) address without query, fragment, user or slash at its end.
    Address,
    Choice(&'static [&'static str]),
    Flag,
    /// A whole number, both bounds included.
    Milliseconds {
        least: u32,
        most: u32,
    },
    /// Not blank; so many characters at most.
    Name {
        longest: usize,
    },
}

const COOKIE: &str = "cookie";
const BODY: &str = "body";

const API_BASE: &str = "apiBase";
const TRANSPORT: &str = "refreshTransport";
const FENCE: &str = "abilities.fence";
const IDEMPOTENCY_KEY: &str = "abilities.idempotencyKey";
const SETTLE_MS: &str = "settleWindowMs";
const TIMEOUT_MS: &str = "requestTimeoutMs";
const BRAND: &str = "brand.name";

const fn rule(field: &'static str, kind: Kind, delivered: &'static str) -> Rule {
    Rule { field, kind, delivered }
}

const DAY_MS: u32 = 86_400_000;

pub const RULES: [Rule; 7] = [
    rule(API_BASE, Kind::Address, "\"\""),
    rule(TRANSPORT, Kind::Choice(&[COOKIE, BODY]), "\"cookie\""),
    rule(FENCE, Kind::Flag, "true"),
    rule(IDEMPOTENCY_KEY, Kind::Flag, "true"),
    rule(SETTLE_MS, Kind::Milliseconds { least: 0, most: DAY_MS }, "120000"),
    rule(
        TIMEOUT_MS,
        Kind::Milliseconds {
            least: 100,
            most: 600_000,
        },
        "30000",
    ),
    rule(BRAND, Kind::Name { longest: 60 }, "\"OmniVal Orders\""),
];

impl Kind {
    /// The rest of a sentence that begins with the field.
    pub fn must(self) -> String {
        match self {
            Self::Address => {
                "must be \"\" (this same address) or an address such as \"https://api.example.com\", without a \
                              slash at its end"
                    .to_owned()
            }
            Self::Choice(choices) => ["must be \"", &choices.join("\" or \""), "\""].concat(),
            Self::Flag => "must be true or false".to_owned(),
            Self::Milliseconds { least, most } => [
                "must be a whole number of milliseconds from ",
                &least.to_string(),
                " to ",
                &most.to_string(),
            ]
            .concat(),
            Self::Name { longest } => ["must be a name of at most ", &longest.to_string(), " characters"].concat(),
        }
    }

    fn fits(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Address => text.is_some_and(is_address),
            Self::Choice(choices) => text.is_some_and(|text| choices.contains(&text)),
            Self::Flag => value.as_bool().is_some(),
            Self::Milliseconds { least, most } => value
                .as_u64()
                .is_some_and(|number| (u64::from(least)..=u64::from(most)).contains(&number)),
            Self::Name { longest } => {
                text.is_some_and(|text| !text.trim().is_empty() && text.chars().count() <= longest)
            }
        }
    }
}

impl Rule {
    /// What is wrong with the field, as one sentence.
    fn fault(&self, config: &Value) -> Option<String> {
        let value = at(config, self.field);
        if value.is_some_and(|value| self.kind.fits(value)) {
            return None;
        }
        let missing = if value.is_none() { " is missing; it " } else { " " };
        Some([self.field, missing, &self.kind.must(), "."].concat())
    }
}

impl Config {
    pub fn read(text: &str) -> Result<Self, ConfigProblem> {
        let value = parse(text).map_err(|_| ConfigProblem("config.json is not JSON.".into()))?;
        let faults: Vec<String> = RULES.iter().filter_map(|rule| rule.fault(&value)).collect();
        if !faults.is_empty() {
            return Err(ConfigProblem(faults.join(" ")));
        }
        let text = |field| at(&value, field).and_then(Value::as_str).unwrap_or_default();
        let flag = |field| at(&value, field).and_then(Value::as_bool).unwrap_or_default();
        let ms = |field| at(&value, field).and_then(Value::as_u64).unwrap_or_default();
        Ok(Self {
            api_base: text(API_BASE).to_owned(),
            transport: if text(TRANSPORT) == BODY {
                Transport::Body
            } else {
                Transport::Cookie
            },
            fence: flag(FENCE),
            idempotency_key: flag(IDEMPOTENCY_KEY),
            settle_ms: ms(SETTLE_MS),
            timeout_ms: u32::try_from(ms(TIMEOUT_MS)).unwrap_or(u32::MAX),
            brand: text(BRAND).to_owned(),
        })
    }
}

fn at<'a>(config: &'a Value, field: &str) -> Option<&'a Value> {
    match field.split_once('.') {
        Some((object, name)) => config.object(object)?.get(name),
        None => config.get(field),
    }
}

/// `tests/boot/config-cases.json` holds this and the boot script's reading of the same rule to one another.
fn is_address(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || "?#\\".contains(c);
    rest.is_some_and(|rest| {
        let mut parts = rest.split('/');
        let host = parts.next().unwrap_or_default();
        !rest.contains(odd) && is_host(host) && parts.all(|part| !part.is_empty())
    })
}

/// A name or an IPv6 address in brackets, and perhaps a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((address, port)) => {
            let digits = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
            if address.is_empty() || !address.chars().all(digits) {
                return false;
            }
            ("", port)
        }
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = host.is_empty() == text.starts_with('[') && !host.contains(['@', '[', ']']);
    is_name && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered() -> String {
        let field = |name: &str| {
            let rule = RULES.iter().find(|rule| rule.field == name);
            let last = name.rsplit('.').next().unwrap_or_default();
            rule.map(|rule| ["\"", last, "\":", rule.delivered].concat())
                .unwrap_or_default()
        };
        [
            "{",
            &[API_BASE, TRANSPORT, SETTLE_MS, TIMEOUT_MS].map(field).join(","),
            ",\"abilities\":{",
            &[FENCE, IDEMPOTENCY_KEY].map(field).join(","),
            "},\"brand\":{",
            &field(BRAND),
            "}}",
        ]
        .concat()
    }

    #[test]
    fn the_delivered_file_keeps_every_rule() {
        let config = Config::read(&delivered());
        assert!(
            config
                .as_ref()
                .is_ok_and(|config| config.transport == Transport::Cookie && config.settle_ms == 120_000),
            "{config:?}"
        );
    }

    #[test]
    fn nothing_is_guessed_for_a_missing_field() {
        let problem = Config::read("{}").map_err(|problem| problem.0);
        for rule in RULES {
            let sentence = [rule.field, " is missing; it must be "].concat();
            assert!(
                problem.as_ref().is_err_and(|problem| problem.contains(&sentence)),
                "{problem:?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, says) in [
            ("\"apiBase\":\"\"", "\"apiBase\":\"javascript:1\"", "apiBase must be"),
            (
                "\"cookie\"",
                "\"pigeon\"",
                "refreshTransport must be \"cookie\" or \"body\".",
            ),
            (
                "120000",
                "-1",
                "settleWindowMs must be a whole number of milliseconds from 0 to 86400000.",
            ),
            ("120000", "\"9\"", "settleWindowMs must be"),
            (
                "\"fence\":true",
                "\"fence\":1",
                "abilities.fence must be true or false.",
            ),
            (
                "\"OmniVal Orders\"",
                "\" \"",
                "brand.name must be a name of at most 60 characters.",
            ),
        ] {
            let text = delivered().replace(from, to);
            let problem = Config::read(&text).err().map(|problem| problem.0).unwrap_or_default();
            assert!(problem.contains(says), "{text}: {problem}");
            assert!(!problem.contains("missing"), "{problem}");
        }
        assert!(Config::read("").is_err_and(|problem| problem.0.contains("not JSON")));
        assert!(Config::read("[]").is_err_and(|problem| problem.0.contains("apiBase is missing")));
    }
}
