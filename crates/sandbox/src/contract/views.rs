//! The queue's views: a name and what it lets through.

use super::status::{
    ACCEPTED, ASSIGNED, CANCELLED, CLIENT_REVISION, COMPLETED, CONDITIONS, DECLINED, DRAFT_STAGE, IN_PROGRESS,
    INSPECTED, INSPECTION_SCHEDULED, ON_HOLD, REJECTED, REPORT_ACCEPTED, REPORT_SUBMITTED, REVISION, ROV_BORROWER,
    ROV_CLIENT, UNASSIGNED,
};
use crate::base::time::HOUR;
use crate::base::words::words;

/// How far ahead `due-soon` looks.
pub const DUE_SOON_MS: i64 = 48 * HOUR;

words! {
    /// A view of the queue.
    pub enum View {
        All = "all",
        NeedsVendor = "needs-vendor",
        AwaitingVendor = "awaiting-vendor",
        Conditions = "conditions",
        VendorWorking = "vendor-working",
        Qc = "qc",
        Revision = "revision",
        Rov = "rov",
        ToDeliver = "to-deliver",
        DueSoon = "due-soon",
        PastDue = "past-due",
        Drafts = "drafts",
        OnHold = "on-hold",
        Closed = "closed",
    }
}

impl View {
    /// The stages a view consists of; `None` for views that are not made of stages alone.
    pub fn stages(self) -> Option<&'static [i64]> {
        Some(match self {
            View::All | View::DueSoon | View::PastDue => return None,
            View::NeedsVendor => &[UNASSIGNED, DECLINED],
            View::AwaitingVendor => &[ASSIGNED],
            View::Conditions => &[CONDITIONS],
            View::VendorWorking => &[ACCEPTED, IN_PROGRESS, INSPECTION_SCHEDULED, INSPECTED],
            View::Qc => &[REPORT_SUBMITTED],
            View::Revision => &[REVISION, CLIENT_REVISION],
            View::Rov => &[ROV_BORROWER, ROV_CLIENT],
            View::ToDeliver => &[REPORT_ACCEPTED],
            View::Drafts => &[DRAFT_STAGE],
            View::OnHold => &[ON_HOLD],
            View::Closed => &[COMPLETED, REJECTED, CANCELLED],
        })
    }
}
