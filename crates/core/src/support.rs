//! The support bundle: every item of `support/checklist` (docs/sources.md), and never a secret.
//!
//! It is read line by line, so no value may add, hide or turn round a line: each is made plain where it is put in.

use crate::order::Entry;
use crate::text::redact;
use crate::time::Timestamp;

/// The facts of one failure. What is not known is left `None` and said to be unknown.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Bundle {
    pub client: Option<String>,
    pub order: Option<String>,
    pub order_number: Option<String>,
    pub user: Option<String>,
    pub at: Option<Timestamp>,
    /// The operator's time zone, for example `Europe/Berlin`.
    pub zone: Option<String>,
    pub endpoint: Option<String>,
    pub operation: Option<String>,
    pub status: Option<u16>,
    pub message: Option<String>,
    pub correlation: Option<String>,
    pub intent: Option<String>,
    /// Whether the user retried, in words.
    pub retried: Option<String>,
    /// What the order is now, in words.
    pub order_now: Option<String>,
    /// What the order's history shows now, newest first.
    pub history: Vec<String>,
    pub console: String,
}

const HISTORY_LINES: usize = 10;

/// One history entry on one line.
pub fn line(entry: &Entry) -> String {
    let at = entry
        .occurred_at
        .map_or_else(|| "time not given".to_owned(), Timestamp::rfc3339);
    [
        at.as_str(),
        " ",
        &entry.kind,
        " by ",
        entry.who(),
        " (",
        entry.id.as_str(),
        "): ",
        &entry.summary,
    ]
    .concat()
}

impl Bundle {
    pub fn text(&self) -> String {
        let mut text = String::from("OmniVal order console: support details\n");
        let mut put = |name: &str, value: Option<&str>| {
            text.push_str(name);
            text.push_str(": ");
            text.push_str(&value.map_or_else(|| "not known".to_owned(), redact));
            text.push('\n');
        };
        put("Client ID", self.client.as_deref());
        put("Order ID", self.order.as_deref());
        put("Order number", self.order_number.as_deref());
        put("User", self.user.as_deref());
        let at = self.at.map(Timestamp::rfc3339);
        put("Timestamp (UTC)", at.as_deref());
        put("Time zone", self.zone.as_deref());
        put("Operation", self.operation.as_deref());
        put("Endpoint", self.endpoint.as_deref());
        let status = self.status.map(|status| status.to_string());
        put("HTTP status", status.as_deref().or(Some("no answer received")));
        put("Message", self.message.as_deref());
        put(
            "Correlation ID",
            self.correlation.as_deref().or(Some("not exposed by the platform")),
        );
        put("Attempt ID", self.intent.as_deref());
        put("Retried by the user", self.retried.as_deref());
        put("Order now", self.order_now.as_deref());
        if self.history.is_empty() {
            put("Order history now", Some("nothing read"));
        } else {
            put("Order history now, newest first", Some(""));
            for line in self.history.iter().take(HISTORY_LINES) {
                put("  -", Some(line));
            }
        }
        put("Console", Some(&self.console));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_of_the_checklist_is_named_even_when_unknown() {
        let text = Bundle::default().text();
        for item in [
            "Client ID",
            "Order ID",
            "User",
            "Timestamp",
            "Time zone",
            "Endpoint",
            "Operation",
            "HTTP status",
            "Message",
            "Correlation ID",
            "Retried by the user",
            "Order history now",
        ] {
            assert!(text.contains(item), "{item}");
        }
    }

    #[test]
    fn no_secret_gets_in_by_any_field() {
        let secret = "Bearer s3cr3t.s3cr3t";
        let field = Some(secret.to_owned());
        let bundle = Bundle {
            client: field.clone(),
            order: field.clone(),
            user: field.clone(),
            endpoint: field.clone(),
            message: field.clone(),
            correlation: field.clone(),
            retried: field,
            history: vec![secret.to_owned()],
            ..Bundle::default()
        };
        assert!(!bundle.text().contains("s3cr3t"), "{}", bundle.text());
    }
}
