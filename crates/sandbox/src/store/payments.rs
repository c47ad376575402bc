//! Payment records: charges, refunds, payment links, payments received.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::model::Actor;
use crate::problem::Problem;
use crate::store::history::{Moment, actor_from};
use crate::store::{spell, unspell};

/// A record about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewPayment<'a> {
    pub kind: &'a str,
    pub status: &'a str,
    pub amount: Money,
    pub method: &'a str,
    pub reference: Option<&'a str>,
    /// `None` if nobody did it but automation.
    pub actor_id: Option<&'a str>,
    /// For a refund, the charge.
    pub related_seq: Option<i64>,
    pub payee: Payee,
}

/// Whose account a record belongs to: what the order brings in, or what its vendor is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    Client,
    Vendor,
}

impl Payee {
    fn name(self) -> &'static str {
        match self {
            Payee::Client => "client",
            Payee::Vendor => "vendor",
        }
    }
}

/// A record as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    pub id: String,
    pub kind: String,
    pub status: String,
    pub amount: Money,
    pub method: String,
    pub reference: Option<String>,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub source: String,
    pub correlation_id: Option<String>,
    pub related_payment_id: Option<String>,
}

pub fn id_of(seq: i64) -> String {
    spell("pay", seq)
}

/// Writes a record and answers its key.
pub fn append(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    payment: NewPayment<'_>,
) -> Result<i64, Problem> {
    connection
        .prepare_cached(
            "INSERT INTO payments (order_row, kind, status, cents, method, reference, occurred_at,
             visible_at, actor_id, source, correlation_id, related_seq, payee)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            order_row,
            payment.kind,
            payment.status,
            payment.amount.cents,
            payment.method,
            payment.reference,
            moment.at.0,
            moment.visible_at.0,
            payment.actor_id,
            if payment.actor_id.is_some() {
                "user"
            } else {
                "automation"
            },
            moment.correlation_id,
            payment.related_seq,
            payment.payee.name()
        ])?;
    Ok(connection.last_insert_rowid())
}

pub fn list(connection: &Connection, order_row: i64, now: Stamp, payee: Payee) -> Result<Vec<Payment>, Problem> {
    let payments = connection
        .prepare_cached(
            "SELECT p.seq, p.kind, p.status, p.cents, p.method, p.reference, p.occurred_at,
             p.source, p.correlation_id, p.related_seq, u.id, u.name, u.role
             FROM payments p LEFT JOIN users u ON u.id = p.actor_id
             WHERE p.order_row = ?1 AND p.visible_at <= ?2 AND p.payee = ?3 ORDER BY p.seq DESC",
        )?
        .query_map(params![order_row, now.0, payee.name()], |row| {
            Ok(Payment {
                id: id_of(row.get(0)?),
                kind: row.get(1)?,
                status: row.get(2)?,
                amount: Money { cents: row.get(3)? },
                method: row.get(4)?,
                reference: row.get(5)?,
                occurred_at: Stamp(row.get(6)?),
                actor: actor_from(row, 10)?,
                source: row.get(7)?,
                correlation_id: row.get(8)?,
                related_payment_id: row.get::<_, Option<i64>>(9)?.map(id_of),
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(payments)
}

/// The newest successful charge or receipt of an order: its key, amount and method.
pub fn latest_taken(connection: &Connection, order_row: i64) -> Result<Option<(i64, Money, String)>, Problem> {
    let taken = connection
        .prepare_cached(
            "SELECT seq, cents, method FROM payments WHERE order_row = ?1
             AND kind IN ('charge', 'received', 'paymentLink') AND status = 'succeeded' AND payee = 'client'
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([order_row], |row| {
            Ok((row.get(0)?, Money { cents: row.get(1)? }, row.get(2)?))
        })
        .optional()?;
    Ok(taken)
}

/// What is kept of one record, as far as rules look at it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub seq: i64,
    pub kind: String,
    pub status: String,
    pub amount: Money,
    pub method: String,
    /// What was refunded of it so far.
    pub refunded: Money,
}

impl Kept {
    /// Whether money came in by it.
    pub fn is_taken(&self) -> bool {
        self.kind != "refund" && self.status == "succeeded"
    }
}

/// The order's own records, oldest first, whether they can be seen yet or not.
pub fn kept(connection: &Connection, order_row: i64) -> Result<Vec<Kept>, Problem> {
    let kept = connection
        .prepare_cached(
            "SELECT p.seq, p.kind, p.status, p.cents, p.method,
             (SELECT coalesce(sum(r.cents), 0) FROM payments r
              WHERE r.order_row = p.order_row AND r.related_seq = p.seq AND r.kind = 'refund'
              AND r.status = 'succeeded')
             FROM payments p WHERE p.order_row = ?1 AND p.payee = 'client' ORDER BY p.seq",
        )?
        .query_map([order_row], |row| {
            Ok(Kept {
                seq: row.get(0)?,
                kind: row.get(1)?,
                status: row.get(2)?,
                amount: Money { cents: row.get(3)? },
                method: row.get(4)?,
                refunded: Money { cents: row.get(5)? },
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(kept)
}

/// The key in a payment's id.
pub fn seq_of(id: &str) -> Option<i64> {
    unspell("pay", id)
}

pub fn set_status(connection: &Connection, seq: i64, status: &str) -> Result<(), Problem> {
    connection
        .prepare_cached("UPDATE payments SET status = ?2 WHERE seq = ?1")?
        .execute(params![seq, status])?;
    Ok(())
}

/// Whether a payment with this reference and amount was recorded before.
pub fn is_recorded(connection: &Connection, order_row: i64, reference: &str, amount: Money) -> Result<bool, Problem> {
    let is_there = connection
        .prepare_cached(
            "SELECT 1 FROM payments WHERE order_row = ?1 AND kind = 'received' AND payee = 'client'
             AND reference = ?2 AND cents = ?3",
        )?
        .exists(params![order_row, reference, amount.cents])?;
    Ok(is_there)
}
