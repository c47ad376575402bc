//! What may be typed into the fields of an action's dialog, and what is sent of it.
//!
//! The same limits as the contract's, so that what the platform would refuse is said beside the field first.

use crate::file::Limits;
use crate::money::Money;
use crate::time::is_calendar_day;

/// What kind of thing a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One line or more of text, by its length in characters.
    Text {
        least: usize,
        most: usize,
    },
    /// Why something is done, for the order's history: from three characters to five hundred.
    Reason,
    /// US dollars and cents, from one cent to under a million.
    Amount,
    /// A calendar day, `YYYY-MM-DD`.
    Day,
    Email,
    /// `###-#######`, as the FHA numbers its cases.
    FhaCase,
    /// One of several; any word that was offered.
    Choice,
    /// A file; its text is its name. What may be chosen is checked when it is.
    File(&'static Limits),
}

const WHY: &str = "Say why, in a few words. The history keeps it.";

/// Why `text` cannot be sent, in words for its reader. `None` if it can.
pub fn problem(kind: Kind, required: bool, text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.is_empty() {
        return required.then_some(match kind {
            Kind::Text { .. } => "Fill this in.",
            Kind::Reason => WHY,
            Kind::Amount => "Give an amount, for example 450.00.",
            Kind::Day => "Choose a day.",
            Kind::Email => "Give an e-mail address.",
            Kind::FhaCase => "Give the FHA case number, for example 123-4567890.",
            Kind::Choice => "Choose one.",
            Kind::File(_) => "Choose a file.",
        });
    }
    match kind {
        Kind::Text { least, most } => {
            let length = text.chars().count();
            if length < least {
                Some("Say a little more.")
            } else {
                (length > most).then_some("Keep it shorter.")
            }
        }
        Kind::Reason => match text.chars().count() {
            ..3 => Some(WHY),
            3..=500 => None,
            _ => Some("Keep the reason to 500 characters."),
        },
        Kind::Amount => amount(text)
            .is_none()
            .then_some("Give an amount in dollars and cents, for example 1,250.00."),
        Kind::Day => (!is_calendar_day(text)).then_some("Choose a day that exists."),
        Kind::Email => (!is_email(text)).then_some("Give an e-mail address, for example ann@example.com."),
        Kind::FhaCase => (!is_fha_case(text)).then_some("Write it as three digits, a hyphen and seven digits."),
        Kind::Choice | Kind::File(_) => None,
    }
}

/// US dollars as typed: with or without the sign, with or without commas between thousands, with no more than two
/// decimals. Never by way of a float.
pub fn amount(text: &str) -> Option<Money> {
    let text = text.trim();
    let text = text.strip_prefix('$').unwrap_or(text).trim_start();
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        // What is not grouped by thousands may be a decimal comma, and a hundredfold mistake.
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if digits.is_empty() || !is_digits(&digits) || !is_digits(cents) || cents.len() > 2 || text.ends_with('.') {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let cents = [cents, "00"].concat();
    let cents = cents.get(..2)?;
    let is_nothing = digits.is_empty() && cents == "00";
    if is_nothing || digits.len() > 6 {
        return None;
    }
    let whole = if digits.is_empty() { "0" } else { digits };
    Some(Money::new(&[whole, ".", cents].concat(), "USD"))
}

/// As the contract has it: a usual local part, and a host of letters, digits, dashes and at least one dot.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let label = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.len() <= 254 && !name.is_empty() && name.bytes().all(usual) && host.contains('.') && host.split('.').all(label)
}

fn is_fha_case(text: &str) -> bool {
    text.split_once('-').is_some_and(|(office, number)| {
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(office, 3) && digits(number, 7)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<String> {
        amount(text).map(|money| money.plain())
    }

    #[test]
    fn an_amount_is_read_as_typed_and_sent_in_cents() {
        for (typed, sent) in [
            ("450", "450.00 USD"),
            ("450.5", "450.50 USD"),
            (" $1,250.00 ", "1250.00 USD"),
            ("0.01", "0.01 USD"),
            ("007", "7.00 USD"),
            ("999,999.99", "999999.99 USD"),
        ] {
            assert_eq!(plain(typed).as_deref(), Some(sent), "{typed}");
        }
    }

    #[test]
    fn what_might_be_meant_otherwise_is_no_amount() {
        for typed in [
            "", "0", "0.00", "-5", "1,5", "1.250,00", "12,34", "1,2345", ",100", "1e3", "450.", "4.500", "1000000",
            "٤٥", "1 000", "1,00,000", "1234,567",
        ] {
            assert_eq!(plain(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_reason_is_a_few_words_and_says_so_at_either_end() {
        for (typed, told) in [
            ("", "Say why"),
            (" ab ", "Say why"),
            ("añb", ""),
            (&"ñ".repeat(500), ""),
            (&"ñ".repeat(501), "to 500 characters"),
        ] {
            let told_now = problem(Kind::Reason, true, typed).unwrap_or_default();
            assert!(
                told_now.contains(told) && told.is_empty() == told_now.is_empty(),
                "{typed}: {told_now}"
            );
        }
    }

    #[test]
    fn each_kind_says_what_is_wrong_and_takes_what_is_right() {
        let text = Kind::Text { least: 3, most: 5 };
        for (kind, wrong, right) in [
            (text, vec!["ab", "abcdef"], "añb"),
            (text, vec!["añbcde"], "añbcd"),
            (Kind::Day, vec!["2026-02-30", "tomorrow"], "2026-02-28"),
            (
                Kind::Email,
                vec!["ann", "ann@", "ann@host", "a b@c.de", "a@b@c.de", "a@.de"],
                "ann@example.com",
            ),
            (
                Kind::FhaCase,
                vec!["1234567890", "123-456789", "12a-4567890"],
                "123-4567890",
            ),
            (Kind::Amount, vec!["many"], "1.00"),
        ] {
            for wrong in wrong {
                assert!(problem(kind, false, wrong).is_some(), "{kind:?} {wrong}");
            }
            assert_eq!(problem(kind, true, right), None, "{kind:?}");
            assert_eq!(problem(kind, false, "  "), None, "{kind:?} may be left out");
            assert!(problem(kind, true, "  ").is_some(), "{kind:?} is required");
        }
    }
}
