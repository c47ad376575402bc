//! Error bodies, read leniently: the platform says that their exact shape varies.

use crate::json::{Lenient, Value, parse};
use omnival_core::recovery::outcome::Problem;
use omnival_core::text::SafeText;

const MOST_FIELDS: usize = 50;
const LONGEST_BODY: usize = 64 * 1024;

/// A problem and the correlation id that came in its body.
pub struct Read {
    pub problem: Problem,
    pub correlation: Option<String>,
}

/// Never fails: what cannot be read says nothing.
pub fn read(body: &str) -> Read {
    if body.len() > LONGEST_BODY {
        return Read {
            problem: Problem::default(),
            correlation: None,
        };
    }
    let value = parse(body).unwrap_or_default();
    let first = |keys: &[&str]| keys.iter().find_map(|key| value.text(key)).map(str::to_owned);
    let message = ["detail", "message", "error", "title"]
        .iter()
        .find_map(|key| value.text(key).and_then(SafeText::from_server))
        .or_else(|| {
            value
                .get("error")
                .and_then(|error| error.text("message"))
                .and_then(SafeText::from_server)
        });
    Read {
        problem: Problem {
            code: first(&["code"]).filter(|code| is_plain(code)),
            message,
            fields: fields(&value),
        },
        correlation: first(&["correlationId", "traceId"]).filter(|id| is_plain(id)),
    }
}

/// Short and printable: fit to be quoted to support.
pub fn is_plain(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `errors: [{field, message}]` or `errors: {field: [message] | message}`.
fn fields(value: &Value) -> Vec<(String, SafeText)> {
    let pair = |field: &str, message: &Value| {
        let text = message.as_str().or_else(|| message.as_array()?.first()?.as_str())?;
        Some((field.chars().take(200).collect(), SafeText::from_server(text)?))
    };
    match value.get("errors") {
        Some(Value::List(list)) => list
            .iter()
            .filter_map(|item| pair(item.text("field")?, item.get("message")?))
            .take(MOST_FIELDS)
            .collect(),
        Some(Value::Object(map)) => map
            .iter()
            .filter_map(|(field, message)| pair(field, message))
            .take(MOST_FIELDS)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Option<String> {
        read(body).problem.message.map(|text| text.as_str().to_owned())
    }

    #[test]
    fn the_known_dialects_are_understood() {
        for body in [
            r#"{"title":"Conflict","detail":"Moved."}"#,
            r#"{"message":"Moved."}"#,
            r#"{"error":"Moved."}"#,
            r#"{"error":{"message":"Moved."}}"#,
            r#"{"title":"Moved."}"#,
            r#"{"detail":"<b>x</b>","title":"Moved."}"#,
        ] {
            assert_eq!(message(body).as_deref(), Some("Moved."), "{body}");
        }
    }

    #[test]
    fn field_errors_come_in_two_shapes() {
        for body in [
            r#"{"errors":[{"field":"property.zip","message":"Bad."},{"field":7}]}"#,
            r#"{"errors":{"property.zip":["Bad.","Worse."]}}"#,
            r#"{"errors":{"property.zip":"Bad."}}"#,
        ] {
            let fields = read(body).problem.fields;
            assert_eq!(fields.len(), 1, "{body}");
            assert_eq!((fields[0].0.as_str(), fields[0].1.as_str()), ("property.zip", "Bad."));
        }
    }

    #[test]
    fn anything_else_says_nothing() {
        let huge = ["{\"message\":\"", &"x".repeat(LONGEST_BODY), "\"}"].concat();
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "<html>",
            "null",
            "[]",
            "{\"message\":7}",
            "{\"message\":",
            &huge,
            &deep,
        ] {
            assert_eq!(message(body), None);
        }
    }

    #[test]
    fn a_correlation_id_that_is_no_plain_word_is_dropped() {
        assert_eq!(read(r#"{"correlationId":"a-1"}"#).correlation.as_deref(), Some("a-1"));
        assert_eq!(read(r#"{"correlationId":"a b\u202e"}"#).correlation, None);
    }
}
