//! Sending the report out. Each call sends: there is no way to tell a second mail from a wanted one.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::expected_version;
use super::done::Done;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_email, is_filled};
use crate::model::delivery::{DeliveryParty, Sent};
use crate::model::entry::{Entry, EntryType};
use crate::model::order::Delivery;
use crate::model::task::Task;
use crate::problem::Problem;
use crate::rules::reports as versions;
use crate::rules::settlement;
use crate::store::orders::Stored;
use crate::store::records;

const EMAIL_HINT: &str = "Enter an e-mail address such as dana@mail.example.";

pub(super) fn to_borrower(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let email = fields.text(&mut mistakes, "email", EMAIL_HINT, is_email);
    check_message(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "sent to the borrower", |code| code == status::REPORT_ACCEPTED)?;
    let borrowers = &stored.order.loan.borrowers;
    let name = borrowers
        .iter()
        .find(|borrower| borrower.email.as_deref() == Some(email.as_str()))
        .or_else(|| borrowers.first())
        .map_or_else(|| email.clone(), |borrower| borrower.name.clone());
    let summary = format!("Sent the report to {name} ({email})");
    let downloads = stored
        .order
        .delivery
        .as_ref()
        .map_or(0, |delivery| delivery.download_count);
    stored.order.delivery = Some(Delivery {
        delivered: true,
        delivered_at: Some(act.moment.at),
        acknowledged: false,
        download_count: downloads,
    });
    let sent = send(act, &mut stored, DeliveryParty::Borrower, &name, &email, &summary)?;
    if act.settings.borrower_acts {
        let task = Task::BorrowerOpens { delivery_id: sent.id };
        act.schedule(&stored, act.settings.payment_delay_ms, &task)?;
    }
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, None)
}

pub(super) fn to_other(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let name = fields.text(&mut mistakes, "name", "At most 120 characters.", |text| {
        is_filled(text, 120)
    });
    let email = fields.text(&mut mistakes, "email", EMAIL_HINT, is_email);
    check_message(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "sent out", |code| {
        matches!(code, status::REPORT_ACCEPTED | status::COMPLETED)
    })?;
    let summary = format!("Sent the report to {name} ({email})");
    send(act, &mut stored, DeliveryParty::Other, &name, &email, &summary)?;
    act.finish(stored, &summary, None)
}

/// The message goes into the mail and is kept nowhere.
fn check_message(fields: &Fields<'_>, mistakes: &mut Mistakes) {
    fields.optional_text(mistakes, "message", "At most 1000 characters.", |text| {
        text.chars().count() <= 1_000
    });
}

fn send(
    act: &Act<'_>,
    stored: &mut Stored,
    to: DeliveryParty,
    name: &str,
    email: &str,
    summary: &str,
) -> Result<Sent, Problem> {
    let Some(report) = versions::latest(act.tx, stored.row)? else {
        return Err(state_conflict(stored, "sent out without a report"));
    };
    let sent = records::append(act.tx, stored.row, act.moment, |id| Sent {
        id,
        to,
        name: name.to_owned(),
        email: email.to_owned(),
        report_id: report.id.clone(),
        sent_at: act.moment.at,
        sent_by: Some(act.user.actor()),
        acknowledged_at: None,
        downloads: 0,
        correlation_id: act.correlation_id(),
    })?;
    let entry = Entry::new(EntryType::Delivered, summary)
        .by(&act.user.id)
        .delivery(&sent.id)
        .report(&report.id);
    act.tell(stored, entry)?;
    Ok(sent)
}
