//! People, and which part of the data they may see.

use serde::Serialize;

use super::actor::{Actor, Named};
use super::order::Order;
use crate::contract::roles::{Permission, Role};
use crate::problem::{Code, Problem};

/// A signed-in person, in the contract's shape.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: String,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub permissions: Vec<Permission>,
    pub clients: Vec<Named>,
    pub branches: Vec<Branch>,
    pub vendor_id: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Branch {
    pub id: String,
    pub name: String,
    pub client_id: String,
}

/// The part of one client's orders that a user may see. Only [`User::scope`] makes one, so holding
/// one proves that the client is visible.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub client_id: String,
    /// Only orders this vendor has.
    pub vendor_id: Option<String>,
    /// Only orders of these branches.
    pub branch_ids: Option<Vec<String>>,
}

impl Scope {
    pub fn shows(&self, order: &Order) -> bool {
        let holder = order.vendor.as_ref().map(|vendor| &vendor.id);
        self.client_id == order.client_id
            && self.shows_branch(&order.branch_id)
            && self.vendor_id.as_ref().is_none_or(|vendor| holder == Some(vendor))
    }

    pub fn shows_branch(&self, branch_id: &str) -> bool {
        self.branch_ids
            .as_ref()
            .is_none_or(|branches| branches.iter().any(|branch| branch == branch_id))
    }
}

impl User {
    /// What this user may see of a client; 404 if nothing.
    pub fn scope(&self, client_id: &str) -> Result<Scope, Problem> {
        if !self.clients.iter().any(|client| client.id == client_id) {
            return Err(Problem::not_found("client"));
        }
        let branch_ids = (self.role == Role::Client).then(|| {
            self.branches
                .iter()
                .filter(|branch| branch.client_id == client_id)
                .map(|branch| branch.id.clone())
                .collect()
        });
        Ok(Scope {
            client_id: client_id.to_owned(),
            // A vendor user without a vendor sees nothing rather than everything.
            vendor_id: (self.role == Role::Vendor).then(|| self.vendor_id.clone().unwrap_or_default()),
            branch_ids,
        })
    }

    /// 403 unless the role permits it.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.role.permits(permission) {
            return Ok(());
        }
        Err(self.refused())
    }

    /// 403 for a vendor: what the client is charged, and how the agencies and borrowers judge the
    /// report, is none of its business.
    pub fn require_not_vendor(&self) -> Result<(), Problem> {
        if self.role == Role::Vendor {
            return Err(self.refused());
        }
        Ok(())
    }

    fn refused(&self) -> Problem {
        Problem::new(
            Code::Forbidden,
            format!(
                "Your role ({}) does not permit this. Ask someone who may, or have your role changed.",
                self.role.name()
            ),
        )
    }

    pub fn actor(&self) -> Actor {
        Actor {
            id: self.id.clone(),
            name: self.name.clone(),
            role: self.role,
        }
    }
}
