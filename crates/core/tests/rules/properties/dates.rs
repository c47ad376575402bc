//! Instants and days: what is written is read again, and nothing else is taken for one.

use omnival_core::recovery::retry::retry_after_ms;
use omnival_core::time::{Timestamp, is_calendar_day};
use proptest::prelude::*;

/// Milliseconds of 0001-01-01 and of the end of 9999.
const YEARS: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn an_instant_is_read_as_it_was_written_to_the_second(ms in YEARS) {
        let read = Timestamp::parse(&Timestamp(ms).rfc3339());
        prop_assert_eq!(read, Some(Timestamp(ms.div_euclid(1_000) * 1_000)));
    }

    #[test]
    fn an_offset_moves_the_instant_by_itself(ms in YEARS, hours in 0..24_i64, minutes in 0..60_i64, east: bool) {
        let utc = Timestamp(ms).rfc3339();
        let sign = if east { '+' } else { '-' };
        let shifted = format!("{}{sign}{hours:02}:{minutes:02}", utc.trim_end_matches('Z'));
        let offset = (hours * 60 + minutes) * 60_000 * if east { 1 } else { -1 };
        let difference = Timestamp::parse(&utc).zip(Timestamp::parse(&shifted)).map(|(utc, shifted)| utc.0 - shifted.0);
        prop_assert_eq!(difference, Some(offset), "{}", shifted);
    }

    #[test]
    fn fractions_count_to_the_millisecond(ms in 0..1_000_i64, more in "[0-9]{0,12}") {
        let text = format!("2026-11-22T15:04:05.{ms:03}{more}Z");
        let whole = Timestamp::parse("2026-11-22T15:04:05Z").map(|stamp| stamp.0 + ms);
        prop_assert_eq!(Timestamp::parse(&text).map(|stamp| stamp.0), whole);
    }

    #[test]
    fn one_wrong_character_makes_it_no_date_time(at in 0_usize..20, wrong in "[ +a-z.é]") {
        let sound = "2026-11-22T15:04:05Z";
        let allowed = [(10, " "), (10, "t"), (19, "z")];
        prop_assume!(!allowed.contains(&(at, wrong.as_str())));
        let text = [&sound[..at], &wrong, &sound[at + 1..]].concat();
        prop_assert_eq!(Timestamp::parse(&text), None, "{}", text);
    }

    #[test]
    fn reading_is_total(text in any::<String>()) {
        let _ = (Timestamp::parse(&text), is_calendar_day(&text));
    }

    #[test]
    fn a_day_exists_exactly_when_its_midnight_does(year in 1..9_999_u32, month in 0..14_u32, day in 0..33_u32) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        let midnight = Timestamp::parse(&format!("{text}T00:00:00Z"));
        prop_assert_eq!(is_calendar_day(&text), midnight.is_some(), "{}", text);
    }

    #[test]
    fn one_wrong_character_makes_it_no_day(at in 0_usize..10, wrong in "[ +a-z.]") {
        let text = [&"2026-11-22"[..at], &wrong, &"2026-11-22"[at + 1..]].concat();
        prop_assert!(!is_calendar_day(&text), "{}", text);
    }

    #[test]
    fn retry_after_is_its_seconds_or_its_date_or_nothing(text in any::<String>(), seconds in 0..1_000_000_000_u64, away in any::<i64>()) {
        prop_assert_eq!(retry_after_ms(&seconds.to_string(), |_| None), Some(seconds * 1_000));
        let by_date = retry_after_ms("Wed, 21 Oct 2026 07:28:00 GMT", |_| Some(away));
        prop_assert_eq!(by_date, Some(u64::try_from(away).unwrap_or(0).saturating_mul(1_000)));
        let is_seconds = text.trim().len() <= 9 && !text.trim().is_empty() && text.trim().bytes().all(|b| b.is_ascii_digit());
        prop_assert_eq!(retry_after_ms(&text, |_| None).is_some(), is_seconds, "{:?}", text);
    }
}
