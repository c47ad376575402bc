//! Payment records.

use rusqlite::{Connection, OptionalExtension, params};

use super::users::actor_from;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::model::entry::Source;
use crate::model::id::payment_id;
use crate::model::moment::Moment;
use crate::model::payment::{Kept, NewPayment, Payee, Payment, PaymentMethodKind, TransactionStatus};
use crate::problem::Problem;

/// Writes a record and answers its key.
pub fn append(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    payment: NewPayment<'_>,
) -> Result<i64, Problem> {
    let source = match payment.actor_id {
        Some(_) => Source::User,
        None => Source::Automation,
    };
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
            source,
            moment.correlation_id,
            payment.related_seq,
            payment.payee
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
        .query_map(params![order_row, now.0, payee], |row| {
            Ok(Payment {
                id: payment_id(row.get(0)?),
                kind: row.get(1)?,
                status: row.get(2)?,
                amount: Money { cents: row.get(3)? },
                method: row.get(4)?,
                reference: row.get(5)?,
                occurred_at: Stamp(row.get(6)?),
                actor: actor_from(row, 10)?,
                source: row.get(7)?,
                correlation_id: row.get(8)?,
                related_payment_id: row.get::<_, Option<i64>>(9)?.map(payment_id),
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(payments)
}

/// The newest successful charge or receipt of an order: its key, amount and method.
pub fn latest_taken(
    connection: &Connection,
    order_row: i64,
) -> Result<Option<(i64, Money, PaymentMethodKind)>, Problem> {
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

pub fn set_status(connection: &Connection, seq: i64, status: TransactionStatus) -> Result<(), Problem> {
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
