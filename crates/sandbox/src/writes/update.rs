//! Changes to an order under way, each told with what it was before; and comments.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::expected_version;
use super::done::Done;
use super::draft;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_filled};
use crate::model::entry::{Entry, EntryType};
use crate::model::history::ORDER_FEE_CHANGED;
use crate::problem::Problem;
use crate::rules::{deadlines, settlement};
use crate::store::orders::Stored;

pub(super) fn update(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let named = |name: &str| fields.has(name);
    if !named("orderFee") && !named("dueDate") && !named("specialInstructions") {
        mistakes.add("", "Name at least one of orderFee, dueDate and specialInstructions.");
    }
    let order_fee = match named("orderFee") {
        true => fields.money(&mut mistakes, "orderFee"),
        false => None,
    };
    let due_date = match named("dueDate") {
        true => fields.date(&mut mistakes, "dueDate"),
        false => None,
    };
    if due_date.is_some_and(|day| deadlines::is_past(day, act.moment.at)) {
        mistakes.add("dueDate", "This day has passed. Choose a later one.");
    }
    let instructions = draft::instructions(&fields, &mut mistakes);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "changed", |code| !status::is_closed(code))?;

    let order = &mut stored.order;
    let mut changes = Vec::new();
    let mut beginning = "Changed ";
    if let (Some(new), Some(fee)) = (order_fee, &mut order.fee) {
        beginning = ORDER_FEE_CHANGED;
        changes.push(format!("{} → {new}", fee.order_fee));
        fee.order_fee = new;
        fee.vendor_charges = fee.vendor_charges.min(new);
        fee.total = new + fee.technology_fee;
    }
    if let Some(new) = due_date {
        let old = order.due_date.map_or_else(|| "none".to_owned(), |day| day.to_string());
        changes.push(format!("due date {old} → {new}"));
        deadlines::set_due_date(order, new);
    }
    if named("specialInstructions") {
        let words = |text: &Option<String>| match text {
            Some(text) => format!("“{}”", shortened(text)),
            None => "none".to_owned(),
        };
        let (old, new) = (words(&order.special_instructions), words(&instructions));
        changes.push(format!("special instructions {old} → {new}"));
        order.special_instructions = instructions;
    }
    let summary = format!("{beginning}{}", changes.join("; "));
    act.tell(
        &mut stored,
        Entry::new(EntryType::OrderUpdated, &summary).by(&act.user.id),
    )?;
    if order_fee.is_some() {
        settlement::settle(act.tx, act.moment, &mut stored)?;
    }
    act.finish(stored, &summary, None)
}

/// So that a summary stays one.
fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}…")
}

/// Does not change the order, so it does not make it a version newer either.
pub(super) fn comment(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let text = fields.text(&mut mistakes, "text", "Write 1 to 2000 characters.", |text| {
        is_filled(text, 2_000)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    if stored.order.is_draft {
        return Err(state_conflict(&stored, "commented on"));
    }
    act.tell(&mut stored, Entry::new(EntryType::Comment, &text).by(&act.user.id))?;
    act.enter(&stored, "Commented", None)?;
    Ok(Done::Changed(Box::new(stored)))
}
