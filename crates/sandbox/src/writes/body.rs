//! What many bodies have in common.

use serde_json::Value;

use crate::input::{Fields, Mistakes, is_filled};
use crate::problem::Problem;

/// Reads `expectedVersion`; its form counts even where its value does not.
pub(super) fn expected_version(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<i64> {
    fields.optional_integer(mistakes, "expectedVersion", 1..=i64::from(i32::MAX))
}

/// Reads `{expectedVersion?}`, or no body at all.
pub(super) fn version_only(body: Option<&Value>) -> Result<Option<i64>, Problem> {
    if body.is_none() {
        return Ok(None);
    }
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    Ok(expected)
}

/// Reads `{reason, expectedVersion?}`.
pub(super) fn reason_and_version(body: Option<&Value>) -> Result<(String, Option<i64>), Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let hint = "Give a reason of 3 to 500 characters.";
    let reason = fields.text(&mut mistakes, "reason", hint, |text| {
        text.chars().count() >= 3 && is_filled(text, 500)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    Ok((reason, expected))
}
