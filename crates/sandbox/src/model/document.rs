//! What is filed with an order, and who may see it.

use serde::Serialize;

use super::actor::Actor;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum DocumentKind {
        Engagement = "engagement",
        Contract = "contract",
        FloorPlan = "floorPlan",
        Photo = "photo",
        Other = "other",
    }

    /// One side of [`Access`].
    pub enum Party {
        Vendor = "vendor",
        Client = "client",
    }
}

/// Who sees a document besides the platform's own people and whoever uploaded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Access {
    pub vendor: bool,
    pub client: bool,
}

/// A document about to be filed.
#[derive(Clone, Copy, Debug)]
pub struct NewDocument<'a> {
    pub name: &'a str,
    pub kind: DocumentKind,
    pub content_type: &'a str,
    pub size: usize,
    pub actor_id: &'a str,
    pub access: Access,
}

/// A document as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub id: String,
    pub name: String,
    pub kind: DocumentKind,
    pub content_type: String,
    /// In bytes.
    pub size: i64,
    pub uploaded_at: Stamp,
    pub uploaded_by: Option<Actor>,
    pub access: Access,
    pub correlation_id: Option<String>,
}
