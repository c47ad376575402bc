//! The status codes and what they allow. Codes are the platform's identity; names are for people.

/// A status code of the platform. Codes it does not print (5, 19) exist and must be survived.
pub type Code = i64;

pub const ASSIGNED: Code = 1;
pub const DECLINED: Code = 2;
pub const ACCEPTED: Code = 3;
pub const CONDITIONS: Code = 4;
pub const COMPLETED: Code = 6;
pub const REJECTED: Code = 7;
pub const CANCELLED: Code = 8;
pub const ON_HOLD: Code = 9;
pub const IN_PROGRESS: Code = 10;
pub const REPORT_SUBMITTED: Code = 11;
pub const REVISION: Code = 12;
pub const REPORT_ACCEPTED: Code = 13;
pub const INSPECTION_SCHEDULED: Code = 14;
pub const INSPECTED: Code = 15;
pub const UNASSIGNED: Code = 16;
pub const ROV_BORROWER: Code = 17;
pub const ROV_CLIENT: Code = 18;
pub const CLIENT_REVISION: Code = 20;

/// How a draft is stored where only one number fits.
pub const DRAFT_STAGE: i64 = -1;

/// The printed name, or one that says that there is none.
pub fn name(code: Code) -> String {
    let name = match code {
        UNASSIGNED => "Order Unassigned",
        ASSIGNED => "Order Assigned",
        DECLINED => "Order Declined",
        ACCEPTED => "Order Accepted",
        CONDITIONS => "Accepted with Conditions",
        IN_PROGRESS => "In Progress",
        INSPECTION_SCHEDULED => "Inspection Scheduled",
        INSPECTED => "Inspection Completed",
        REPORT_SUBMITTED => "Report Submitted",
        REVISION => "Revision Requested",
        CLIENT_REVISION => "Revision Requested by Client",
        REPORT_ACCEPTED => "Report Accepted",
        ROV_BORROWER => "ROV - Borrower",
        ROV_CLIENT => "ROV - Client",
        COMPLETED => "Order Completed",
        ON_HOLD => "On Hold",
        CANCELLED => "Cancelled",
        REJECTED => "Rejected",
        unknown => return format!("status {unknown}"),
    };
    name.to_owned()
}

/// Nothing follows any more.
pub fn is_closed(code: Code) -> bool {
    matches!(code, COMPLETED | REJECTED | CANCELLED)
}

/// Under way: neither closed nor on hold. Unknown codes count as under way.
pub fn is_active(code: Code) -> bool {
    !is_closed(code) && code != ON_HOLD
}

/// Whether a vendor can be put on the order (again).
pub fn allows_assignment(code: Code) -> bool {
    matches!(
        code,
        UNASSIGNED | DECLINED | ASSIGNED | ACCEPTED | CONDITIONS | IN_PROGRESS
    )
}

/// Whether a vendor has agreed to do the work, so that cancelling costs something.
pub fn is_committed(code: Code) -> bool {
    is_active(code) && !matches!(code, UNASSIGNED | ASSIGNED | DECLINED | CONDITIONS)
}

/// Where an order takes a place of its vendor's capacity.
pub const HOLDS_CAPACITY: [Code; 9] = [
    ASSIGNED,
    ACCEPTED,
    CONDITIONS,
    IN_PROGRESS,
    INSPECTION_SCHEDULED,
    INSPECTED,
    REPORT_SUBMITTED,
    REVISION,
    CLIENT_REVISION,
];
