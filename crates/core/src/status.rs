//! Order statuses. The numeric code is the platform's identity for a status; names differ between its pages.
//! Source: `lifecycle/statuses` in docs/sources.md.

use std::borrow::Cow;

/// A status as the platform numbers it. A code that is not printed anywhere is kept raw: it is shown, and offers
/// reads only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    Draft,
    Unassigned,
    Assigned,
    Declined,
    Accepted,
    AcceptedWithConditions,
    InProgress,
    InspectionScheduled,
    InspectionCompleted,
    ReportSubmitted,
    RevisionRequested,
    ClientRevisionRequested,
    ReportAccepted,
    RovBorrower,
    RovClient,
    Completed,
    OnHold,
    Cancelled,
    Rejected,
    Unknown(i32),
}

/// The stretch of an order's life that a status belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    Intake,
    Vendor,
    Qc,
    Delivery,
    Closed,
    Hold,
    Unknown,
}

/// Whose move is awaited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextActor {
    Client,
    Operations,
    Vendor,
    Qc,
    Reviewer,
    Nobody,
}

impl Status {
    /// Every status that the platform's table prints, in the order of an order's life.
    pub const PRINTED: [Self; 19] = [
        Self::Draft,
        Self::Unassigned,
        Self::Assigned,
        Self::Declined,
        Self::AcceptedWithConditions,
        Self::Accepted,
        Self::InProgress,
        Self::InspectionScheduled,
        Self::InspectionCompleted,
        Self::ReportSubmitted,
        Self::RevisionRequested,
        Self::ClientRevisionRequested,
        Self::RovBorrower,
        Self::RovClient,
        Self::ReportAccepted,
        Self::Completed,
        Self::OnHold,
        Self::Cancelled,
        Self::Rejected,
    ];

    /// A draft is a flag beside the code; an order that is no draft and has no code is unknown.
    pub const fn of(is_draft: bool, code: Option<i32>) -> Self {
        if is_draft {
            return Self::Draft;
        }
        match code {
            Some(16) => Self::Unassigned,
            Some(1) => Self::Assigned,
            Some(2) => Self::Declined,
            Some(3) => Self::Accepted,
            Some(4) => Self::AcceptedWithConditions,
            Some(10) => Self::InProgress,
            Some(14) => Self::InspectionScheduled,
            Some(15) => Self::InspectionCompleted,
            Some(11) => Self::ReportSubmitted,
            Some(12) => Self::RevisionRequested,
            Some(20) => Self::ClientRevisionRequested,
            Some(13) => Self::ReportAccepted,
            Some(17) => Self::RovBorrower,
            Some(18) => Self::RovClient,
            Some(6) => Self::Completed,
            Some(9) => Self::OnHold,
            Some(8) => Self::Cancelled,
            Some(7) => Self::Rejected,
            Some(other) => Self::Unknown(other),
            None => Self::Unknown(0),
        }
    }

    pub const fn code(self) -> Option<i32> {
        Some(match self {
            Self::Draft => return None,
            Self::Unassigned => 16,
            Self::Assigned => 1,
            Self::Declined => 2,
            Self::Accepted => 3,
            Self::AcceptedWithConditions => 4,
            Self::InProgress => 10,
            Self::InspectionScheduled => 14,
            Self::InspectionCompleted => 15,
            Self::ReportSubmitted => 11,
            Self::RevisionRequested => 12,
            Self::ClientRevisionRequested => 20,
            Self::ReportAccepted => 13,
            Self::RovBorrower => 17,
            Self::RovClient => 18,
            Self::Completed => 6,
            Self::OnHold => 9,
            Self::Cancelled => 8,
            Self::Rejected => 7,
            Self::Unknown(code) => code,
        })
    }

    pub fn label(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Draft => "Draft",
            Self::Unassigned => "Unassigned",
            Self::Assigned => "Assigned",
            Self::Declined => "Declined",
            Self::Accepted => "Accepted",
            Self::AcceptedWithConditions => "Accepted with conditions",
            Self::InProgress => "In progress",
            Self::InspectionScheduled => "Inspection scheduled",
            Self::InspectionCompleted => "Inspection completed",
            Self::ReportSubmitted => "Report submitted",
            Self::RevisionRequested => "Revision requested",
            Self::ClientRevisionRequested => "Revision requested by client",
            Self::ReportAccepted => "Report accepted",
            Self::RovBorrower => "ROV by borrower",
            Self::RovClient => "ROV by client",
            Self::Completed => "Completed",
            Self::OnHold => "On hold",
            Self::Cancelled => "Cancelled",
            Self::Rejected => "Rejected",
            Self::Unknown(code) => {
                return Cow::Owned(["Unknown status (", &code.to_string(), ")"].concat());
            }
        })
    }

    pub const fn phase(self) -> Phase {
        match self {
            Self::Draft | Self::Unassigned => Phase::Intake,
            Self::Assigned
            | Self::Declined
            | Self::Accepted
            | Self::AcceptedWithConditions
            | Self::InProgress
            | Self::InspectionScheduled
            | Self::InspectionCompleted => Phase::Vendor,
            Self::ReportSubmitted
            | Self::RevisionRequested
            | Self::ClientRevisionRequested
            | Self::RovBorrower
            | Self::RovClient => Phase::Qc,
            Self::ReportAccepted => Phase::Delivery,
            Self::Completed | Self::Cancelled | Self::Rejected => Phase::Closed,
            Self::OnHold => Phase::Hold,
            Self::Unknown(_) => Phase::Unknown,
        }
    }

    pub const fn next_actor(self) -> NextActor {
        match self {
            Self::Draft | Self::AcceptedWithConditions => NextActor::Client,
            Self::Unassigned | Self::Declined | Self::ReportAccepted | Self::OnHold => NextActor::Operations,
            Self::Assigned
            | Self::Accepted
            | Self::InProgress
            | Self::InspectionScheduled
            | Self::InspectionCompleted
            | Self::RevisionRequested
            | Self::ClientRevisionRequested => NextActor::Vendor,
            Self::ReportSubmitted => NextActor::Qc,
            Self::RovBorrower | Self::RovClient => NextActor::Reviewer,
            Self::Completed | Self::Cancelled | Self::Rejected | Self::Unknown(_) => NextActor::Nobody,
        }
    }

    /// The word by which styles tell statuses apart: the phase, with drafts, loops and bad ends set apart.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::RevisionRequested | Self::ClientRevisionRequested | Self::RovBorrower | Self::RovClient => "loop",
            Self::Cancelled | Self::Rejected => "cancelled",
            other => match other.phase() {
                Phase::Intake => "intake",
                Phase::Vendor => "vendor",
                Phase::Qc => "qc",
                Phase::Delivery => "delivery",
                Phase::Closed => "closed",
                Phase::Hold => "hold",
                Phase::Unknown => "unknown",
            },
        }
    }

    /// In the works: activated, known, and neither closed nor on hold.
    pub const fn is_active(self) -> bool {
        matches!(
            self.phase(),
            Phase::Intake | Phase::Vendor | Phase::Qc | Phase::Delivery
        ) && !matches!(self, Self::Draft)
    }

    pub const fn is_closed(self) -> bool {
        matches!(self.phase(), Phase::Closed)
    }
}

impl Phase {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Intake => "Intake",
            Self::Vendor => "Vendor work",
            Self::Qc => "QC",
            Self::Delivery => "Delivery",
            Self::Closed => "Closed",
            Self::Hold => "On hold",
            Self::Unknown => "Unknown",
        }
    }
}

impl NextActor {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Client => "Client",
            Self::Operations => "Operations",
            Self::Vendor => "Vendor",
            Self::Qc => "QC",
            Self::Reviewer => "Reviewer",
            Self::Nobody => "Nobody",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_a_round_trip() {
        for code in -3..40 {
            assert_eq!(Status::of(false, Some(code)).code(), Some(code));
        }
    }

    #[test]
    fn codes_5_and_19_are_not_printed_and_stay_raw() {
        assert_eq!(Status::of(false, Some(5)), Status::Unknown(5));
        assert_eq!(Status::of(false, Some(19)).label(), "Unknown status (19)");
        assert!(!Status::of(false, Some(19)).is_active());
    }

    #[test]
    fn the_draft_flag_wins_over_the_code() {
        assert_eq!(Status::of(true, Some(16)), Status::Draft);
        assert!(!Status::Draft.is_active());
    }
}
