//! Terms that the vendor or the client proposes, and what an agreement changes.

use jiff::civil::Date;

use super::act::Act;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::input::{Fields, Mistakes};
use crate::model::order::{Conditions, Order, Side};
use crate::problem::{FieldError, Problem};
use crate::rules::deadlines;
use crate::store::orders::Stored;

/// Terms as they are proposed.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub fee: Option<Money>,
    pub due_date: Option<Date>,
    pub notes: Option<String>,
}

impl Terms {
    /// `{fee?, dueDate?}`; the note goes by different names.
    pub fn read(act: &Act<'_>, fields: &Fields<'_>, mistakes: &mut Mistakes, note: &str) -> Self {
        let due_date = fields.optional_date(mistakes, "dueDate");
        if due_date.is_some_and(|day| deadlines::is_past(day, act.moment.at)) {
            mistakes.add("dueDate", "This day has passed. Choose a later one.");
        }
        Self {
            fee: fields.optional_money(mistakes, "fee"),
            due_date,
            notes: fields.optional_text(mistakes, note, "At most 1000 characters.", |text| {
                text.chars().count() <= 1_000
            }),
        }
    }

    /// 422 for an offer that offers nothing.
    pub fn check(&self) -> Result<(), Problem> {
        if self.fee.is_some() || self.due_date.is_some() {
            return Ok(());
        }
        let errors = ["fee", "dueDate"].map(|field| FieldError {
            field: field.to_owned(),
            message: "Propose a fee, a due date, or both.".to_owned(),
        });
        Err(
            Problem::not_processable("Conditions need a fee or a due date. Add one of them.")
                .with_errors(errors.into()),
        )
    }

    /// "fee 480.00, due 2026-12-01".
    pub fn words(&self) -> String {
        let fee = self.fee.map(|fee| format!("fee {fee}"));
        let due = self.due_date.map(|day| format!("due {day}"));
        [fee, due].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    pub fn propose(self, by: Side, at: Stamp) -> Conditions {
        Conditions {
            fee: self.fee,
            due_date: self.due_date,
            notes: self.notes,
            proposed_by: by,
            proposed_at: at,
        }
    }
}

/// The terms on the table, if this side put them there.
pub(super) fn proposed_by(stored: &Stored, side: Side) -> Option<&Conditions> {
    stored
        .order
        .conditions
        .as_ref()
        .filter(|terms| terms.proposed_by == side)
}

pub(super) fn words(terms: &Conditions) -> String {
    Terms {
        fee: terms.fee,
        due_date: terms.due_date,
        notes: None,
    }
    .words()
}

/// What was proposed holds from now on. A term that was not named stays as it was. What is owed is to be
/// settled anew.
pub(super) fn adopt(order: &mut Order) {
    let Some(terms) = order.conditions.take() else {
        return;
    };
    if let (Some(agreed), Some(fee)) = (terms.fee, &mut order.fee) {
        fee.vendor_charges = agreed;
        // The portion stays within the order fee.
        fee.order_fee = fee.order_fee.max(agreed);
        fee.total = fee.order_fee + fee.technology_fee;
    }
    if let Some(day) = terms.due_date {
        deadlines::set_due_date(order, day);
    }
}
