//! Which requests a fault is meant for.

use axum::http::Method;
use serde::Serialize;

use crate::contract::operations::Operation;

/// Everything that is given must fit; nothing given means every request under `/api`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Selector {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A path in which `*` stands for any characters, slashes too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// What a selector looks at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub operation: Option<Operation>,
    pub method: &'a Method,
    pub path: &'a str,
}

impl Selector {
    pub fn fits(&self, subject: Subject<'_>) -> bool {
        self.operation.is_none_or(|wanted| subject.operation == Some(wanted))
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| subject.method.as_str().eq_ignore_ascii_case(wanted))
            && self.path.as_deref().is_none_or(|glob| glob_fits(glob, subject.path))
    }
}

/// Without going back: for all pieces but the last, the leftmost place is as good as any.
fn glob_fits(glob: &str, text: &str) -> bool {
    let mut pieces = glob.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut last = None;
    for piece in pieces {
        if let Some(middle) = last.replace(piece) {
            match rest.find(middle) {
                Some(at) => rest = &rest[at + middle.len()..],
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |piece| rest.ends_with(piece))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::operations::OrderWrite;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (glob, text, fits) in [
            ("/api/auth/me", "/api/auth/me", true),
            ("/api/auth/me", "/api/auth/me/", false),
            ("/api/*/orders", "/api/clients/c1/orders", true),
            ("/api/*/orders", "/api/clients/c1/orders/o1", false),
            ("*", "", true),
            ("*/orders/*/activate", "/api/clients/c/loans/l/orders/o/activate", true),
            ("*/orders/*/activate", "/api/clients/c/loans/l/orders/o/hold", false),
            ("/a*b*b", "/ab", false),
            ("/a*b*b", "/abb", true),
            ("/a**c", "/abc", true),
            ("", "/", false),
        ] {
            assert_eq!(glob_fits(glob, text), fits, "{glob} on {text}");
        }
    }

    #[test]
    fn everything_given_must_fit() {
        let subject = Subject {
            operation: Some(OrderWrite::HoldOrder.into()),
            method: &Method::POST,
            path: "/api/x/hold",
        };
        let selector = |operation: Option<OrderWrite>, method: Option<&str>, path: Option<&str>| Selector {
            operation: operation.map(Into::into),
            method: method.map(str::to_owned),
            path: path.map(str::to_owned),
        };
        assert!(Selector::default().fits(subject));
        assert!(selector(Some(OrderWrite::HoldOrder), Some("post"), Some("*/hold")).fits(subject));
        assert!(!selector(Some(OrderWrite::CancelOrder), Some("POST"), None).fits(subject));
        assert!(!selector(Some(OrderWrite::HoldOrder), Some("GET"), None).fits(subject));
        assert!(!selector(Some(OrderWrite::HoldOrder), None, Some("*/cancel")).fits(subject));
    }
}
