//! The last part of a story: delivery, agency, money, completion, and the ways out before.

use super::{Story, moment};
use crate::fees;
use crate::model::{Cancel, Delivery, Hold, PaymentStatus, Scenario};
use crate::problem::Problem;
use crate::seed::people;
use crate::status::{self, Code};
use crate::store::history::Entry;
use crate::store::payments::{self, NewPayment};

impl Story<'_> {
    pub(super) fn deliver(&mut self) -> Result<(), Problem> {
        let acknowledged = self.rng.chance(60);
        let downloads = self.rng.between(1, 3);
        self.stored.order.delivery = Some(Delivery {
            delivered: true,
            delivered_at: Some(self.at),
            acknowledged,
            download_count: if acknowledged { downloads } else { 0 },
        });
        if self.payment_status() == Some(PaymentStatus::NotDue) {
            self.set_payment(PaymentStatus::Due);
        }
        let entry = Entry::new("delivered", "Sent the report to the borrower");
        self.tell(entry.by("usr-operations"))
    }

    pub(super) fn agency_submit(&mut self) -> Result<(), Problem> {
        let row = self.stored.row;
        let Some(agency) = &mut self.stored.order.agency else {
            return Ok(());
        };
        agency.status = "received".to_owned();
        agency.document_file_id = Some(format!("DF{:08}", 10_000_000 + row));
        let summary = format!("Submitted to {}", agency.portal.to_uppercase());
        let submission = format!("sub-{row:06}");
        let entry = Entry::new("agencySubmitted", &summary).by("usr-operations");
        self.tell(entry.submission(&submission))
    }

    pub(super) fn agency_answer(&mut self, status: &str, summary: &str) -> Result<(), Problem> {
        let Some(agency) = &mut self.stored.order.agency else {
            return Ok(());
        };
        agency.status = status.to_owned();
        let submission = format!("sub-{:06}", self.stored.row);
        let entry = Entry::new("agencyResult", summary).by_partner();
        self.tell(entry.submission(&submission))
    }

    pub(super) fn invoice(&mut self) -> Result<(), Problem> {
        let entry = Entry::new("invoiced", "Created the invoice");
        self.tell(entry.by("usr-finance"))
    }

    pub(super) fn collect(&mut self) -> Result<(), Problem> {
        if self.payment_status() == Some(PaymentStatus::Paid) {
            return Ok(());
        }
        let (kind, method) = match self.made.billing.scenario {
            Scenario::Invoice => ("received", "check"),
            Scenario::ChargeAtActivation | Scenario::CollectOnDelivery => ("charge", "ach"),
        };
        let seq = self.pay(kind, "succeeded", method, "usr-finance")?;
        self.set_payment(PaymentStatus::Paid);
        let entry = Entry::new("paymentCollected", "Payment collected");
        self.tell(entry.by("usr-finance").payment(seq))
    }

    pub(super) fn complete(&mut self) -> Result<(), Problem> {
        let summary = "Delivered, submitted where required, and paid";
        let entry = Entry::new("completed", summary).by_automation();
        self.tell(entry.to(status::COMPLETED))?;
        self.audit(["completion", "All conditions are met", "Completion"])
    }

    pub(super) fn hold(&mut self) -> Result<(), Problem> {
        let reason = *self.rng.pick(&[
            "Borrower asked to wait for the survey",
            "Title issue under review",
            "Access to the property not possible before next week",
        ]);
        let by = self.caretaker();
        let order = &mut self.stored.order;
        order.hold = Some(Hold {
            reason: reason.to_owned(),
            by: people::actor(by),
            at: self.at,
            prior_status: order.status_code.unwrap_or(status::UNASSIGNED),
        });
        let entry = Entry::new("held", "Put on hold").by(by);
        self.tell(entry.to(status::ON_HOLD).because(reason))
    }

    pub(super) fn cancel(&mut self) -> Result<(), Problem> {
        let reason = *self.rng.pick(&[
            "Borrower withdrew the application",
            "Duplicate order",
            "Loan was denied",
        ]);
        let by = self.caretaker();
        let taken = payments::latest_taken(self.tx, self.stored.row)?;
        let amount_taken = taken.as_ref().map(|(_, amount, _)| *amount);
        let (fee_applied, refunded) = fees::on_cancelling(&self.stored.order, amount_taken);
        self.stored.order.cancel = Some(Cancel {
            reason: reason.to_owned(),
            by: people::actor(by),
            at: self.at,
            fee_applied,
            refunded,
        });
        self.stop_waiting();
        let entry = Entry::new("cancelled", "Cancelled the order").by(by);
        self.tell(entry.to(status::CANCELLED).because(reason))?;
        let (Some((charge, _, method)), Some(amount)) = (taken, refunded) else {
            if let Some(payment) = &mut self.stored.order.payment {
                (payment.status, payment.amount_due) = fees::owed_after_cancelling(fee_applied);
            }
            return Ok(());
        };
        let refund = NewPayment {
            kind: "refund",
            status: "succeeded",
            amount,
            method: &method,
            reference: None,
            actor_id: by,
            related_seq: Some(charge),
        };
        let seq = payments::append(self.tx, self.stored.row, moment(self.at), refund)?;
        self.set_payment(PaymentStatus::Refunded);
        let entry = Entry::new("refunded", "Refunded what was paid").by_automation();
        self.tell(entry.payment(seq))
    }

    pub(super) fn reject(&mut self) -> Result<(), Problem> {
        let entry = Entry::new("rejected", "Rejected by the platform")
            .by_automation()
            .to(status::REJECTED)
            .because("The request does not meet the client's policy");
        self.tell(entry)
    }

    /// A status and a history type that no page prints: clients have to survive both.
    pub(super) fn unprinted(&mut self, code: Code) -> Result<(), Problem> {
        let entry = Entry::new("partnerReview", "Moved by a partner's callback");
        self.tell(entry.by_partner().to(code))
    }
}
