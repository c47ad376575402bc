//! Order statuses. The numeric code is the platform's identity for a status; names differ between its pages.
//! Source: `lifecycle/statuses` in docs/sources.md.

use std::borrow::Cow;

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

macro_rules! statuses {
    ($($variant:ident $(($code:literal))? $label:literal $phase:ident $actor:ident $mark:literal;)*) => {
        /// A status as the platform numbers it. A code that is not printed anywhere is kept raw: it is shown, and offers
        /// reads only.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Status {
            $($variant,)*
            Unknown(i32),
        }

        impl Status {
            /// Every status that the platform's table prints, in the order of an order's life.
            pub const PRINTED: [Self; [$($label),*].len()] = [$(Self::$variant),*];

            /// A draft is a flag beside the code; an order that is no draft and has no code is unknown.
            pub const fn of(is_draft: bool, code: Option<i32>) -> Self {
                if is_draft {
                    return Self::Draft;
                }
                match code {
                    $($(Some($code) => Self::$variant,)?)*
                    Some(other) => Self::Unknown(other),
                    None => Self::Unknown(0),
                }
            }

            pub const fn code(self) -> Option<i32> {
                match self {
                    $(Self::$variant => statuses!(@code $($code)?),)*
                    Self::Unknown(code) => Some(code),
                }
            }

            pub fn label(self) -> Cow<'static, str> {
                Cow::Borrowed(match self {
                    $(Self::$variant => $label,)*
                    Self::Unknown(code) => {
                        return Cow::Owned(["Unknown status (", &code.to_string(), ")"].concat());
                    }
                })
            }

            pub const fn phase(self) -> Phase {
                match self {
                    $(Self::$variant => Phase::$phase,)*
                    Self::Unknown(_) => Phase::Unknown,
                }
            }

            pub const fn next_actor(self) -> NextActor {
                match self {
                    $(Self::$variant => NextActor::$actor,)*
                    Self::Unknown(_) => NextActor::Nobody,
                }
            }

            /// The word by which styles tell statuses apart: the phase, with drafts, loops and bad ends set apart.
            pub const fn mark(self) -> &'static str {
                match self {
                    $(Self::$variant => $mark,)*
                    Self::Unknown(_) => "unknown",
                }
            }
        }
    };
    (@code) => { None };
    (@code $code:literal) => { Some($code) };
}

// Code, label, phase, who is waited for, and the word for styles; in the order of an order's life.
statuses! {
    Draft "Draft" Intake Client "draft";
    Unassigned (16) "Unassigned" Intake Operations "intake";
    Assigned (1) "Assigned" Vendor Vendor "vendor";
    Declined (2) "Declined" Vendor Operations "vendor";
    AcceptedWithConditions (4) "Accepted with conditions" Vendor Client "vendor";
    Accepted (3) "Accepted" Vendor Vendor "vendor";
    InProgress (10) "In progress" Vendor Vendor "vendor";
    InspectionScheduled (14) "Inspection scheduled" Vendor Vendor "vendor";
    InspectionCompleted (15) "Inspection completed" Vendor Vendor "vendor";
    ReportSubmitted (11) "Report submitted" Qc Qc "qc";
    RevisionRequested (12) "Revision requested" Qc Vendor "loop";
    ClientRevisionRequested (20) "Revision requested by client" Qc Vendor "loop";
    RovBorrower (17) "ROV by borrower" Qc Reviewer "loop";
    RovClient (18) "ROV by client" Qc Reviewer "loop";
    ReportAccepted (13) "Report accepted" Delivery Operations "delivery";
    Completed (6) "Completed" Closed Nobody "closed";
    OnHold (9) "On hold" Hold Operations "hold";
    Cancelled (8) "Cancelled" Closed Nobody "cancelled";
    Rejected (7) "Rejected" Closed Nobody "cancelled";
}

impl Status {
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
