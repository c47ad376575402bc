//! The signed-in person: what they may do and whose orders they see. The server enforces both; the console explains.

use crate::ids::{BranchId, ClientId, UserId};
use crate::words::{Permission, Role};

#[derive(Clone, PartialEq, Debug)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub username: String,
    pub role: Role,
    /// In the platform's words, also those that mean nothing to the console.
    pub permissions: Vec<String>,
    pub clients: Vec<Client>,
    pub branches: Vec<Branch>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Client {
    pub id: ClientId,
    pub name: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Branch {
    pub id: BranchId,
    pub name: String,
    pub client: ClientId,
}

impl User {
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.iter().any(|held| held == permission.as_str())
    }

    /// A vendor sees the vendor's own part of an order: neither QC's nor the client's, and no money but the vendor's fee.
    pub fn is_vendor(&self) -> bool {
        self.role == Role::Vendor
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id.as_str() == id)
    }
}
