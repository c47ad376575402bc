//! Which precompressed twin of a file the client accepts.

use axum::http::{HeaderMap, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// Smallest first; `Identity` always comes last, because a file without twins must be served.
    pub fn acceptable(headers: &HeaderMap) -> impl Iterator<Item = Encoding> {
        let accepts = |coding: &str| weight(headers, coding).is_some_and(|weight| weight > 0.0);
        let (brotli, gzip) = (accepts("br"), accepts("gzip"));
        [
            (Encoding::Brotli, brotli),
            (Encoding::Gzip, gzip),
            (Encoding::Identity, true),
        ]
        .into_iter()
        .filter_map(|(encoding, accepted)| accepted.then_some(encoding))
    }

    /// What the twin's file name ends with.
    pub fn suffix(self) -> &'static str {
        match self {
            Encoding::Brotli => ".br",
            Encoding::Gzip => ".gz",
            Encoding::Identity => "",
        }
    }

    /// The value of `Content-Encoding`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Brotli => Some("br"),
            Encoding::Gzip => Some("gzip"),
            Encoding::Identity => None,
        }
    }
}

/// The weight of `coding` in `Accept-Encoding`; `*` speaks for what is not named.
fn weight(headers: &HeaderMap, coding: &str) -> Option<f32> {
    let mut wildcard = None;
    let items = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','));
    for item in items {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
            .map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
        if name.eq_ignore_ascii_case(coding) {
            return Some(weight);
        }
        if name == "*" {
            wildcard = Some(weight);
        }
    }
    wildcard
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn chosen(accept: &'static str) -> Vec<Encoding> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Encoding::acceptable(&headers).collect()
    }

    #[test]
    fn names_weights_and_the_wildcard_decide() {
        use Encoding::{Brotli, Gzip, Identity};
        assert_eq!(chosen("gzip, deflate, br, zstd"), [Brotli, Gzip, Identity]);
        assert_eq!(chosen("br;q=0, gzip;q=0.5"), [Gzip, Identity]);
        assert_eq!(chosen("BR"), [Brotli, Identity]);
        assert_eq!(chosen("*, br;q=0"), [Gzip, Identity]);
        assert_eq!(chosen("*;q=0"), [Identity]);
        assert_eq!(chosen("gzip;q=nonsense"), [Identity]);
        assert_eq!(chosen(""), [Identity]);
        assert_eq!(Encoding::acceptable(&HeaderMap::new()).collect::<Vec<_>>(), [Identity]);
    }
}
