//! An order, and what belongs to it.
#![deny(clippy::wildcard_enum_match_arm)]

use rusqlite::Connection;
use serde::Serialize;

use super::look::Look;
use super::shapes::dated;
use super::{agency, files, history, money, qc};
use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::contract::operations::OrderRead;
use crate::contract::roles::Permission;
use crate::input::Parameters;
use crate::input::call::Call;
use crate::model::agency::Portal;
use crate::model::delivery::Sent;
use crate::model::order::Order;
use crate::model::payment::Payee;
use crate::model::report::Report;
use crate::model::review::{Revision, Run};
use crate::model::user::User;
use crate::problem::Problem;
use crate::rules::visibility::{shown_to, visible_order};
use crate::rules::{eligibility, slots};

/// Answers a read of an order, or of what belongs to it.
pub fn of_order(connection: &Connection, call: &Call, user: &User, operation: OrderRead) -> Result<Answer, Problem> {
    let scope = user.scope(&call.ids.client)?;
    let parameters = Parameters::new(call.parameters()?);
    let stored = visible_order(connection, &scope, &call.ids.loan, &call.ids.order)?;
    user.require(Permission::View)?;
    let look = Look {
        connection,
        call,
        user,
        stored: &stored,
    };
    answer(&look, operation, &parameters)
}

/// There is no arm for the rest: a read that is added to the table of operations does not compile until it is named here.
fn answer(look: &Look<'_>, operation: OrderRead, parameters: &Parameters) -> Result<Answer, Problem> {
    use OrderRead as Op;
    let (order, now) = (&look.stored.order, look.call.now);
    match operation {
        Op::GetOrder | Op::GetOrderById => Ok(Answer::raw(shown_to(look.user, order)?)),
        Op::ListHistory => history::page(look, parameters),
        Op::GetHistoryEntry => history::entry(look),
        Op::ListAuditLogs => history::audits(look),
        Op::ListPayments => money::payments(look, Payee::Client),
        Op::ListVendorPayments => money::payments(look, Payee::Vendor),
        Op::ListSuggestedVendors => dated(eligibility::suggest(look.connection, look.stored)?, now),
        Op::ListDocuments => files::documents(look),
        Op::GetDocumentContent => files::document_content(look),
        Op::ListInspectionSlots => slots_on_offer(order, now),
        Op::ListReports => dated(look.records::<Report>()?, now),
        Op::GetLatestReport => Answer::json(&look.latest::<Report>("report")?),
        Op::ListReportHistory => history::of_reports(look),
        Op::GetReportContent => files::report_content(look),
        Op::GetChecklist => qc::checklist(look),
        Op::ListFindings => qc::findings(look),
        Op::ListCrossCheckRuns => dated(look.records::<Run>()?, now),
        Op::GetCrossCheckRun => Answer::json(&look.named::<Run>("CrossCheck run")?),
        Op::ListRevisions => dated(look.records::<Revision>()?, now),
        Op::GetLatestRevision => Answer::json(&look.latest::<Revision>("revision")?),
        Op::ListRovs => qc::rovs(look),
        Op::ListBorrowers => borrowers(order, now),
        Op::ListDeliveries => dated(look.records::<Sent>()?, now),
        Op::GetUcdpSubmission => agency::submissions(look, Portal::Ucdp),
        Op::GetEadSubmission => agency::submissions(look, Portal::Ead),
        Op::GetUcdpDashboardDetails => agency::dashboard(look, Portal::Ucdp),
        Op::GetEadDashboardDetails => agency::dashboard(look, Portal::Ead),
        Op::GetInvoiceData => money::invoice_data(look),
        Op::GetInvoice => money::invoice(look),
    }
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

fn slots_on_offer(order: &Order, now: Stamp) -> Result<Answer, Problem> {
    Answer::json(&Slots {
        items: slots::on_offer(order, now),
        time_zone: slots::time_zone(order),
        as_of: now,
    })
}

fn borrowers(order: &Order, now: Stamp) -> Result<Answer, Problem> {
    let borrowers = order.loan.borrowers.iter();
    let items = borrowers.map(|borrower| Addressee {
        name: &borrower.name,
        email: borrower.email.as_deref(),
    });
    dated(items.collect(), now)
}
