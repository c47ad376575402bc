//! The last part of a story: delivery, agency, money, completion, and the ways out before.

use super::narrator::{Story, moment};
use crate::base::money::Money;
use crate::contract::status;
use crate::model::agency::{AgencyStatus, Filed, Gse, GseFile, Portal, Submission, SubmissionStatus};
use crate::model::delivery::{DeliveryParty, Sent};
use crate::model::entry::{Entry, EntryType};
use crate::model::invoice::{BillTo, Invoice, InvoiceStatus, number_of};
use crate::model::loan::Scenario;
use crate::model::moment::EVER;
use crate::model::order::{Cancel, Delivery, Hold, PaymentStatus};
use crate::model::payment::{NewPayment, Payee, PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::problem::Problem;
use crate::rules::{fees, invoices, portal, settlement};
use crate::seed::people;
use crate::store::{agency, payments, records};

impl Story<'_> {
    pub(super) fn deliver(&mut self) -> Result<(), Problem> {
        let acknowledged = self.rng.chance(60);
        let downloads = self.rng.between(1, 3);
        // Accepted, delivered and paid, with no agency to ask, it would be complete.
        if self.stage == status::REPORT_ACCEPTED && self.is_paid() && self.stored.order.agency.is_none() {
            return Ok(());
        }
        let report = self.report()?;
        let borrower = self.stored.order.loan.borrowers.first();
        let name = borrower.map(|borrower| borrower.name.clone()).unwrap_or_default();
        let email = borrower.and_then(|borrower| borrower.email.clone());
        let email = email.unwrap_or_else(|| "borrower@mail.example".to_owned());
        let at = self.at;
        let sent = self.record(|id| Sent {
            id,
            to: DeliveryParty::Borrower,
            name,
            email,
            report_id: report.id.clone(),
            sent_at: at,
            sent_by: Some(people::actor("usr-operations")),
            acknowledged_at: acknowledged.then_some(at),
            downloads: if acknowledged { downloads } else { 0 },
            correlation_id: None,
        })?;
        self.stored.order.delivery = Some(Delivery {
            delivered: true,
            delivered_at: Some(self.at),
            acknowledged,
            download_count: if acknowledged { downloads } else { 0 },
        });
        if self.payment_status() == Some(PaymentStatus::NotDue) {
            self.set_payment(PaymentStatus::Due);
        }
        let entry = Entry::new(EntryType::Delivered, "Sent the report to the borrower")
            .by("usr-operations")
            .delivery(&sent.id)
            .report(&report.id);
        self.tell(entry)
    }

    pub(super) fn agency_submit(&mut self) -> Result<(), Problem> {
        let Some(agency) = &self.stored.order.agency else {
            return Ok(());
        };
        let (portal, loan_id) = (agency.portal, &self.stored.order.loan_id);
        let file_id = agency::issue_document_file_id(self.tx, loan_id, portal)?;
        let mut number = 1;
        while portal == Portal::Ucdp && !agency::take_appraisal(self.tx, loan_id, portal, number, self.stored.row)? {
            number += 1;
        }
        let report = self.report()?;
        let gses: &[Gse] = match portal {
            Portal::Ucdp => &[Gse::FannieMae, Gse::FreddieMac],
            Portal::Ead => &[Gse::Fha],
        };
        let files = gses.iter().map(|gse| GseFile {
            gse: *gse,
            document_file_id: Some(file_id.clone()),
            status: SubmissionStatus::Received,
            ssr_url: None,
        });
        let at = self.at;
        let filed = self.record(|id| Filed {
            submission: Submission {
                id,
                portal,
                report_id: report.id.clone(),
                appraisal_number: number,
                status: SubmissionStatus::Received,
                files: files.collect(),
                submitted_at: at,
                submitted_by: Some(people::actor("usr-operations")),
                completed_at: None,
                correlation_id: None,
                overrides: Vec::new(),
            },
            findings: Vec::new(),
            overrides_visible_at: std::collections::BTreeMap::new(),
        })?;
        if let Some(agency) = &mut self.stored.order.agency {
            agency.status = AgencyStatus::Received;
            agency.document_file_id = Some(file_id);
        }
        let summary = format!("Submitted to {}", portal.title());
        let entry = Entry::new(EntryType::AgencySubmitted, &summary)
            .by("usr-operations")
            .submission(&filed.submission.id)
            .report(&report.id);
        self.tell(entry)
    }

    pub(super) fn agency_answer(&mut self, status: SubmissionStatus) -> Result<(), Problem> {
        // With the portal's yes, one that is delivered and paid would be complete.
        let status = match self.stage == status::REPORT_ACCEPTED && self.is_paid() {
            true => SubmissionStatus::NotSuccessful,
            false => status,
        };
        let Some(mut filed) = records::latest::<Filed>(self.tx, self.stored.row, EVER)? else {
            return Ok(());
        };
        portal::find(&mut filed, status, false);
        portal::complete(&mut filed, status, self.at);
        records::save(self.tx, &filed)?;
        if let Some(agency) = &mut self.stored.order.agency {
            agency.status = status.into();
        }
        let title = filed.submission.portal.title();
        let summary = match status {
            SubmissionStatus::Successful => format!("{title} accepted the report"),
            _ => format!("{title} did not accept the report"),
        };
        let entry = Entry::new(EntryType::AgencyResult, &summary)
            .by_partner()
            .submission(&filed.submission.id)
            .report(&filed.submission.report_id);
        self.tell(entry)
    }

    pub(super) fn invoice(&mut self) -> Result<(), Problem> {
        let amount = self.stored.order.fee.map_or(Money::ZERO, |fee| fee.total);
        let (at, is_paid) = (self.at, self.is_paid());
        let invoice = self.record(|id| Invoice {
            number: number_of(&id),
            id,
            bill_to: BillTo::Client,
            amount,
            status: match is_paid {
                true => InvoiceStatus::Paid,
                false => InvoiceStatus::Open,
            },
            created_at: at,
            created_by: Some(people::actor("usr-finance")),
            note: None,
            correlation_id: None,
        })?;
        let summary = format!("Created invoice {} over {amount}", invoice.number);
        let entry = Entry::new(EntryType::Invoiced, &summary)
            .by("usr-finance")
            .invoice(&invoice.id);
        self.tell(entry)
    }

    pub(super) fn collect(&mut self) -> Result<(), Problem> {
        if self.is_paid() {
            return Ok(());
        }
        let (entry, kind, method) = match self.made.billing.scenario {
            Scenario::Invoice => (
                Entry::new(EntryType::PaymentReceived, "Received a check"),
                PaymentKind::Received,
                PaymentMethodKind::Check,
            ),
            Scenario::ChargeAtActivation | Scenario::CollectOnDelivery => (
                Entry::new(EntryType::PaymentCollected, "Payment collected"),
                PaymentKind::Charge,
                PaymentMethodKind::Ach,
            ),
        };
        let seq = self.pay(kind, TransactionStatus::Succeeded, method, "usr-finance")?;
        self.set_payment(PaymentStatus::Paid);
        invoices::mark(self.tx, self.stored.row, true)?;
        self.tell(entry.by("usr-finance").payment(seq))
    }

    fn is_paid(&self) -> bool {
        self.payment_status() == Some(PaymentStatus::Paid)
    }

    pub(super) fn complete(&mut self) -> Result<(), Problem> {
        let summary = "Delivered, submitted where required, and paid";
        let entry = Entry::new(EntryType::Completed, summary).by_automation();
        self.tell(entry.to(status::COMPLETED))?;
        settlement::pay_vendor(self.tx, moment(self.at), &self.stored)?;
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
        let entry = Entry::new(EntryType::Held, "Put on hold").by(by);
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
        let entry = Entry::new(EntryType::Cancelled, "Cancelled the order").by(by);
        self.tell(entry.to(status::CANCELLED).because(reason))?;
        let (Some((charge, _, method)), Some(amount)) = (taken, refunded) else {
            if let Some(payment) = &mut self.stored.order.payment {
                (payment.status, payment.amount_due) = fees::owed_after_cancelling(fee_applied);
            }
            return Ok(());
        };
        let refund = NewPayment {
            kind: PaymentKind::Refund,
            status: TransactionStatus::Succeeded,
            amount,
            method,
            reference: None,
            actor_id: Some(by),
            related_seq: Some(charge),
            payee: Payee::Client,
        };
        let seq = payments::append(self.tx, self.stored.row, moment(self.at), refund)?;
        self.set_payment(PaymentStatus::Refunded);
        let entry = Entry::new(EntryType::Refunded, "Refunded what was paid").by_automation();
        self.tell(entry.payment(seq))
    }

    pub(super) fn reject(&mut self) -> Result<(), Problem> {
        let entry = Entry::new(EntryType::Rejected, "Rejected by the platform")
            .by_automation()
            .to(status::REJECTED)
            .because("The request does not meet the client's policy");
        self.tell(entry)
    }

    /// A status and a history type that no page prints: clients have to survive both.
    pub(super) fn unprinted(&mut self, code: status::Code) -> Result<(), Problem> {
        let entry = Entry::new(EntryType::PartnerReview, "Moved by a partner's callback");
        self.tell(entry.by_partner().to(code))
    }
}
