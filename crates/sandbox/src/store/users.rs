//! People, what their role permits, and which part of the data they may see.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::model::{Actor, Named, Order};
use crate::problem::{Code, Problem};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Admin,
    Operations,
    Client,
    Finance,
    Qc,
    Vendor,
}

/// A permission of the contract's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission(pub &'static str);

pub const VIEW: Permission = Permission("orders.view");
pub const CREATE: Permission = Permission("orders.create");
pub const ACTIVATE: Permission = Permission("orders.activate");
pub const ASSIGN: Permission = Permission("orders.assign");
pub const RESPOND: Permission = Permission("orders.respond");
pub const SCHEDULE: Permission = Permission("orders.schedule");
pub const HOLD: Permission = Permission("orders.hold");
pub const CANCEL: Permission = Permission("orders.cancel");
pub const SUBMIT_REPORT: Permission = Permission("reports.submit");
pub const REVIEW: Permission = Permission("qc.review");
pub const REVISE: Permission = Permission("qc.revise");
pub const SUBMIT_ROV: Permission = Permission("rov.submit");
pub const DECIDE_ROV: Permission = Permission("rov.decide");
pub const DELIVER: Permission = Permission("delivery.send");
pub const SUBMIT_TO_AGENCY: Permission = Permission("agency.submit");
pub const OVERRIDE: Permission = Permission("agency.override");
pub const INVOICE: Permission = Permission("invoice.create");
pub const COLLECT: Permission = Permission("payment.collect");
pub const RECORD: Permission = Permission("payment.record");
pub const REFUND: Permission = Permission("payment.refund");
pub const MANAGE_DOCUMENTS: Permission = Permission("documents.manage");

const ALL: &[&str] = &[
    "orders.view",
    "orders.create",
    "orders.activate",
    "orders.assign",
    "orders.respond",
    "orders.schedule",
    "orders.hold",
    "orders.cancel",
    "reports.submit",
    "qc.review",
    "qc.revise",
    "rov.submit",
    "rov.decide",
    "delivery.send",
    "agency.submit",
    "agency.override",
    "invoice.create",
    "payment.collect",
    "payment.record",
    "payment.refund",
    "documents.manage",
];

impl Role {
    pub const EVERY: [Role; 6] = [
        Role::Admin,
        Role::Operations,
        Role::Client,
        Role::Finance,
        Role::Qc,
        Role::Vendor,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Operations => "operations",
            Role::Client => "client",
            Role::Finance => "finance",
            Role::Qc => "qc",
            Role::Vendor => "vendor",
        }
    }

    fn by_name(name: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|role| role.name() == name)
    }

    pub fn permits(self, permission: &str) -> bool {
        match self {
            Role::Admin => true,
            Role::Operations => !permission.starts_with("invoice.") && !permission.starts_with("payment."),
            Role::Client => matches!(
                permission,
                "orders.view" | "orders.create" | "orders.activate" | "orders.hold" | "orders.cancel" | "rov.submit"
            ),
            Role::Finance => {
                matches!(permission, "orders.view" | "invoice.create") || permission.starts_with("payment.")
            }
            Role::Qc => matches!(permission, "orders.view" | "qc.review" | "qc.revise" | "rov.decide"),
            Role::Vendor => matches!(
                permission,
                "orders.view" | "orders.respond" | "orders.schedule" | "reports.submit"
            ),
        }
    }

    fn permissions(self) -> Vec<&'static str> {
        ALL.iter()
            .copied()
            .filter(|permission| self.permits(permission))
            .collect()
    }
}

/// A signed-in person, in the contract's shape.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: String,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub permissions: Vec<&'static str>,
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
        if self.role.permits(permission.0) {
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
            role: self.role.name().to_owned(),
        }
    }
}

pub fn by_id(connection: &Connection, id: &str) -> Result<Option<User>, Problem> {
    find(connection, "id", id)
}

/// The person who answers for a vendor.
pub fn of_vendor(connection: &Connection, vendor_id: &str) -> Result<Option<User>, Problem> {
    find(connection, "vendor_id", vendor_id)
}

pub fn by_username(connection: &Connection, username: &str) -> Result<Option<User>, Problem> {
    find(connection, "username", username)
}

fn find(connection: &Connection, column: &str, value: &str) -> Result<Option<User>, Problem> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT id, username, name, role, vendor_id FROM users WHERE {column} = ?1"
        ))?
        .query_row([value], bare_user)
        .optional()?;
    let Some(mut user) = found else {
        return Ok(None);
    };
    let mut statement = connection.prepare_cached(
        "SELECT b.id, b.name, c.id, c.name FROM user_branches u
         JOIN branches b ON b.id = u.branch_id JOIN clients c ON c.id = b.client_id
         WHERE u.user_id = ?1 ORDER BY c.id, b.name",
    )?;
    let rows = statement.query_map([&user.id], |row| {
        Ok((
            Branch {
                id: row.get(0)?,
                name: row.get(1)?,
                client_id: row.get(2)?,
            },
            row.get::<_, String>(3)?,
        ))
    })?;
    for row in rows {
        let (branch, client_name) = row?;
        if !user.clients.iter().any(|client| client.id == branch.client_id) {
            user.clients.push(Named {
                id: branch.client_id.clone(),
                name: client_name,
            });
        }
        user.branches.push(branch);
    }
    Ok(Some(user))
}

fn bare_user(row: &Row<'_>) -> rusqlite::Result<User> {
    let role: String = row.get(3)?;
    // A role nobody knows must not open anything: the narrowest one stands in.
    let role = Role::by_name(&role).unwrap_or(Role::Vendor);
    Ok(User {
        id: row.get(0)?,
        username: row.get(1)?,
        name: row.get(2)?,
        role,
        permissions: role.permissions(),
        clients: Vec::new(),
        branches: Vec::new(),
        vendor_id: row.get(4)?,
    })
}
