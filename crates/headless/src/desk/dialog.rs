//! What stands in the fields of a dialog when it opens.

use omnival_core::order::Step;

use crate::attempts::Tracked;

/// A field's text: what is `kept` of an earlier visit, else what is `given`. Of `choices` (value and label), what was chosen
/// once may not be offered any more.
pub fn first_text(kept: Option<String>, choices: &[(String, String)], given: &str) -> String {
    let is_offered = |kept: &String| choices.is_empty() || choices.iter().any(|(choice, _)| choice == kept);
    kept.filter(is_offered).unwrap_or_else(|| given.to_owned())
}

/// What the platform said about fields, by their paths, when it refused the last try of the same step.
pub fn refused(last: Option<&Tracked>, step: Step) -> Vec<(String, String)> {
    let last = last.filter(|tracked| tracked.attempt.intent.goal.operation().step() == Some(step));
    let answer = last.and_then(|tracked| tracked.attempt.conclusion()?.reply.answer());
    let fields = answer
        .map(|answer| answer.problem.fields.as_slice())
        .unwrap_or_default();
    fields
        .iter()
        .map(|(path, text)| (path.clone(), text.as_str().to_owned()))
        .collect()
}

/// What of it belongs to this field, or to a part of it.
pub fn refusal_at(field: &str, refused: &[(String, String)]) -> Option<String> {
    let is_about = |path: &str| match path.strip_prefix(field) {
        Some(rest) => rest.is_empty() || rest.starts_with(['.', '[']),
        None => false,
    };
    let (_, text) = refused.iter().find(|(path, _)| is_about(path))?;
    Some(text.clone())
}
