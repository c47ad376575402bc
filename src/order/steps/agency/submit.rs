//! Submitting to the portal of the loan's kind: UCDP, or EAD for FHA loans.

use omnival_core::form::Kind;
use omnival_core::order::Order;
use omnival_core::order::step::is_fha;
use omnival_wire::Value;

use super::submissions::newest;
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, StepForm, Typed, choices, members};

const UNIT: Kind = Kind::Text { least: 1, most: 40 };
pub(super) const NOTE: Kind = Kind::Text { least: 0, most: 500 };

pub fn submit(state: OrderState, order: &Order) -> Option<StepForm> {
    let fha = is_fha(order);
    let report = state
        .lists
        .reports
        .with_untracked(|list| Some(list.value.as_ref()?.first()?.id.clone()))?;
    let last = newest(state);
    // A corrected appraisal goes under the file that the first submission was given.
    let file = last
        .as_ref()
        .and_then(|last| last.files.iter().find_map(|file| file.document_file_id.clone()));
    let number = last.map_or(1, |last| last.appraisal_number).clamp(1, 3);
    let portal = if fha { "EAD" } else { "UCDP" };
    let consequences = consequences(portal, file.as_deref());
    let fill = if fha {
        members(move |typed| {
            [
                ("reportId", Value::Text(report.clone())),
                ("fhaCaseNumber", typed.value("fhaCaseNumber")),
                ("note", typed.or_null("note")),
            ]
        })
    } else {
        members(move |typed| {
            [
                ("reportId", Value::Text(report.clone())),
                ("businessUnit", typed.value("businessUnit")),
                (
                    "appraisalNumber",
                    Value::Number(typed.text("appraisalNumber").to_owned()),
                ),
                ("gses", Value::List(gses(typed))),
                ("documentFileId", file.clone().map_or(Value::Null, Value::Text)),
                ("note", typed.or_null("note")),
            ]
        })
    };
    Some(StepForm {
        asks: asks(fha, number),
        consequences,
        fill,
        ..StepForm::new(order, &["Submit to ", portal].concat(), "Submit")
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
