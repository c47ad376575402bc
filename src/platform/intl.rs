//! Times, days and money in the operator's way of writing, by the browser's `Intl`.
//!
//! Nothing here computes with money, and nothing panics on what a server sent: a text that is not what it should be is
//! shown as it came. Times are shown in the operator's zone, as it was when the page was loaded.

use std::cell::{OnceCell, RefCell};

use js_sys::JSON;
use omnival_core::{
    money::Money,
    time::{Timestamp, is_calendar_day},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, epoch_ms: f64) -> Result<String, JsValue>;
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateTimeFormat) -> Resolved;
    type Resolved;
    #[wasm_bindgen(method, getter, js_name = timeZone)]
    fn time_zone(this: &Resolved) -> Option<String>;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    /// A decimal string goes in as it is; it never passes through a float.
    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, decimal: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &RelativeTimeFormat, count: f64, unit: &str) -> Result<String, JsValue>;
}

/// How much of an instant is shown. All but [`Style::Cell`] name the zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// 3:04:05 PM GMT+1
    Seconds,
    /// Nov 22, 2026, 3:04 PM GMT+1
    DateTime,
    /// Nov 22, 2026, 3:04:05 PM GMT+1
    Full,
    /// Nov 22, 3:04 PM: for a table's cell, whose title shows it in full.
    Cell,
}

const STYLES: [&str; 4] = [
    r#"{"hour":"numeric","minute":"2-digit","second":"2-digit","timeZoneName":"short"}"#,
    r#"{"year":"numeric","month":"short","day":"numeric","hour":"numeric","minute":"2-digit","timeZoneName":"short"}"#,
    r#"{"year":"numeric","month":"short","day":"numeric","hour":"numeric","minute":"2-digit","second":"2-digit","timeZoneName":"short"}"#,
    r#"{"month":"short","day":"numeric","hour":"numeric","minute":"2-digit"}"#,
];

/// Calendar days are read and written in the same zone, so that none of them shifts.
const DAY: &str = r#"{"year":"numeric","month":"short","day":"numeric","timeZone":"UTC"}"#;

/// Building a formatter costs a hundred times what using it does, and a table uses it for every cell.
#[derive(Default)]
struct Formats {
    instants: [OnceCell<Option<DateTimeFormat>>; STYLES.len()],
    day: OnceCell<Option<DateTimeFormat>>,
    relative: OnceCell<Option<RelativeTimeFormat>>,
    money: RefCell<Vec<(String, Option<NumberFormat>)>>,
}

thread_local! {
    static FORMATS: Formats = Formats::default();
}

/// An instant, in the operator's zone.
pub fn at(time: Timestamp, style: Style) -> String {
    FORMATS
        .with(|formats| written(&formats.instants[style as usize], STYLES[style as usize], time))
        .unwrap_or_else(|| time.rfc3339())
}

/// An instant in a zone that the platform names, with the zone's own name. `None` if the browser does not know it.
pub fn at_place(time: Timestamp, zone: &str) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-');
    if !zone.chars().all(is_name) {
        return None;
    }
    let options = STYLES[Style::DateTime as usize].trim_end_matches('}');
    let options = [options, r#","timeZone":""#, zone, r#""}"#].concat();
    let format = DateTimeFormat::new(&locale(), &parsed(&options)).ok()?;
    format.format(time.0 as f64).ok()
}

/// A calendar day `YYYY-MM-DD`, the same day everywhere.
pub fn day(text: &str) -> String {
    Some(text)
        .filter(|text| is_calendar_day(text))
        .and_then(|text| Timestamp::parse(&[text, "T00:00:00Z"].concat()))
        .and_then(|time| FORMATS.with(|formats| written(&formats.day, DAY, time)))
        .unwrap_or_else(|| text.to_owned())
}

fn written(cell: &OnceCell<Option<DateTimeFormat>>, options: &str, time: Timestamp) -> Option<String> {
    cell.get_or_init(|| DateTimeFormat::new(&locale(), &parsed(options)).ok())
        .as_ref()?
        .format(time.0 as f64)
        .ok()
}

/// How long before or after `now`: "5 minutes ago", "in 2 days", "now".
pub fn relative(time: Timestamp, now: Timestamp) -> String {
    let (count, unit) = distance(time.0.saturating_sub(now.0));
    FORMATS
        .with(|formats| {
            let format = formats
                .relative
                .get_or_init(|| RelativeTimeFormat::new(&locale(), &parsed(r#"{"numeric":"auto"}"#)).ok());
            format.as_ref()?.format(count as f64, unit).ok()
        })
        .unwrap_or_else(|| time.rfc3339())
}

/// Whole units towards zero. Days, months and years begin at two, because one of them would be worded as "yesterday" or
/// "last month", which 47 hours or 59 days ago need not be.
fn distance(ms: i64) -> (i64, &'static str) {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let seconds = ms / 1000;
    let (length, unit) = match seconds.saturating_abs() {
        0..MINUTE => (1, "second"),
        MINUTE..HOUR => (MINUTE, "minute"),
        length if length < 2 * DAY => (HOUR, "hour"),
        length if length < 60 * DAY => (DAY, "day"),
        length if length < 730 * DAY => (30 * DAY, "month"),
        _ => (365 * DAY, "year"),
    };
    (seconds / length, unit)
}

/// An amount with its currency, every digit that the server sent.
pub fn money(money: &Money) -> String {
    if !is_decimal(&money.amount) {
        return money.plain();
    }
    FORMATS
        .with(|formats| {
            let mut known = formats.money.borrow_mut();
            let at = known.iter().position(|(currency, _)| *currency == money.currency);
            let at = at.unwrap_or_else(|| {
                known.push((money.currency.clone(), money_format(&money.currency)));
                known.len() - 1
            });
            known.get(at)?.1.as_ref()?.format(&money.amount).ok()
        })
        .unwrap_or_else(|| money.plain())
}

fn money_format(currency: &str) -> Option<NumberFormat> {
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let options = [
        r#"{"style":"currency","maximumFractionDigits":20,"currency":""#,
        currency,
        "\"}",
    ]
    .concat();
    NumberFormat::new(&locale(), &parsed(&options)).ok()
}

/// `-?\d+(\.\d+)?`, of a length that money can have. `Intl` would turn anything else into a number somehow.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 20 && all_digits(whole) && all_digits(part)
}

/// The operator's time zone, such as `America/Chicago`.
pub fn zone() -> String {
    DateTimeFormat::new(&locale(), &JsValue::UNDEFINED)
        .ok()
        .and_then(|format| format.resolved_options().time_zone())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// The browser's locale where it is a variant of the page's language (`en-GB`), else the page's: dates in another
/// language than the words around them are harder to read than foreign ones.
fn locale() -> String {
    let window = web_sys::window();
    let page = window
        .as_ref()
        .and_then(|window| window.document()?.document_element()?.get_attribute("lang"))
        .filter(|lang| !lang.is_empty())
        .unwrap_or_else(|| "en".to_owned());
    let browser = window.and_then(|window| window.navigator().language());
    browser
        .filter(|browser| browser.split('-').next() == page.split('-').next())
        .unwrap_or(page)
}

fn parsed(options: &str) -> JsValue {
    JSON::parse(options).unwrap_or(JsValue::UNDEFINED)
}

#[cfg(test)]
mod tests {
    use super::{distance, is_decimal};

    #[test]
    fn a_distance_is_counted_in_its_largest_unit_of_two_or_more() {
        const HOUR: i64 = 3_600_000;
        for (ms, expected) in [
            (0, (0, "second")),
            (-999, (0, "second")),
            (59_999, (59, "second")),
            (-60_000, (-1, "minute")),
            (HOUR, (1, "hour")),
            (-47 * HOUR, (-47, "hour")),
            (-48 * HOUR, (-2, "day")),
            (59 * 24 * HOUR, (59, "day")),
            (60 * 24 * HOUR, (2, "month")),
            (-800 * 24 * HOUR, (-2, "year")),
        ] {
            assert_eq!(distance(ms), expected, "{ms}");
        }
        assert_eq!(distance(i64::MIN).1, "year");
    }

    #[test]
    fn only_plain_decimals_are_handed_to_the_formatter() {
        for text in ["450.00", "-0.5", "0", "999999999.99"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in [
            "", "-", ".5", "5.", "1e3", "0x10", " 1", "1 ", "1,000.00", "Infinity", "1.2.3", "--1", "٤",
        ] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
