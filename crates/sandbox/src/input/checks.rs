//! The forms that texts of a request must have.

use jiff::civil::Date;

/// Whether text has the form of an id, `[A-Za-z0-9_-]{1,64}`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// A calendar day in exactly the form `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

/// `2026-12-11T15:04:05Z`, with up to nine decimals.
pub fn is_utc(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = |text: &str| {
        text.len() == 19
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 => byte == b'-',
                10 => byte == b'T',
                13 | 16 => byte == b':',
                _ => byte.is_ascii_digit(),
            })
    };
    let Some(text) = text.strip_suffix('Z') else {
        return false;
    };
    match text.split_once('.') {
        None => shaped(text),
        Some((seconds, decimals)) => shaped(seconds) && digits(decimals) && decimals.len() <= 9,
    }
}

/// A UUID in its usual form, either letter case.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Not blank (something visible is in it) and at most `most` characters.
pub fn is_filled(text: &str, most: usize) -> bool {
    let visible = |char: char| !char.is_whitespace() && !char.is_control() && char != '\u{FEFF}';
    text.chars().any(visible) && text.chars().count() <= most
}

/// `12345` or `12345-6789`.
pub fn is_zip(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        None => text.len() == 5 && digits(text),
        Some((zip, plus)) => zip.len() == 5 && digits(zip) && plus.len() == 4 && digits(plus),
    }
}

/// An e-mail address in its plain form.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let local_fits = !local.is_empty()
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
    let label_fits =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.len() <= 254 && local_fits && domain.contains('.') && domain.split('.').all(label_fits)
}

/// Digits only: no sign, no blank.
pub fn number(text: &str) -> Option<usize> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
