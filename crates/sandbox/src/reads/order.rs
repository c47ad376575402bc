//! What belongs to one order: its four histories, its own records, its files.

use rusqlite::{Connection, params};
use serde::Serialize;

use super::dispatch::{Items, dated};
use super::{agency, money, qc};
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::input::call::{Answer, Call, File};
use crate::input::{Mistakes, Parameters};
use crate::problem::Problem;
use crate::rules::eligibility;
use crate::rules::slots;
use crate::store::deliveries::Sent;
use crate::store::documents::{self, Document};
use crate::store::history::Eyes;
use crate::store::orders::Stored;
use crate::store::payments::{self, Payee};
use crate::store::records;
use crate::store::reports::Report;
use crate::store::users::{Role, User};
use crate::store::{contents, history};

/// An order that may be seen, and who looks at it when.
pub(super) struct Look<'a> {
    pub connection: &'a Connection,
    pub call: &'a Call,
    pub user: &'a User,
    pub stored: &'a Stored,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HistoryPage {
    items: Vec<history::HistoryEntry>,
    has_older: bool,
    as_of: Stamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Slots {
    items: Vec<slots::Slot>,
    time_zone: &'static str,
    as_of: Stamp,
}

#[derive(Serialize)]
struct Addressee<'a> {
    name: &'a str,
    email: Option<&'a str>,
}

pub(super) fn is_about_an_order(operation: Operation) -> bool {
    use Operation as Op;
    matches!(
        operation,
        Op::GetOrder
            | Op::GetOrderById
            | Op::ListHistory
            | Op::GetHistoryEntry
            | Op::ListAuditLogs
            | Op::ListPayments
            | Op::ListSuggestedVendors
            | Op::ListDocuments
            | Op::GetDocumentContent
            | Op::ListInspectionSlots
            | Op::ListReports
            | Op::GetLatestReport
            | Op::ListReportHistory
            | Op::GetReportContent
            | Op::GetChecklist
            | Op::ListFindings
            | Op::ListCrossCheckRuns
            | Op::GetCrossCheckRun
            | Op::ListRevisions
            | Op::GetLatestRevision
            | Op::ListRovs
            | Op::ListBorrowers
            | Op::ListDeliveries
            | Op::GetUcdpSubmission
            | Op::GetEadSubmission
            | Op::GetUcdpDashboardDetails
            | Op::GetEadDashboardDetails
            | Op::GetInvoiceData
            | Op::GetInvoice
            | Op::ListVendorPayments
    )
}

pub(super) fn answer(look: &Look<'_>, parameters: &Parameters) -> Result<Answer, Problem> {
    use Operation as Op;
    let (connection, row, now) = (look.connection, look.stored.row, look.call.now);
    let order = &look.stored.order;
    match look.call.operation {
        Op::ListHistory => history_page(look, parameters),
        Op::GetHistoryEntry => {
            let missing = || Problem::not_found("history entry");
            let seq = history::seq_of(&look.call.ids.part).ok_or_else(missing)?;
            Answer::json(&history::get(connection, row, now, seq, look.eyes())?.ok_or_else(missing)?)
        }
        Op::ListAuditLogs => dated(history::list_audits(connection, row, now)?, now),
        Op::ListPayments => {
            look.user.require_not_vendor()?;
            dated(payments::list(connection, row, now, Payee::Client)?, now)
        }
        Op::ListVendorPayments => dated(payments::list(connection, row, now, Payee::Vendor)?, now),
        Op::ListSuggestedVendors => dated(eligibility::suggest(connection, look.stored)?, now),
        Op::ListDocuments => {
            let mut items = documents::list(connection, row, now)?;
            items.retain(|document| look.may_see(document));
            dated(items, now)
        }
        Op::GetDocumentContent => document_content(look),
        Op::ListInspectionSlots => Answer::json(&Slots {
            items: slots::slots(order, now),
            time_zone: slots::time_zone(order),
            as_of: now,
        }),
        Op::ListReports => dated(look.records::<Report>()?, now),
        Op::GetLatestReport => Answer::json(&look.latest::<Report>("report")?),
        Op::ListReportHistory => dated(history::list_of_reports(connection, row, now)?, now),
        Op::GetReportContent => report_content(look),
        Op::ListBorrowers => {
            let borrowers = order.loan.borrowers.iter();
            let items = borrowers.map(|borrower| Addressee {
                name: &borrower.name,
                email: borrower.email.as_deref(),
            });
            dated(items.collect(), now)
        }
        Op::ListDeliveries => dated(look.records::<Sent>()?, now),
        Op::GetUcdpSubmission | Op::GetUcdpDashboardDetails => agency::answer(look, "ucdp"),
        Op::GetEadSubmission | Op::GetEadDashboardDetails => agency::answer(look, "ead"),
        Op::GetInvoiceData | Op::GetInvoice => money::answer(look),
        Op::GetOrder | Op::GetOrderById => Ok(Answer::raw(order.shown_to(look.user)?)),
        _ => qc::answer(look),
    }
}

impl Look<'_> {
    /// The order's records of a kind, newest first.
    pub fn records<T: records::Record>(&self) -> Result<Vec<T>, Problem> {
        records::list(self.connection, self.stored.row, self.call.now)
    }

    /// The newest record of a kind; 404 if there is none.
    pub fn latest<T: records::Record>(&self, what: &str) -> Result<T, Problem> {
        records::latest(self.connection, self.stored.row, self.call.now)?.ok_or_else(|| Problem::not_found(what))
    }

    /// The record that the path names; 404 if the order has none such.
    pub fn named<T: records::Record>(&self, what: &str) -> Result<T, Problem> {
        let id = &self.call.ids.part;
        records::get(self.connection, self.stored.row, self.call.now, id)?.ok_or_else(|| Problem::not_found(what))
    }

    fn eyes(&self) -> Eyes {
        match self.user.role {
            Role::Vendor => Eyes::Vendor,
            _ => Eyes::All,
        }
    }

    fn may_see(&self, document: &Document) -> bool {
        let uploader = document.uploaded_by.as_ref().map(|actor| actor.id.as_str());
        let is_shown = match self.user.role {
            Role::Vendor => document.access.vendor,
            Role::Client => document.access.client,
            _ => true,
        };
        is_shown || uploader == Some(self.user.id.as_str())
    }
}

fn document_content(look: &Look<'_>) -> Result<Answer, Problem> {
    let document = documents::get(look.connection, look.stored.row, look.call.now, &look.call.ids.part)?
        .filter(|document| look.may_see(document))
        .ok_or_else(|| Problem::not_found("document"))?;
    let bytes = match contents::load(look.connection, &document.id)? {
        Some(bytes) => bytes,
        None => contents::document(&look.stored.order, &document.name),
    };
    let file = File {
        name: document.name,
        content_type: document.content_type,
    };
    Ok(Answer::file(file, bytes))
}

fn report_content(look: &Look<'_>) -> Result<Answer, Problem> {
    let report: Report = look.named("report")?;
    let bytes = match contents::load(look.connection, &report.id)? {
        Some(bytes) => bytes,
        None => contents::report(&look.stored.order, report.version),
    };
    let file = File {
        name: report.name,
        content_type: report.content_type,
    };
    Ok(Answer::file(file, bytes))
}

fn history_page(look: &Look<'_>, parameters: &Parameters) -> Result<Answer, Problem> {
    let (connection, row, now) = (look.connection, look.stored.row, look.call.now);
    let mut mistakes = Mistakes::default();
    let known = |text: &str| {
        let seq = history::seq_of(text)?;
        let sql = "SELECT 1 FROM history WHERE seq = ?1 AND order_row = ?2";
        let exists = connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.exists(params![seq, row]));
        matches!(exists, Ok(true)).then_some(seq)
    };
    let hint = "Must be the id of an entry of this order's history.";
    let after = parameters.read(&mut mistakes, "after", hint, known);
    let before = parameters.read(&mut mistakes, "before", hint, known);
    let kind = parameters.read(&mut mistakes, "type", "This is not a history type.", |text| {
        is_type_name(text).then(|| text.to_owned())
    });
    let limit = parameters.count(&mut mistakes, "limit", 1_000, 200);
    mistakes.check()?;
    let window = history::Window {
        now,
        after,
        before,
        kind: kind.as_deref(),
        limit,
        eyes: look.eyes(),
    };
    let (items, has_older) = history::list(connection, row, &window)?;
    Answer::json(&HistoryPage {
        items,
        has_older,
        as_of: now,
    })
}

fn is_type_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

/// `{items}` of a client, the same for all its orders.
pub(super) fn delivery_configurations(client_id: &str) -> Result<Answer, Problem> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Configuration {
        id: String,
        name: &'static str,
        to: &'static str,
        requires_acknowledgement: bool,
    }
    let key = client_id.trim_start_matches("cli-");
    let items = [
        (
            "borrower",
            "Secure link to the borrower, terms to be acknowledged",
            true,
        ),
        ("other", "Secure link to somebody else", false),
    ];
    let items = items.map(|(to, name, requires_acknowledgement)| Configuration {
        id: format!("dcf-{key}-{to}"),
        name,
        to,
        requires_acknowledgement,
    });
    Answer::json(&Items { items: items.into() })
}
