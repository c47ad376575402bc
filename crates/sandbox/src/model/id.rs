//! Ids of growing tables, spelled from their integer key: `ord-000123`.

/// The id of a key.
pub fn spell(prefix: &str, key: i64) -> String {
    format!("{prefix}-{key:06}")
}

/// The key in an id of [`spell`]; `None` for anything it would not have written.
pub fn unspell(prefix: &str, id: &str) -> Option<i64> {
    let digits = id.strip_prefix(prefix)?.strip_prefix('-')?;
    let key: i64 = digits.parse().ok()?;
    (spell(prefix, key) == id).then_some(key)
}

pub fn loan_id(row: i64) -> String {
    spell("loan", row)
}

pub fn order_id(row: i64) -> String {
    spell("ord", row)
}

pub fn payment_id(seq: i64) -> String {
    spell("pay", seq)
}

/// The key in a payment's id.
pub fn payment_seq(id: &str) -> Option<i64> {
    unspell("pay", id)
}
