//! Payment records: charges, refunds, payment links, payments received.

use serde::Serialize;

use super::actor::Actor;
use super::entry::Source;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum PaymentKind {
        Charge = "charge",
        Refund = "refund",
        PaymentLink = "paymentLink",
        Received = "received",
    }

    /// What came of a payment; that of the whole order is another word.
    pub enum TransactionStatus {
        Pending = "pending",
        Succeeded = "succeeded",
        Failed = "failed",
    }

    /// How money moves.
    pub enum PaymentMethodKind {
        Ach = "ach",
        Check = "check",
        CreditCard = "creditCard",
        PaymentLink = "paymentLink",
        Paypal = "paypal",
        StoredCard = "storedCard",
        Wire = "wire",
        Cash = "cash",
        Other = "other",
    }

    /// Whose account a record belongs to: what the order brings in, or what its vendor is paid.
    pub enum Payee {
        Client = "client",
        Vendor = "vendor",
    }
}

/// A record about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewPayment<'a> {
    pub kind: PaymentKind,
    pub status: TransactionStatus,
    pub amount: Money,
    pub method: PaymentMethodKind,
    pub reference: Option<&'a str>,
    /// `None` if nobody did it but automation.
    pub actor_id: Option<&'a str>,
    /// For a refund, the charge.
    pub related_seq: Option<i64>,
    pub payee: Payee,
}

/// A record as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    pub id: String,
    pub kind: PaymentKind,
    pub status: TransactionStatus,
    pub amount: Money,
    pub method: PaymentMethodKind,
    pub reference: Option<String>,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub source: Source,
    pub correlation_id: Option<String>,
    pub related_payment_id: Option<String>,
}

/// What is kept of one record, as far as rules look at it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub seq: i64,
    pub kind: PaymentKind,
    pub status: TransactionStatus,
    pub amount: Money,
    pub method: PaymentMethodKind,
    /// What was refunded of it so far.
    pub refunded: Money,
}

impl Kept {
    /// Whether money came in by it.
    pub fn is_taken(&self) -> bool {
        self.kind != PaymentKind::Refund && self.status == TransactionStatus::Succeeded
    }

    /// A charge that has not settled yet.
    pub fn is_pending_charge(&self) -> bool {
        self.kind == PaymentKind::Charge && self.status == TransactionStatus::Pending
    }
}
