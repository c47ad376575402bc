//! What an order's own records have in common.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A kind of record: one document each, kept in the contract's shape or in one that holds it.
///
/// A record's id never changes and is never given out twice; who wrote it, when and by which request stands in it from the
/// start.
pub trait Record: Serialize + DeserializeOwned {
    /// The name of the kind, and how its ids begin.
    const KIND: &'static str;

    fn id(&self) -> &str;
}
