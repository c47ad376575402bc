//! By which steps an order came to where it stands.

use super::rng::Rng;
use crate::base::time::{DAY, HOUR, MINUTE};
use crate::contract::status;

/// One thing that happened to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Activate,
    Assign,
    Decline,
    /// Nobody answered in time; the order returned to the queue.
    TimeOut,
    Accept,
    Counter,
    AcceptTerms,
    Start,
    Schedule,
    Inspect,
    Submit,
    AskRevision,
    AcceptReport,
    AskClientRevision,
    RovByBorrower,
    RovByClient,
    Deliver,
    AgencySubmit,
    AgencyAccept,
    AgencyRefuse,
    Invoice,
    Collect,
    Complete,
    Hold,
    Cancel,
    Reject,
    /// The platform moved it to a status that it does not print.
    Unprinted(status::Code),
}

impl Step {
    /// How many hours usually pass before it.
    pub fn wait_hours(self) -> (i64, i64) {
        match self {
            Step::Activate | Step::AcceptReport | Step::Invoice => (1, 3),
            Step::Assign | Step::Counter | Step::Accept | Step::Decline => (1, 18),
            Step::TimeOut => (24, 25),
            Step::AcceptTerms | Step::Start | Step::Schedule => (3, 30),
            Step::Inspect => (20, 80),
            Step::Submit => (16, 60),
            Step::AskRevision | Step::Deliver => (2, 20),
            Step::AgencySubmit | Step::AgencyAccept | Step::AgencyRefuse => (1, 4),
            Step::Collect | Step::Complete => (1, 30),
            Step::AskClientRevision | Step::RovByBorrower | Step::RovByClient => (10, 90),
            Step::Hold | Step::Cancel | Step::Reject | Step::Unprinted(_) => (2, 40),
        }
    }
}

/// The stages of a hundred consecutive orders of one client: every status, the busy ones often.
/// Drafts are [`status::DRAFT_STAGE`].
pub(super) const STAGES: [i64; 100] = [
    -1, 16, 1, 6, 3, 11, 8, 4, 10, 6, 14, -1, 16, 6, 1, 13, 9, 6, 12, 11, 15, 6, 2, 16, 8, 10, 6, -1, 1, 3, 14, 6, 4,
    20, 6, 11, 13, 16, 6, 9, 15, 1, 6, 12, 10, 17, 6, -1, 16, 3, 8, 6, 14, 2, 11, 6, 13, 18, 6, 1, 4, 16, 6, 10, -1,
    15, 6, 9, 7, 12, 11, 6, 3, 16, 14, 6, 8, 13, -1, 1, 6, 5, 20, 10, 6, 4, 16, 11, -1, 2, 15, 6, 14, 3, 1, 13, 8, 9,
    -1, 19,
];

/// The steps that lead an active or closed order to `stage`.
pub(super) fn to(stage: i64, rng: &mut Rng) -> Vec<Step> {
    use Step::*;
    let mut steps = vec![Activate];
    match stage {
        status::UNASSIGNED => {
            if rng.chance(20) {
                steps.extend([Assign, TimeOut]);
            }
        }
        status::ASSIGNED => with_vendor(&mut steps, rng),
        status::DECLINED => steps.extend([Assign, Decline]),
        status::CONDITIONS => {
            with_vendor(&mut steps, rng);
            steps.push(Counter);
        }
        status::REJECTED => steps.push(Reject),
        status::ON_HOLD | status::CANCELLED => {
            let before = *rng.pick(&[
                status::UNASSIGNED,
                status::ASSIGNED,
                status::ACCEPTED,
                status::INSPECTION_SCHEDULED,
                status::REPORT_SUBMITTED,
            ]);
            steps = to(before, rng);
            steps.push(if stage == status::ON_HOLD { Hold } else { Cancel });
        }
        _ => {
            with_vendor(&mut steps, rng);
            working(&mut steps, stage, rng);
        }
    }
    steps
}

fn with_vendor(steps: &mut Vec<Step>, rng: &mut Rng) {
    if rng.chance(12) {
        steps.extend([Step::Assign, Step::Decline]);
    }
    steps.push(Step::Assign);
}

fn working(steps: &mut Vec<Step>, stage: i64, rng: &mut Rng) {
    use Step::*;
    if rng.chance(10) {
        steps.extend([Counter, AcceptTerms]);
    } else {
        steps.push(Accept);
    }
    let road = [
        (status::ACCEPTED, None),
        (status::IN_PROGRESS, Some(Start)),
        (status::INSPECTION_SCHEDULED, Some(Schedule)),
        (status::INSPECTED, Some(Inspect)),
        (status::REPORT_SUBMITTED, Some(Submit)),
    ];
    for (code, step) in road {
        steps.extend(step);
        if code == stage {
            if stage == status::REPORT_SUBMITTED {
                revisions(steps, rng);
            }
            return;
        }
    }
    revisions(steps, rng);
    if stage == status::REVISION {
        steps.push(AskRevision);
        return;
    }
    steps.push(AcceptReport);
    match stage {
        status::CLIENT_REVISION => steps.push(AskClientRevision),
        status::ROV_BORROWER => steps.extend([Deliver, RovByBorrower]),
        status::ROV_CLIENT => steps.push(RovByClient),
        status::REPORT_ACCEPTED => match rng.between(0, 4) {
            0 => {}
            1 | 2 => steps.push(Deliver),
            3 => steps.extend([Deliver, AgencySubmit, AgencyRefuse]),
            _ => steps.extend([Deliver, AgencySubmit, AgencyAccept]),
        },
        status::COMPLETED => {
            steps.extend([Deliver, AgencySubmit, AgencyAccept, Invoice, Collect, Complete]);
        }
        unprinted => steps.push(Unprinted(unprinted)),
    }
}

/// The report goes back and forth: mostly not at all, now and then three times.
fn revisions(steps: &mut Vec<Step>, rng: &mut Rng) {
    let rounds = match rng.between(1, 100) {
        1..=70 => 0,
        71..=88 => 1,
        89..=96 => 2,
        _ => 3,
    };
    for _ in 0..rounds {
        steps.extend([Step::AskRevision, Step::Submit]);
    }
}

/// How far from now an active order is due, and how long ago it was last touched.
pub(super) fn urgency(rng: &mut Rng, stage: i64) -> (i64, i64) {
    let due_in = match rng.between(1, 10) {
        1 => -rng.between(1, 4) * DAY,
        2..=3 => rng.between(0, 2) * DAY,
        _ => rng.between(3, 14) * DAY,
    };
    let touched = match stage {
        status::ASSIGNED => rng.between(10, 30 * 60) * MINUTE,
        _ => rng.between(5, 70 * 60) * MINUTE,
    };
    (due_in.max(-4 * DAY), touched.max(HOUR / 12))
}
