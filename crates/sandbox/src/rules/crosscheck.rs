//! What a CrossCheck finds: made up, but the same each time for the same report.

use crate::base::time::Stamp;
use crate::model::id::unspell;
use crate::model::review::{Finding, FindingSource, Run, RunStatus, Severity};

/// Severity, code, message.
const KNOWN: [(Severity, &str, &str); 6] = [
    (Severity::Info, "CC-101", "The report uses the current form edition."),
    (
        Severity::Warning,
        "CC-204",
        "Comparable 2 lies more than a mile from the property.",
    ),
    (
        Severity::Warning,
        "CC-219",
        "The gross adjustment of comparable 3 exceeds 25 percent.",
    ),
    (Severity::Info, "CC-118", "The photographs name no date."),
    (
        Severity::Critical,
        "CC-302",
        "The living area differs from public records by more than 10 percent.",
    ),
    (
        Severity::Warning,
        "CC-231",
        "The effective age is lower than half of the actual age.",
    ),
];

/// The run ends; what it finds depends on the report alone.
pub fn complete(run: &mut Run, at: Stamp) {
    let number = unspell("rep", &run.report_id).unwrap_or(0).unsigned_abs();
    let count = (number % 4) as usize;
    let start = (number / 4) as usize;
    let finding = |index: usize| {
        let (severity, code, message) = KNOWN[(start + index * 5) % KNOWN.len()];
        Finding {
            id: format!("{}-{}", run.id, index + 1),
            source: FindingSource::CrossCheck,
            severity,
            code: code.to_owned(),
            message: message.to_owned(),
            report_id: run.report_id.clone(),
            run_id: Some(run.id.clone()),
            checklist_item_id: None,
        }
    };
    run.findings = (0..count).map(finding).collect();
    run.status = RunStatus::Completed;
    run.completed_at = Some(at);
}
