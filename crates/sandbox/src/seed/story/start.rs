//! The start of a story: activation, and the charge that goes with it.

use super::narrator::Story;
use crate::base::time::Stamp;
use crate::contract::status;
use crate::model::document::DocumentKind;
use crate::model::entry::{Entry, EntryType};
use crate::model::loan::{LoanPurpose, Scenario};
use crate::model::order::{Hold, PaymentStatus, Sla};
use crate::model::payment::{PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::problem::Problem;
use crate::seed::people;

impl Story<'_> {
    pub(super) fn activate(&mut self, charge_fails: bool) -> Result<(), Problem> {
        let order = &mut self.stored.order;
        let due_date = order.due_date.unwrap_or_else(|| self.at.day());
        order.is_draft = false;
        order.sla = Some(Sla {
            started_at: self.at,
            respond_by: None,
            due_at: Stamp::end_of(due_date),
            paused_ms: 0,
        });
        let by = self.caretaker();
        let entry = Entry::new(EntryType::Activated, "Activated the order");
        self.tell(entry.by(by).to(status::UNASSIGNED))?;
        self.audit(["activation", "Order number issued, clock started", "Activation"])?;
        self.file("Engagement letter.pdf", DocumentKind::Engagement, by)?;
        if self.made.loan.purpose == LoanPurpose::Purchase {
            self.file("Purchase contract.pdf", DocumentKind::Contract, by)?;
        }
        let billing = self.made.billing;
        if charge_fails {
            let seq = self.pay(
                PaymentKind::Charge,
                TransactionStatus::Failed,
                PaymentMethodKind::Ach,
                by,
            )?;
            self.set_payment(PaymentStatus::Failed);
            let entry = Entry::new(EntryType::PaymentFailed, "The charge at activation was declined");
            self.tell(entry.by_automation().payment(seq))?;
            self.hold_for_payment(by)
        } else if billing.scenario == Scenario::ChargeAtActivation && !billing.charge_declines {
            let seq = self.pay(
                PaymentKind::Charge,
                TransactionStatus::Succeeded,
                PaymentMethodKind::Ach,
                by,
            )?;
            self.set_payment(PaymentStatus::Paid);
            let entry = Entry::new(EntryType::PaymentCollected, "Payment collected at activation");
            self.tell(entry.by_automation().payment(seq))
        } else {
            Ok(())
        }
    }

    fn hold_for_payment(&mut self, by: &str) -> Result<(), Problem> {
        let reason = "Payment at activation failed";
        self.stored.order.hold = Some(Hold {
            reason: reason.to_owned(),
            by: people::actor(by),
            at: self.at,
            prior_status: status::UNASSIGNED,
        });
        let entry = Entry::new(EntryType::Held, "Put on hold").by_automation();
        self.tell(entry.to(status::ON_HOLD).because(reason))
    }
}
