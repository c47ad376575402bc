//! Reading and writing the tables. No rule of the workflow lives here.

pub mod agency;
pub mod checklist;
pub mod contents;
pub mod db;
pub mod deliveries;
pub mod documents;
pub mod history;
pub mod invoices;
pub mod ledger;
pub mod loans;
pub mod orders;
pub mod payments;
pub mod qc;
pub mod records;
pub mod reference;
pub mod reports;
pub mod rovs;
pub mod tokens;
pub mod users;

/// Spells a growing table's key as an id: `ord-000123`.
pub fn spell(prefix: &str, key: i64) -> String {
    format!("{prefix}-{key:06}")
}

/// The key in an id of [`spell`]; `None` for anything it would not have written.
pub fn unspell(prefix: &str, id: &str) -> Option<i64> {
    let digits = id.strip_prefix(prefix)?.strip_prefix('-')?;
    let key: i64 = digits.parse().ok()?;
    (spell(prefix, key) == id).then_some(key)
}
