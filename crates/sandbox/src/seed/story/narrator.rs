//! An order whose story is being told, and what every step of it leaves behind.

use rusqlite::Transaction;

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::contract::status;
use crate::model::document::{Access, DocumentKind, NewDocument};
use crate::model::entry::Entry;
use crate::model::moment::Moment;
use crate::model::order::PaymentStatus;
use crate::model::payment::{NewPayment, Payee, PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::model::record::Record;
use crate::model::report::Report;
use crate::problem::Problem;
use crate::rules::papers;
use crate::rules::reports as versions;
use crate::seed::loans::Made;
use crate::seed::people::user_of_vendor;
use crate::seed::rng::Rng;
use crate::seed::world::World;
use crate::store::orders::Stored;
use crate::store::{documents, history, payments, records};

pub struct Story<'s> {
    pub(super) tx: &'s Transaction<'s>,
    pub(super) world: &'s World,
    pub(super) made: &'s Made<'s>,
    pub(super) stored: Stored,
    pub(super) rng: Rng,
    /// The moment of the step being told.
    pub(super) at: Stamp,
    /// Where the story is to end.
    pub(super) stage: i64,
}

impl<'s> Story<'s> {
    pub fn new(tx: &'s Transaction<'s>, world: &'s World, made: &'s Made<'s>, stored: Stored, rng: Rng) -> Self {
        Self {
            tx,
            world,
            made,
            stored,
            rng,
            at: Stamp(0),
            stage: status::DRAFT_STAGE,
        }
    }

    /// Writes the entry, moves the order, makes it a version newer.
    pub(super) fn tell(&mut self, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, &mut self.stored, moment(self.at), entry)?;
        self.stored.order.version += 1;
        self.stored.order.updated_at = self.at;
        Ok(())
    }

    pub(super) fn audit(&self, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, self.stored.row, moment(self.at), line)
    }

    /// Records a payment of the whole fee and answers its key.
    pub(super) fn pay(
        &mut self,
        kind: PaymentKind,
        status: TransactionStatus,
        method: PaymentMethodKind,
        by: &str,
    ) -> Result<i64, Problem> {
        let reference = format!("tx_{:010x}", self.rng.next() & 0xff_ffff_ffff);
        let amount = self.stored.order.fee.map_or(Money::ZERO, |fee| fee.total);
        let payment = NewPayment {
            kind,
            status,
            amount,
            method,
            reference: Some(&reference),
            actor_id: Some(by),
            related_seq: None,
            payee: Payee::Client,
        };
        payments::append(self.tx, self.stored.row, moment(self.at), payment)
    }

    pub(super) fn set_payment(&mut self, status: PaymentStatus) {
        let Some(payment) = &mut self.stored.order.payment else {
            return;
        };
        payment.status = status;
        if status == PaymentStatus::Paid {
            payment.paid_at = Some(self.at);
        }
        if matches!(status, PaymentStatus::Paid | PaymentStatus::Refunded) {
            payment.amount_due = Money::ZERO;
        }
    }

    pub(super) fn payment_status(&self) -> Option<PaymentStatus> {
        let payment = self.stored.order.payment.as_ref();
        payment.map(|payment| payment.status)
    }

    pub(super) fn file(&mut self, name: &str, kind: DocumentKind, by: &str) -> Result<(), Problem> {
        let document = NewDocument {
            name,
            kind,
            content_type: "application/pdf",
            size: papers::document(&self.stored.order, name).len(),
            actor_id: by,
            access: Access {
                vendor: true,
                client: true,
            },
        };
        documents::append(self.tx, self.stored.row, moment(self.at), document)?;
        Ok(())
    }

    /// The latest version of the report.
    pub(super) fn report(&self) -> Result<Report, Problem> {
        versions::latest(self.tx, self.stored.row)?.ok_or_else(|| Problem::internal("the seed found no report"))
    }

    /// The next record of a kind.
    pub(super) fn record<T: Record>(&self, make: impl FnOnce(String) -> T) -> Result<T, Problem> {
        records::append(self.tx, self.stored.row, moment(self.at), make)
    }

    /// Whoever looks after this order on the client's or the platform's side.
    pub(super) fn caretaker(&self) -> &'static str {
        if self.stored.row % 3 == 0 {
            "usr-operations"
        } else {
            self.made.client.user_id
        }
    }

    pub(super) fn vendor_user(&self) -> String {
        let vendor = self.stored.order.vendor.as_ref();
        vendor.map_or_else(|| "usr-operations".to_owned(), |vendor| user_of_vendor(&vendor.id))
    }

    /// The vendor has answered, or need not any more.
    pub(super) fn stop_waiting(&mut self) {
        if let Some(sla) = &mut self.stored.order.sla {
            sla.respond_by = None;
        }
    }
}

/// What was seeded is visible at once and belongs to no request.
pub(super) fn moment(at: Stamp) -> Moment<'static> {
    Moment {
        at,
        visible_at: at,
        correlation_id: None,
    }
}
