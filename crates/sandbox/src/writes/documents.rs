//! Documents filed with an order, and who may see them. Neither changes the order itself.

use serde_json::Value;

use super::act::{Act, state_conflict};
use super::body::{expected_version, version_only};
use super::done::Done;
use crate::input::form::{DOCX, JPEG, PDF, PNG, Upload, ZIP};
use crate::input::{Fields, Mistakes};
use crate::model::document::{Access, NewDocument, Party};
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::EVER;
use crate::problem::Problem;
use crate::store::orders::Stored;
use crate::store::{contents, documents};

pub(super) fn add(
    act: &Act<'_>,
    mut stored: Stored,
    body: Option<&Value>,
    file: Option<&Upload>,
) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    if file.is_none() {
        mistakes.add("file", "This part is required.");
    }
    let kind = fields.word(&mut mistakes, "kind", "Choose one of the kinds of documents.");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let file = file.ok_or_else(|| Problem::field("file", "This part is required."))?;
    let content_type = file.check(&[PDF, PNG, JPEG, ZIP, DOCX])?;
    act.check_fence(&stored, expected)?;
    if stored.order.is_draft {
        return Err(state_conflict(&stored, "given documents"));
    }
    let new = NewDocument {
        name: &file.name,
        kind,
        content_type,
        size: file.bytes.len(),
        actor_id: &act.user.id,
        access: Access {
            vendor: false,
            client: false,
        },
    };
    let id = documents::append(act.tx, stored.row, act.moment, new)?;
    contents::keep(act.tx, &id, &file.bytes)?;
    let summary = format!("Filed {}", file.name);
    let entry = Entry::new(EntryType::DocumentAdded, &summary)
        .by(&act.user.id)
        .document(&id);
    act.tell(&mut stored, entry)?;
    act.enter(&stored, &summary, None)?;
    Ok(Done::Changed(Box::new(stored)))
}

/// Gives or takes a party's sight of a document; twice is the same as once.
pub(super) fn set_access(
    act: &Act<'_>,
    stored: &Stored,
    [document_id, party]: [&str; 2],
    body: Option<&Value>,
    may_see: bool,
) -> Result<Done, Problem> {
    let document =
        documents::get(act.tx, stored.row, EVER, document_id)?.ok_or_else(|| Problem::not_found("document"))?;
    let side = Party::by_name(party).ok_or_else(|| Problem::not_found("party"))?;
    let expected = version_only(body)?;
    act.check_fence(stored, expected)?;
    documents::set_access(act.tx, &document.id, side, may_see)?;
    let summary = match may_see {
        true => format!("Showed {} to the {party}", document.name),
        false => format!("Hid {} from the {party}", document.name),
    };
    act.audit(stored, ["documentAccess", &summary, "Document access"])?;
    act.enter(stored, &summary, None)?;
    Ok(Done::Nothing)
}
