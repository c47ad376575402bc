//! Submitting the appraisal to the agencies: UCDP for conventional loans, EAD for FHA loans. Received is not success: a
//! submission is watched until its result is there.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::{EntryId, OrderRef};
use omnival_core::order::Step;
use omnival_core::order::records::{AgencyFinding, Submission};
use omnival_core::order::step::is_fha;
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::rule::Term;
use omnival_wire::Value;
use omnival_wire::records as decode;

use crate::api::endpoint::{self, acts};
use crate::deed::{Ask, Deed, choices, deed_dialog};
use crate::order::OrderState;
use crate::order::facts::spaced;
use crate::order::state::Seen;
use crate::parts::Skeleton;
use crate::parts::live::{effect, live, when};
use crate::recovery::FailureNote;
use crate::work::{by_line, list};

/// How often a submission that is on its way is looked at.
const WATCH_MS: u32 = 4_000;
const UNIT: Kind = Kind::Text { least: 1, most: 40 };
const NOTE: Kind = Kind::Text { least: 0, most: 500 };

pub fn load(state: OrderState, at: &OrderRef) {
    let fha = state
        .order
        .with_untracked(|order| order.value.as_ref().is_some_and(is_fha));
    state.lists.load_agency(state.console.api, at, fha);
}

pub fn ready(state: OrderState) -> bool {
    let lists = state.lists;
    lists.agency.with(|agency| agency.value.is_some()) && lists.reports.with(|reports| reports.value.is_some())
}

fn newest(state: OrderState) -> Option<Submission> {
    state
        .lists
        .agency
        .with(|agency| agency.value.as_ref()?.submissions.first().cloned())
}

fn is_on_its_way(submission: &Submission) -> bool {
    matches!(
        submission.status.as_str(),
        "received" | "inProgress" | "overrideRequested" | "submitting"
    )
}

pub fn view(state: OrderState) -> AnyView {
    let agency = state.lists.agency;
    // The findings belong to the newest submission, and are read again when it has moved on.
    let shown = Memo::new(move |_| newest(state).map(|submission| (submission.id, submission.status)));
    effect(move || {
        if let Some((id, _)) = shown.get() {
            untrack(|| load_findings(state, &id));
        }
    });
    state.console.every(WATCH_MS, move || {
        if untrack(|| newest(state)).as_ref().is_some_and(is_on_its_way) {
            state.load();
            if let Some(at) = state.order.value_untracked().map(|order| order.at) {
                load(state, &at);
            }
        }
    });
    let submissions = live(move || {
        let state = agency.value()?;
        Some(if state.submissions.is_empty() {
            let words = if state.required {
                "Nothing was submitted yet. The order cannot be completed without a successful submission."
            } else {
                "Nothing was submitted, and this order can be completed without."
            };
            view! { <p class="muted">{words}</p> }.into_any()
        } else {
            view! { <ul class="records">{state.submissions.iter().map(row).collect_view()}</ul> }.into_any()
        })
    });
    let some = move || {
        agency.with(|agency| {
            agency
                .value
                .as_ref()
                .is_some_and(|agency| !agency.submissions.is_empty())
        })
    };
    let findings = move || {
        list(
            state,
            state.lists.agency_findings,
            "Findings",
            "Nothing was found.",
            finding,
        )
    };
    view! {
        <div class="record-list">
            <h3>"Submissions"</h3>
            <FailureNote failure=agency.failure() about=state.about()/>
            {when(move || agency.is_awaited(), || view! { <Skeleton lines=2/> })}
            {submissions}
        </div>
        {when(some, findings)}
    }
    .into_any()
}

fn load_findings(state: OrderState, submission: &str) {
    let portal = state
        .lists
        .agency
        .with_untracked(|agency| agency.value.as_ref().map(|agency| agency.portal.clone()));
    if let (Some(at), Some(portal)) = (state.order.value_untracked().map(|order| order.at), portal) {
        let call = endpoint::agency_findings(&at, &portal, submission);
        state
            .lists
            .agency_findings
            .load(state.console.api, call, decode::agency_findings);
    }
}

fn row(submission: &Submission) -> AnyView {
    let files = submission.files.iter().map(|file| {
        let id = file.document_file_id.as_ref().map(|id| [", Doc File ID ", id].concat());
        view! { <span class="sub num">{agency_name(&file.gse)}": "{spaced(&file.status)}{id}</span> }
    });
    let waits = is_on_its_way(submission).then_some(" (the result comes later; this page watches for it)");
    view! {
        <li>
            <b>{spaced(&submission.status)}</b><span class="muted">{waits}</span>
            <span class="sub num">"Appraisal "{submission.appraisal_number}", submitted by "{by_line(submission.submitted_by.as_ref(), submission.submitted_at)}</span>
            {files.collect_view()}
        </li>
    }
    .into_any()
}

fn agency_name(word: &str) -> String {
    match word {
        "fannieMae" => "Fannie Mae".to_owned(),
        "freddieMac" => "Freddie Mac".to_owned(),
        other => spaced(other),
    }
}

fn finding(finding: &AgencyFinding) -> AnyView {
    let end = match (&finding.overridden, finding.overridable) {
        (Some(one), _) => [
            "overridden with ",
            &one.reason_code,
            " by ",
            &by_line(one.by.as_ref(), one.at),
        ]
        .concat(),
        (None, true) => "can be overridden with a reason code".to_owned(),
        (None, false) if matches!(finding.severity.as_str(), "fatal" | "hardStop") => {
            "cannot be overridden: correct the report".to_owned()
        }
        (None, false) => "for information".to_owned(),
    };
    view! {
        <li data-severity=finding.severity.clone()>
            <b>{spaced(&finding.severity)}" "{finding.code.clone()}</b>" "{finding.message.clone()}
            <span class="sub">{agency_name(&finding.gse)}", "{end}</span>
        </li>
    }
    .into_any()
}

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| {
        let submissions = state
            .lists
            .agency
            .value_untracked()
            .map(|agency| agency.submissions)
            .unwrap_or_default();
        match step {
            Step::Override => {
                let held = submissions
                    .iter()
                    .flat_map(|one| one.as_overrides().map(|entry| entry.id).collect::<Vec<_>>());
                let seen = seen.beside(held.collect::<Vec<_>>());
                override_dialog(state, seen, submissions.first())
            }
            _ => {
                let seen = seen.beside(submissions.iter().map(|one| EntryId::new(&one.id)));
                submit(state, seen, submissions.first())
            }
        }
    });
}

fn submit(state: OrderState, seen: Seen, last: Option<&Submission>) -> AnyView {
    let fha = is_fha(&seen.order);
    let report = state
        .lists
        .reports
        .value_untracked()
        .and_then(|all| all.into_iter().next());
    // A corrected appraisal goes under the file that the first submission was given.
    let file = last.and_then(|last| last.files.iter().find_map(|file| file.document_file_id.clone()));
    let number = last.map_or(1, |last| last.appraisal_number).clamp(1, 3);
    let note = Ask::new("note", "Note", NOTE).optional();
    let asks = if fha {
        vec![
            Ask::new("fhaCaseNumber", "FHA case number", Kind::FhaCase).hint("For example 123-4567890."),
            note,
        ]
    } else {
        let numbers = choices(&[("1", "Appraisal 1"), ("2", "Appraisal 2"), ("3", "Appraisal 3")]);
        vec![
            Ask::new("businessUnit", "Business unit", UNIT).hint("The seller/servicer number that submits."),
            Ask::one_of("appraisalNumber", "Which appraisal of this loan", numbers)
                .given(number.to_string())
                .hint("Submitting under a number that is taken replaces that appraisal."),
            Ask::one_of(
                "gses",
                "To",
                choices(&[
                    ("both", "Fannie Mae and Freddie Mac"),
                    ("fannieMae", "Fannie Mae"),
                    ("freddieMac", "Freddie Mac"),
                ]),
            ),
            note,
        ]
    };
    let portal = if fha { "EAD" } else { "UCDP" };
    let mut consequences = vec![
        [
            portal,
            " receives the appraisal. Received is not success: the result comes in minutes.",
        ]
        .concat(),
    ];
    match &file {
        Some(file) => consequences.push(["It goes under the same Doc File ID: ", file, "."].concat()),
        None => {
            consequences.push("A Doc File ID is given with the first submission, and stays with the loan.".to_owned())
        }
    }
    let deed = Deed {
        asks,
        consequences,
        ..Deed::new(
            Step::SubmitToAgency,
            ["Submit to ", portal, ": ", &seen.order.title()].concat(),
            "Submit",
        )
    };
    deed_dialog(state, seen, deed, move |typed, seen| {
        let Some(report) = &report else { return };
        let fence = seen.fence(state.console);
        let goal = Goal::Act {
            operation: Step::SubmitToAgency.operation(&seen.order),
            terms: vec![(Term::Report, report.id.clone())],
        };
        let id = ("reportId", Value::Text(report.id.clone()));
        let note = ("note", typed.or_null("note"));
        let call = if fha {
            acts::submit_to_ead(
                &seen.order.at,
                vec![id, ("fhaCaseNumber", typed.value("fhaCaseNumber")), note],
                fence,
            )
        } else {
            let gses = match typed.text("gses") {
                "both" => vec!["fannieMae", "freddieMac"],
                one => vec![one],
            };
            let gses = gses.into_iter().map(|gse| Value::Text(gse.to_owned())).collect();
            let body = vec![
                id,
                ("businessUnit", typed.value("businessUnit")),
                (
                    "appraisalNumber",
                    Value::Number(typed.text("appraisalNumber").parse().ok()),
                ),
                ("gses", Value::List(gses)),
                ("documentFileId", file.clone().map_or(Value::Null, Value::Text)),
                note,
            ];
            acts::submit_to_ucdp(&seen.order.at, body, fence)
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

/// One finding at a time, with a reason that the portal itself offers for it.
fn override_dialog(state: OrderState, seen: Seen, submission: Option<&Submission>) -> AnyView {
    let findings = state.lists.agency_findings.value_untracked().unwrap_or_default();
    let open = findings
        .iter()
        .filter(|finding| finding.overridable && finding.overridden.is_none());
    let offered: Vec<_> = open
        .flat_map(|finding| {
            finding.reason_codes.iter().map(|(code, label)| {
                let value = [&finding.id, " ", code].concat();
                (value, [&finding.code, ": ", label].concat())
            })
        })
        .collect();
    let stuck = findings
        .iter()
        .any(|finding| finding.severity == "hardStop" && !finding.overridable);
    let mut consequences = vec![
        "The portal judges the submission again. The finding stays on record, with the reason code and your name."
            .to_owned(),
    ];
    if stuck {
        consequences
            .push("A hard stop cannot be overridden: it needs a corrected report, by a client revision.".to_owned());
    }
    let deed = Deed {
        asks: vec![
            Ask::one_of("overrides", "Finding and reason", offered),
            Ask::new("comment", "Comment", NOTE).optional(),
        ],
        consequences,
        ..Deed::new(
            Step::Override,
            ["Override findings: ", &seen.order.title()].concat(),
            "Override and resubmit",
        )
    };
    let of = submission.map(|submission| (submission.id.clone(), submission.report.clone()));
    deed_dialog(state, seen, deed, move |typed, seen| {
        let Some(((finding, code), (id, report))) = typed.text("overrides").split_once(' ').zip(of.as_ref()) else {
            return;
        };
        let member = |name: &str, value: Value| (name.to_owned(), value);
        let one = Value::Object(vec![
            member("findingId", Value::Text(finding.to_owned())),
            member("reasonCode", Value::Text(code.to_owned())),
            member("comment", typed.or_null("comment")),
        ]);
        let body = vec![
            ("submissionId", Value::Text(id.clone())),
            ("overrides", Value::List(vec![one])),
        ];
        let fence = seen.fence(state.console);
        let call = if is_fha(&seen.order) {
            acts::override_ead(&seen.order.at, report, body, fence)
        } else {
            acts::override_ucdp(&seen.order.at, report, body, fence)
        };
        let goal = Goal::Act {
            operation: Step::Override.operation(&seen.order),
            terms: vec![(Term::Submission, id.clone())],
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}
