//! Roles and what each permits.

use crate::base::words::words;

words! {
    /// What a user is to the platform.
    pub enum Role {
        Admin = "admin",
        Operations = "operations",
        Client = "client",
        Finance = "finance",
        Qc = "qc",
        Vendor = "vendor",
    }

    /// What a role can permit.
    pub enum Permission {
        View = "orders.view",
        Create = "orders.create",
        Activate = "orders.activate",
        Assign = "orders.assign",
        Respond = "orders.respond",
        Schedule = "orders.schedule",
        Hold = "orders.hold",
        Cancel = "orders.cancel",
        SubmitReport = "reports.submit",
        Review = "qc.review",
        Revise = "qc.revise",
        SubmitRov = "rov.submit",
        DecideRov = "rov.decide",
        Deliver = "delivery.send",
        SubmitToAgency = "agency.submit",
        Override = "agency.override",
        Invoice = "invoice.create",
        Collect = "payment.collect",
        Record = "payment.record",
        Refund = "payment.refund",
        ManageDocuments = "documents.manage",
    }
}

impl Permission {
    /// Who holds it besides the administrator, who holds all.
    fn holders(self) -> &'static [Role] {
        match self {
            Self::View => &[Role::Operations, Role::Client, Role::Finance, Role::Qc, Role::Vendor],
            Self::Create | Self::Activate | Self::Hold | Self::Cancel | Self::SubmitRov => {
                &[Role::Operations, Role::Client]
            }
            Self::Respond | Self::Schedule | Self::SubmitReport => &[Role::Operations, Role::Vendor],
            Self::Review | Self::Revise | Self::DecideRov => &[Role::Operations, Role::Qc],
            Self::Assign | Self::Deliver | Self::SubmitToAgency | Self::Override | Self::ManageDocuments => {
                &[Role::Operations]
            }
            Self::Invoice | Self::Collect | Self::Record | Self::Refund => &[Role::Finance],
        }
    }
}

impl Role {
    pub fn permits(self, permission: Permission) -> bool {
        self == Self::Admin || permission.holders().contains(&self)
    }

    /// All that it permits, in the order of the contract.
    pub fn permissions(self) -> Vec<Permission> {
        let all = Permission::ALL.iter().copied();
        all.filter(|permission| self.permits(*permission)).collect()
    }
}
