//! What will happen to an order by itself.

use serde::{Deserialize, Serialize};

use super::agency::SubmissionStatus;
use crate::base::time::Stamp;
use crate::contract::settings::VendorsAnswer;

/// Stands in the table of tasks from the moment it is certain, so that a restart loses nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Task {
    /// The vendor answers what it was asked at `asked_at`.
    VendorAnswers {
        answer: VendorsAnswer,
        vendor_id: String,
        asked_at: Stamp,
    },
    CrossCheckEnds {
        run_id: String,
    },
    PortalStarts {
        submission_id: String,
    },
    PortalAnswers {
        submission_id: String,
        outcome: SubmissionStatus,
        hard_stop: bool,
    },
    /// After an override.
    PortalReconsiders {
        submission_id: String,
    },
    ChargeSettles {
        payment_seq: i64,
    },
    LinkIsPaid {
        payment_seq: i64,
    },
    BorrowerOpens {
        delivery_id: String,
    },
}
