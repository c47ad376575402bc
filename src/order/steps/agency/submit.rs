//! Submitting to the portal of the loan's kind: UCDP, or EAD for FHA loans.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::operation::{Operation, Term};
use omnival_core::order::Step;
use omnival_core::order::records::Submission;
use omnival_core::order::step::is_fha;
use omnival_core::recovery::evidence::Goal;
use omnival_wire::Value;

use crate::endpoint::acts;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{Ask, StepForm, Typed, choices, step_dialog};

const UNIT: Kind = Kind::Text { least: 1, most: 40 };
pub(super) const NOTE: Kind = Kind::Text { least: 0, most: 500 };

pub(super) fn submit(state: OrderState, seen: Seen, last: Option<&Submission>) -> AnyView {
    let fha = is_fha(&seen.order);
    let report = state
        .lists
        .reports
        .value_untracked()
        .and_then(|all| all.into_iter().next());
    // A corrected appraisal goes under the file that the first submission was given.
    let file = last.and_then(|last| last.files.iter().find_map(|file| file.document_file_id.clone()));
    let number = last.map_or(1, |last| last.appraisal_number).clamp(1, 3);
    let portal = if fha { "EAD" } else { "UCDP" };
    let form = StepForm {
        asks: asks(fha, number),
        consequences: consequences(portal, file.as_deref()),
        ..StepForm::new(
            Step::SubmitToAgency,
            ["Submit to ", portal, ": ", &seen.order.title()].concat(),
            "Submit",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let Some(report) = &report else { return };
        let fence = seen.fence(state.console);
        let goal = Goal::Act {
            operation: if fha {
                Operation::SubmitToEad
            } else {
                Operation::SubmitToUcdp
            },
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
            let body = vec![
                id,
                ("businessUnit", typed.value("businessUnit")),
                (
                    "appraisalNumber",
                    Value::Number(typed.text("appraisalNumber").to_owned()),
                ),
                ("gses", Value::List(gses(typed))),
                ("documentFileId", file.clone().map_or(Value::Null, Value::Text)),
                note,
            ];
            acts::submit_to_ucdp(&seen.order.at, body, fence)
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn consequences(portal: &str, file: Option<&str>) -> Vec<String> {
    let mut consequences = vec![
        [
            portal,
            " receives the appraisal. Received is not success: the result comes in minutes.",
        ]
        .concat(),
    ];
    match file {
        Some(file) => consequences.push(["It goes under the same Doc File ID: ", file, "."].concat()),
        None => {
            consequences.push("A Doc File ID is given with the first submission, and stays with the loan.".to_owned())
        }
    }
    consequences
}

fn asks(fha: bool, number: u32) -> Vec<Ask> {
    let note = Ask::new("note", "Note", NOTE).optional();
    if fha {
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
    }
}

/// The agencies that are submitted to.
fn gses(typed: &Typed) -> Vec<Value> {
    let gses = match typed.text("gses") {
        "both" => vec!["fannieMae", "freddieMac"],
        one => vec![one],
    };
    gses.into_iter().map(|gse| Value::Text(gse.to_owned())).collect()
}
