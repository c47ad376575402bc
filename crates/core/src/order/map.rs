//! The life of an order as a map: which status leads to which, by whose hand. For showing; what is allowed is for
//! [`step`](super::step) and its gates to say, and in the end for the platform.
//!
//! Source: `lifecycle/transitions` in docs/sources.md. Hold and cancellation, which are possible almost anywhere, are
//! left out of it and named by [`aside`].

use super::history::Entry;
use crate::status::Status;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Move {
    pub from: Status,
    pub to: Status,
    pub by: &'static str,
    pub what: &'static str,
}

const fn leads(from: Status, to: Status, by: &'static str, what: &'static str) -> Move {
    Move { from, to, by, what }
}

pub const MOVES: [Move; 27] = {
    use Status as S;
    [
        leads(
            S::Draft,
            S::Assigned,
            "the client or operations",
            "activate with a vendor chosen",
        ),
        leads(
            S::Draft,
            S::Unassigned,
            "the client or operations",
            "activate without a vendor",
        ),
        leads(S::Unassigned, S::Assigned, "operations", "assign a vendor"),
        leads(S::Assigned, S::Accepted, "the vendor", "accept"),
        leads(
            S::Assigned,
            S::AcceptedWithConditions,
            "the vendor",
            "ask for another fee or date",
        ),
        leads(S::Assigned, S::Declined, "the vendor", "decline"),
        leads(S::Assigned, S::Unassigned, "automation", "no answer in time"),
        leads(S::Declined, S::Unassigned, "automation", "back for reassignment"),
        leads(
            S::AcceptedWithConditions,
            S::Accepted,
            "the client, or the vendor",
            "agree on the terms",
        ),
        leads(S::AcceptedWithConditions, S::Declined, "the vendor", "decline"),
        leads(S::Accepted, S::InProgress, "the vendor", "begin work"),
        leads(
            S::Accepted,
            S::InspectionScheduled,
            "the vendor or operations",
            "schedule the inspection",
        ),
        leads(
            S::InProgress,
            S::InspectionScheduled,
            "the vendor or operations",
            "schedule the inspection",
        ),
        leads(
            S::InspectionScheduled,
            S::InspectionCompleted,
            "the vendor or operations",
            "complete the inspection",
        ),
        leads(
            S::InspectionCompleted,
            S::ReportSubmitted,
            "the vendor",
            "submit the report",
        ),
        leads(S::ReportSubmitted, S::ReportAccepted, "QC", "accept the report"),
        leads(
            S::ReportSubmitted,
            S::RevisionRequested,
            "QC, or automation",
            "request a revision",
        ),
        leads(
            S::RevisionRequested,
            S::ReportSubmitted,
            "the vendor",
            "submit the revised report",
        ),
        leads(
            S::ReportAccepted,
            S::ClientRevisionRequested,
            "the client",
            "request a revision after the fact",
        ),
        leads(
            S::ClientRevisionRequested,
            S::ReportSubmitted,
            "the vendor",
            "submit the revised report",
        ),
        leads(
            S::ReportAccepted,
            S::RovBorrower,
            "the client, for the borrower",
            "dispute the value",
        ),
        leads(S::ReportAccepted, S::RovClient, "the client", "dispute the value"),
        leads(
            S::RovBorrower,
            S::RevisionRequested,
            "a reviewer",
            "approve the reconsideration",
        ),
        leads(
            S::RovBorrower,
            S::ReportAccepted,
            "a reviewer",
            "deny the reconsideration",
        ),
        leads(
            S::RovClient,
            S::RevisionRequested,
            "a reviewer",
            "approve the reconsideration",
        ),
        leads(
            S::RovClient,
            S::ReportAccepted,
            "a reviewer",
            "deny the reconsideration",
        ),
        leads(
            S::ReportAccepted,
            S::Completed,
            "the platform",
            "delivered, submitted where required, and paid",
        ),
    ]
};

/// What can come next, by the table.
pub fn next(status: Status) -> impl Iterator<Item = &'static Move> {
    MOVES.iter().filter(move |one| one.from == status)
}

/// What is possible beside the way.
pub const fn aside(status: Status) -> Option<&'static str> {
    match status {
        Status::OnHold => Some("Reactivation takes the order back to where it was held. It can also be cancelled."),
        Status::Draft => Some("A draft can be deleted."),
        _ if status.is_active() => Some("It can be put on hold, and cancelled."),
        _ => None,
    }
}

/// The moves that the history tells of, each with how often, in the order of their first time. `entries` is newest first.
pub fn travelled(entries: &[Entry]) -> Vec<(Status, Status, u32)> {
    let mut moves: Vec<(Status, Status, u32)> = Vec::new();
    for entry in entries.iter().rev() {
        let (from, to) = (
            Status::of(entry.from.is_none(), entry.from),
            Status::of(false, entry.to),
        );
        if entry.to.is_none() || from == to {
            continue;
        }
        match moves.iter_mut().find(|(a, b, _)| (*a, *b) == (from, to)) {
            Some((_, _, count)) => *count += 1,
            None => moves.push((from, to, 1)),
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::EntryId;
    use crate::operation::Operation;
    use crate::order::Source;

    #[test]
    fn every_status_on_the_way_is_reached_and_left() {
        for status in Status::PRINTED {
            let way = status.is_active() || status == Status::Draft;
            if way {
                assert!(next(status).next().is_some(), "{status:?} leads nowhere");
            }
            if way && status != Status::Draft {
                assert!(MOVES.iter().any(|one| one.to == status), "{status:?} is never reached");
            }
        }
    }

    #[test]
    fn what_comes_next_begins_where_the_order_is() {
        let from = |status| next(status).map(|one| one.to).collect::<Vec<_>>();
        assert_eq!(
            from(Status::RovClient),
            [Status::RevisionRequested, Status::ReportAccepted]
        );
        assert_eq!(from(Status::ClientRevisionRequested), [Status::ReportSubmitted]);
        assert_eq!(from(Status::Completed), []);
    }

    #[test]
    fn no_move_is_told_twice() {
        for (index, one) in MOVES.iter().enumerate() {
            for other in &MOVES[..index] {
                assert!((one.from, one.to) != (other.from, other.to), "{one:?}");
            }
        }
    }

    /// Wherever the rules of evidence expect an operation to lead is on the map, or beside it.
    #[test]
    fn the_operations_lead_where_the_map_says() {
        let beside = [Status::OnHold, Status::Cancelled];
        let mut seen = 0;
        for rule in Operation::ALL.iter().filter_map(|operation| operation.rule()) {
            for to in rule.leads_to {
                assert!(beside.contains(to) || MOVES.iter().any(|one| one.to == *to), "{to:?}");
                seen += 1;
            }
        }
        assert!(seen >= 10);
    }

    #[test]
    fn loops_are_counted_and_what_moves_nothing_is_not_a_move() {
        let entry = |from, to| Entry {
            id: EntryId::new("h"),
            kind: "moved".into(),
            occurred_at: None,
            actor: None,
            source: Source::User,
            from,
            to,
            reason: None,
            summary: String::new(),
            correlation: None,
            vendor: None,
            terms: Vec::new(),
            state: None,
        };
        let newest_first = [
            entry(Some(11), Some(12)),
            entry(Some(12), Some(11)),
            entry(Some(11), Some(11)),
            entry(Some(11), Some(12)),
            entry(None, Some(16)),
        ];
        assert_eq!(
            travelled(&newest_first),
            [
                (Status::Draft, Status::Unassigned, 1),
                (Status::ReportSubmitted, Status::RevisionRequested, 2),
                (Status::RevisionRequested, Status::ReportSubmitted, 1),
            ]
        );
    }
}
