//! Makes an order as big as orders can become, so that clients can be tried with one.

use rusqlite::Transaction;

use crate::base::time::Stamp;
use crate::model::document::{Access, DocumentKind, NewDocument};
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::Moment;
use crate::problem::{FieldError, Problem};
use crate::rules::papers;
use crate::seed;
use crate::state::AppState;
use crate::store::ledger::{self, NewEffect};
use crate::store::orders::{self, Stored};
use crate::store::{documents, history};

pub const MAX_HISTORY: u32 = 10_000;
pub const MAX_DOCUMENTS: u32 = 500;

/// Adds comments and documents to an order that is no draft. The order itself stays as it is.
pub async fn grow(state: &AppState, order_id: String, comments: u32, files: u32) -> Result<(), Problem> {
    let mut errors = Vec::new();
    for (field, given, most) in [("history", comments, MAX_HISTORY), ("documents", files, MAX_DOCUMENTS)] {
        if given > most {
            errors.push(FieldError {
                field: field.to_owned(),
                message: format!("Must be from 0 to {most}."),
            });
        }
    }
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    let now = state.clock.now();
    state
        .db
        .write(move |tx| {
            let mut stored = orders::load(tx, &order_id)?
                .filter(|stored| !stored.order.is_draft)
                .ok_or_else(|| Problem::field("orderId", "There is no such order that is active or closed."))?;
            let moment = Moment {
                at: now,
                visible_at: now,
                correlation_id: None,
            };
            for number in 1..=comments {
                let text =
                    format!("Comment {number} of {comments}: the borrower asked again when the report will come.");
                let entry = Entry::new(EntryType::Comment, &text).by(seed::GROWER);
                history::tell(tx, &mut stored, moment, entry)?;
            }
            for number in 1..=files {
                file(tx, &stored, moment, &format!("Photo {number} of {files}.pdf"))?;
            }
            let summary = format!("Grew by {comments} comments and {files} documents");
            enter(tx, &stored, now, &summary)
        })
        .await
}

fn file(tx: &Transaction<'_>, stored: &Stored, moment: Moment<'_>, name: &str) -> Result<(), Problem> {
    let new = NewDocument {
        name,
        kind: DocumentKind::Photo,
        content_type: "application/pdf",
        size: papers::document(&stored.order, name).len(),
        actor_id: seed::GROWER,
        access: Access {
            vendor: true,
            client: true,
        },
    };
    documents::append(tx, stored.row, moment, new)?;
    Ok(())
}

fn enter(tx: &Transaction<'_>, stored: &Stored, now: Stamp, summary: &str) -> Result<(), Problem> {
    let effect = NewEffect {
        at: now,
        operation: "sandbox:grow",
        client_id: Some(&stored.order.client_id),
        order_id: Some(&stored.order.id),
        user: None,
        intent: None,
        correlation_id: "none",
        summary,
        charge: None,
    };
    ledger::append(tx, &effect)
}
