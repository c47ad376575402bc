//! Opaque identifiers. An id of one kind cannot be passed for another; what is inside is the platform's affair.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(Box<str>);

        impl $name {
            pub fn new(raw: &str) -> Self {
                Self(raw.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    ClientId,
    LoanId,
    OrderId,
    VendorId,
    ProductId,
    BranchId,
    UserId,
    /// An entry of the order history, or of another list of records.
    EntryId,
    PaymentId,
    /// One press of a button by the operator: made once, never reused, sent as `Idempotency-Key` where the server
    /// honours it and as correlation id everywhere.
    IntentId,
}

/// Where an order lives: the platform keeps orders under their loan, and loans under their client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderRef {
    pub client: ClientId,
    pub loan: LoanId,
    pub order: OrderId,
}
