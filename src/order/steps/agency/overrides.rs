//! Overriding what a portal found: one reason for each finding, from those that the portal itself offers.

use leptos::prelude::*;
use omnival_core::order::Order;
use omnival_wire::Value;

use super::findings::{finding, hard_stops, is_open};
use super::submissions::newest;
use super::submit::NOTE;
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, StepForm, Typed, members_about};

/// How many findings are overridden at once: field and label.
const OVERRIDES: [(&str, &str); 6] = [
    ("overrides", "Finding and reason"),
    ("overrides-2", "Second finding and reason"),
    ("overrides-3", "Third finding and reason"),
    ("overrides-4", "Fourth finding and reason"),
    ("overrides-5", "Fifth finding and reason"),
    ("overrides-6", "Sixth finding and reason"),
];

/// Each finding that may be overridden, with a reason that the portal itself offers for it.
pub fn override_findings(state: OrderState, order: &Order) -> Option<StepForm> {
    let submission = newest(state)?;
    let findings = state.lists.agency_findings.value_untracked().unwrap_or_default();
    let open: Vec<_> = findings.iter().filter(|finding| is_open(finding)).collect();
    let asks = OVERRIDES.iter().zip(&open).map(|((name, label), finding)| {
        // Nothing is chosen for the operator: a reason goes on record under their name.
        let leave = (String::new(), [&finding.code, ": leave as it is"].concat());
        let reasons = finding
            .reason_codes
            .iter()
            .map(|(code, label)| (code.clone(), [&finding.code, ": ", label].concat()));
        Ask::one_of(name, label, std::iter::once(leave).chain(reasons).collect()).optional()
    });
    let comment = Ask::new("comment", "Comment", NOTE).optional();
    let mut consequences = vec![
        "The portal judges the submission again. What is overridden stays on record, with the reason code and your name."
            .to_owned(),
    ];
    if !hard_stops(state).is_empty() {
        consequences
            .push("A hard stop cannot be overridden: it needs a corrected report, by a client revision.".to_owned());
    }
    if open.len() > OVERRIDES.len() {
        consequences.push("There are more findings than fit here: override the others afterwards.".to_owned());
    }
    let about = view! { <ul class="records">{open.iter().map(|one| finding(one)).collect_view()}</ul> };
    let ids: Vec<String> = open.iter().map(|finding| finding.id.clone()).collect();
    let id = submission.id;
    Some(StepForm {
        about: Some(about.into_any()),
        asks: asks.chain([comment]).collect(),
        consequences,
        check: Box::new(|typed| {
            let some = OVERRIDES.iter().any(|(name, _)| !typed.text(name).is_empty());
            (!some).then(|| (OVERRIDES[0].0, "Choose a reason for at least one finding.".to_owned()))
        }),
        // The path names the report that was submitted.
        fill: members_about(&submission.report, move |typed| {
            [
                ("submissionId", Value::Text(id.clone())),
                ("overrides", Value::List(overrides(typed, &ids))),
            ]
        }),
        ..StepForm::new(order, "Override findings", "Override and resubmit")
    })
}

/// The findings for which a reason was chosen.
fn overrides(typed: &Typed, findings: &[String]) -> Vec<Value> {
    let member = |name: &str, value: Value| (name.to_owned(), value);
    let chosen = OVERRIDES
        .iter()
        .zip(findings)
        .map(|((name, _), id)| (id, typed.text(name)));
    let chosen = chosen.filter(|(_, code)| !code.is_empty());
    let overrides = chosen.map(|(finding, code)| {
        Value::Object(vec![
            member("findingId", Value::Text(finding.clone())),
            member("reasonCode", Value::Text(code.to_owned())),
            member("comment", typed.or_null("comment")),
        ])
    });
    overrides.collect()
}
