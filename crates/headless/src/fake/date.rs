//! HTTP dates, of the one form that servers write: `Wed, 21 Oct 2026 07:28:00 GMT`.

use omnival_core::time::Timestamp;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub fn parse(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let (day, month, year, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let month = [if month < 10 { "0" } else { "" }, &month.to_string()].concat();
    Timestamp::parse(&[year, "-", &month, "-", day, "T", time, "Z"].concat())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_http_date_is_read_and_nonsense_is_not() {
        let date = parse("Wed, 21 Oct 2026 07:28:00 GMT");
        assert_eq!(date.map(|date| date.rfc3339()).as_deref(), Some("2026-10-21T07:28:00Z"));
        for nonsense in ["", "soon", "Wed, 21 Okt 2026 07:28:00 GMT", "Wed, 21"] {
            assert!(parse(nonsense).is_none(), "{nonsense}");
        }
    }
}
