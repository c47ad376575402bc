//! What is filed with an order, and the bytes of it.

use super::look::Look;
use super::shapes::dated;
use crate::contract::answer::{Answer, File};
use crate::model::report::Report;
use crate::problem::Problem;
use crate::rules::papers;
use crate::rules::visibility::may_see;
use crate::store::{contents, documents};

pub(super) fn documents(look: &Look<'_>) -> Result<Answer, Problem> {
    let now = look.call.now;
    let mut items = documents::list(look.connection, look.stored.row, now)?;
    items.retain(|document| may_see(look.user, document));
    dated(items, now)
}

pub(super) fn document_content(look: &Look<'_>) -> Result<Answer, Problem> {
    let document = documents::get(look.connection, look.stored.row, look.call.now, &look.call.ids.part)?
        .filter(|document| may_see(look.user, document))
        .ok_or_else(|| Problem::not_found("document"))?;
    let bytes = match contents::load(look.connection, &document.id)? {
        Some(bytes) => bytes,
        None => papers::document(&look.stored.order, &document.name),
    };
    let file = File {
        name: document.name,
        content_type: document.content_type,
    };
    Ok(Answer::file(file, bytes))
}

pub(super) fn report_content(look: &Look<'_>) -> Result<Answer, Problem> {
    let report: Report = look.named("report")?;
    let bytes = match contents::load(look.connection, &report.id)? {
        Some(bytes) => bytes,
        None => papers::report(&look.stored.order, report.version),
    };
    let file = File {
        name: report.name,
        content_type: report.content_type,
    };
    Ok(Answer::file(file, bytes))
}
