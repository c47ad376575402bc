//! The signed-in person: what they may do and whose orders they see. The server enforces both; the console explains.

use crate::ids::{BranchId, ClientId, UserId};
use crate::words::names;

names! {
    /// What the platform asks for before it lets a user act: the contract's `x-permission`.
    pub enum Permission {
        OrdersView = "orders.view",
        OrdersCreate = "orders.create",
        OrdersActivate = "orders.activate",
        OrdersAssign = "orders.assign",
        OrdersRespond = "orders.respond",
        OrdersSchedule = "orders.schedule",
        OrdersHold = "orders.hold",
        OrdersCancel = "orders.cancel",
        ReportsSubmit = "reports.submit",
        QcReview = "qc.review",
        QcRevise = "qc.revise",
        RovSubmit = "rov.submit",
        RovDecide = "rov.decide",
        DeliverySend = "delivery.send",
        AgencySubmit = "agency.submit",
        AgencyOverride = "agency.override",
        InvoiceCreate = "invoice.create",
        PaymentCollect = "payment.collect",
        PaymentRecord = "payment.record",
        PaymentRefund = "payment.refund",
        DocumentsManage = "documents.manage",
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub username: String,
    pub role: String,
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
        self.role == "vendor"
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id.as_str() == id)
    }
}
