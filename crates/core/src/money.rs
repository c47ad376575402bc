//! Money as the server wrote it: a decimal string and a currency. Never a float, never recomputed.

/// An amount exactly as the server sent it, for example `450.00` `USD`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Money {
    pub amount: String,
    pub currency: String,
}

impl Money {
    pub fn new(amount: &str, currency: &str) -> Self {
        Self {
            amount: amount.to_owned(),
            currency: currency.to_owned(),
        }
    }

    /// Plain text for comparisons and support bundles; screens use the browser's `Intl`.
    pub fn plain(&self) -> String {
        [self.amount.as_str(), " ", self.currency.as_str()].concat()
    }
}
