//! Instants as values. The core never asks what time it is.

/// A point on the wall clock, milliseconds since 1970-01-01T00:00Z. For display and for the support bundle; a wall
/// clock may jump, so it is never used to measure a wait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(pub i64);

/// A point on a clock that only goes forward, in milliseconds. Used for every wait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Mono(pub u64);

impl Mono {
    pub const fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// How long until `later`; zero when it has passed.
    pub const fn until(self, later: Self) -> u64 {
        later.0.saturating_sub(self.0)
    }
}

const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    pub const fn is_whole_second(self) -> bool {
        self.0 % 1_000 == 0
    }

    /// Reads an RFC 3339 date-time, with any offset and any number of fraction digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() < 20 || !text.is_ascii() || bytes.len() > 40 {
            return None;
        }
        let number = |from: usize, to: usize| text.get(from..to).and_then(digits);
        let separated = bytes[4] == b'-'
            && bytes[7] == b'-'
            && matches!(bytes[10], b'T' | b't' | b' ')
            && bytes[13] == b':'
            && bytes[16] == b':';
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let in_range = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 61;
        if !separated || !in_range {
            return None;
        }
        let mut rest = text.get(19..)?;
        let mut ms = 0;
        if let Some(fraction) = rest.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            ms = fraction
                .bytes()
                .take(digits)
                .chain(std::iter::repeat(b'0'))
                .take(3)
                .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
            rest = fraction.get(digits..)?;
        }
        let offset = match rest.as_bytes() {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let (hours, minutes) = (digits(rest.get(1..3)?)?, digits(rest.get(4..6)?)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let minutes = hours * 60 + minutes;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let seconds = ((hour * 60 + minute - offset) * 60) + second;
        Some(Self(days_from_civil(year, month, day) * DAY_MS + seconds * 1000 + ms))
    }

    /// `2026-11-22T15:04:05Z`, for the support bundle.
    pub fn rfc3339(self) -> String {
        let (days, of_day) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        let (year, month, day) = civil_from_days(days);
        let mut text = String::with_capacity(20);
        let mut put = |value: i64, width: usize, after: char| {
            let digits = value.to_string();
            for _ in digits.len()..width {
                text.push('0');
            }
            text.push_str(&digits);
            text.push(after);
        };
        put(year, 4, '-');
        put(month, 2, '-');
        put(day, 2, 'T');
        put(of_day / 3_600_000, 2, ':');
        put(of_day / 60_000 % 60, 2, ':');
        put(of_day / 1000 % 60, 2, 'Z');
        text
    }
}

/// True for a calendar day that exists, written `YYYY-MM-DD`.
pub fn is_calendar_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return false;
    }
    match (digits(year), digits(month), digits(day)) {
        (Some(year), Some(month @ 1..=12), Some(day @ 1..)) => day <= days_in_month(year, month),
        _ => false,
    }
}

/// A number in digits alone: Rust's own parsing takes a sign as well.
fn digits(text: &str) -> Option<i64> {
    let only = text.bytes().all(|byte| byte.is_ascii_digit());
    only.then(|| text.parse().ok()).flatten()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's `days_from_civil`).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rfc3339_with_fractions_and_offsets() {
        let at = |text| Timestamp::parse(text).map(|stamp| stamp.0);
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("2026-11-22T15:04:05.1239Z"), Some(1_795_359_845_123));
        assert_eq!(at("2026-11-22T16:34:05+01:30"), Some(1_795_359_845_000));
        assert_eq!(at("2024-02-29T00:00:00-00:00"), at("2024-02-29T00:00:00Z"));
    }

    #[test]
    fn refuses_what_is_no_date_time() {
        for text in [
            "",
            "yesterday",
            "2026-11-22",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+25:00",
            "2026-01-01T00:00:00++1:00",
            "2026-01-01T00:00:00+é:0",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in [
            "1969-12-31T23:59:59Z",
            "2000-02-29T12:00:00Z",
            "2026-11-22T15:04:05Z",
            "2100-03-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::rfc3339).as_deref(), Some(text));
        }
    }

    #[test]
    fn knows_days_that_exist() {
        assert!(is_calendar_day("2028-02-29"));
        for text in [
            "2027-02-29",
            "2026-00-10",
            "2026-1-10",
            "2026-01-32",
            "2026-01-01-",
            "x",
        ] {
            assert!(!is_calendar_day(text), "{text}");
        }
    }
}
