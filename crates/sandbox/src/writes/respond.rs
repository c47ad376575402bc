//! The vendor's answer to an assignment, its own or given on its behalf; and the start of its work.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::expected_version;
use super::done::Done;
use super::terms::{self, Terms};
use crate::base::money::Money;
use crate::base::time::{DAY, Stamp};
use crate::contract::operations::OrderWrite;
use crate::contract::settings::VendorsAnswer;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_filled};
use crate::model::entry::{Entry, EntryType};
use crate::model::order::Side;
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::orders::Stored;

/// What the contract calls the operation by which vendors answer.
pub const OPERATION_OF_VENDORS: OrderWrite = OrderWrite::UpdateOrderStatus;

/// What a vendor says, by the status that it asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    Accept,
    Counter,
    Decline,
    Start,
}

impl Reply {
    fn of(code: status::Code) -> Option<Self> {
        match code {
            status::ACCEPTED => Some(Self::Accept),
            status::CONDITIONS => Some(Self::Counter),
            status::DECLINED => Some(Self::Decline),
            status::IN_PROGRESS => Some(Self::Start),
            _ => None,
        }
    }
}

pub(super) fn update_status(act: &Act<'_>, stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let code = fields.integer(&mut mistakes, "statusCode", 0..=999);
    let reply = code.and_then(Reply::of);
    if code.is_some() && reply.is_none() {
        mistakes.add("statusCode", "Only 3, 4, 2 and 10 can be set here.");
    }
    let reason = match reply {
        Some(Reply::Decline) => fields.text(
            &mut mistakes,
            "reason",
            "Give a reason of 3 to 500 characters.",
            |text| text.chars().count() >= 3 && is_filled(text, 500),
        ),
        Some(Reply::Accept | Reply::Counter | Reply::Start) | None => fields
            .optional_text(&mut mistakes, "reason", "At most 500 characters.", |text| {
                text.chars().count() <= 500
            })
            .unwrap_or_default(),
    };
    let terms = Terms::read(act, &fields, &mut mistakes, "notes");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let reply = reply.ok_or_else(|| Problem::field("statusCode", "This field is required."))?;
    act.check_fence(&stored, expected)?;
    match reply {
        Reply::Accept => accept(act, stored),
        Reply::Counter => counter(act, stored, terms),
        Reply::Decline => decline(act, stored, &reason),
        Reply::Start => start(act, stored),
    }
}

/// What a vendor does when it answers by itself.
pub fn by_itself(act: &Act<'_>, stored: Stored, answer: VendorsAnswer) -> Result<(), Problem> {
    match answer {
        VendorsAnswer::Off => {}
        VendorsAnswer::Accept => {
            accept(act, stored)?;
        }
        VendorsAnswer::Decline => {
            decline(act, stored, "Too busy this month")?;
        }
        VendorsAnswer::Counter => {
            let order = &stored.order;
            let terms = Terms {
                fee: order.fee.map(|fee| fee.vendor_charges + Money::dollars(50)),
                due_date: order.due_date.map(|day| Stamp::end_of(day).plus(2 * DAY).day()),
                notes: Some("Complex property: more time and a higher fee are needed.".to_owned()),
            };
            counter(act, stored, terms)?;
        }
    }
    Ok(())
}

/// Yes: to the order as it was given, or to the terms that the client has offered.
pub fn accept(act: &Act<'_>, mut stored: Stored) -> Result<Done, Problem> {
    let code = require_status(&stored, "accepted", is_waiting)?;
    let (kind, summary) = if code == status::ASSIGNED {
        (EntryType::Accepted, "Accepted the order".to_owned())
    } else {
        let Some(terms) = terms::proposed_by(&stored, Side::Client) else {
            return Err(state_conflict(
                &stored,
                "accepted before the client has answered the vendor's conditions",
            ));
        };
        (
            EntryType::ConditionsAccepted,
            format!("Accepted the client's terms: {}", terms::words(terms)),
        )
    };
    terms::adopt(&mut stored.order);
    tell(act, &mut stored, Entry::new(kind, &summary).to(status::ACCEPTED))?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, None)
}

/// Yes, but.
fn counter(act: &Act<'_>, mut stored: Stored, terms: Terms) -> Result<Done, Problem> {
    require_status(&stored, "accepted with conditions", is_waiting)?;
    terms.check()?;
    let summary = format!("Accepted with conditions: {}", terms.words());
    let notes = terms.notes.clone().filter(|notes| !notes.trim().is_empty());
    stored.order.conditions = Some(terms.propose(Side::Vendor, act.moment.at));
    let mut entry = Entry::new(EntryType::AcceptedWithConditions, &summary).to(status::CONDITIONS);
    if let Some(notes) = &notes {
        entry = entry.because(notes);
    }
    tell(act, &mut stored, entry)?;
    act.finish(stored, &summary, None)
}

/// No: the order goes back to those who assign.
fn decline(act: &Act<'_>, mut stored: Stored, reason: &str) -> Result<Done, Problem> {
    require_status(&stored, "declined", is_waiting)?;
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    let entry = Entry::new(EntryType::Declined, "Declined the order")
        .to(status::DECLINED)
        .because(reason);
    tell(act, &mut stored, entry)?;
    let order = &mut stored.order;
    order.vendor = None;
    order.assigned_at = None;
    order.conditions = None;
    order.inspection = None;
    order.reassignment_count += 1;
    let summary = "Returned to the queue after the vendor declined";
    let entry = Entry::new(EntryType::Unassigned, summary)
        .by_automation()
        .to(status::UNASSIGNED)
        .vendor(&vendor_id);
    act.tell(&mut stored, entry)?;
    act.audit(&stored, ["reassignment", summary, "Vendor response"])?;
    act.finish(stored, &format!("Declined: {reason}"), None)
}

fn start(act: &Act<'_>, mut stored: Stored) -> Result<Done, Problem> {
    require_status(&stored, "started", |code| code == status::ACCEPTED)?;
    let summary = "Started to work";
    tell(
        act,
        &mut stored,
        Entry::new(EntryType::InProgress, summary).to(status::IN_PROGRESS),
    )?;
    act.finish(stored, summary, None)
}

fn is_waiting(code: status::Code) -> bool {
    matches!(code, status::ASSIGNED | status::CONDITIONS)
}

/// Tells an answer of the vendor, who is not waited for any longer.
fn tell(act: &Act<'_>, stored: &mut Stored, entry: Entry<'_>) -> Result<(), Problem> {
    if let Some(sla) = &mut stored.order.sla {
        sla.respond_by = None;
    }
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    act.tell(stored, entry.by(&act.user.id).vendor(&vendor_id))
}
