//! The platform's status table, row by row: `lifecycle/statuses` in docs/sources.md.

use omnival_core::order::{NextActor, Phase, Status};

/// Code, phase, who is waited for, active. On hold has none: whoever put it there is.
const TABLE: [(i32, Phase, Option<NextActor>, bool); 18] = [
    (16, Phase::Intake, Some(NextActor::Operations), true),
    (1, Phase::Vendor, Some(NextActor::Vendor), true),
    (2, Phase::Vendor, Some(NextActor::Operations), true),
    (3, Phase::Vendor, Some(NextActor::Vendor), true),
    (4, Phase::Vendor, Some(NextActor::Client), true),
    (10, Phase::Vendor, Some(NextActor::Vendor), true),
    (14, Phase::Vendor, Some(NextActor::Vendor), true),
    (15, Phase::Vendor, Some(NextActor::Vendor), true),
    (11, Phase::Qc, Some(NextActor::Qc), true),
    (12, Phase::Qc, Some(NextActor::Vendor), true),
    (20, Phase::Qc, Some(NextActor::Vendor), true),
    (13, Phase::Delivery, Some(NextActor::Operations), true),
    (17, Phase::Qc, Some(NextActor::Reviewer), true),
    (18, Phase::Qc, Some(NextActor::Reviewer), true),
    (6, Phase::Closed, Some(NextActor::Nobody), false),
    (9, Phase::Hold, None, false),
    (8, Phase::Closed, Some(NextActor::Nobody), false),
    (7, Phase::Closed, Some(NextActor::Nobody), false),
];

#[test]
fn each_printed_code_has_its_phase_its_ball_and_its_activity() {
    for (code, phase, actor, active) in TABLE {
        let status = Status::of(false, Some(code));
        assert_eq!(status.code(), Some(code));
        assert_eq!(status.phase(), phase, "{code}");
        assert_eq!(status.is_active(), active, "{code}");
        assert_eq!(status.is_closed(), phase == Phase::Closed, "{code}");
        if let Some(actor) = actor {
            assert_eq!(status.next_actor(), actor, "{code}");
        }
    }
    assert_eq!(
        (Status::Draft.phase(), Status::Draft.next_actor()),
        (Phase::Intake, NextActor::Client)
    );
}

#[test]
fn labels_tell_all_statuses_apart() {
    let mut labels: Vec<_> = Status::PRINTED.iter().map(|status| status.label()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), TABLE.len() + 1);
}

#[test]
fn an_order_without_a_code_that_is_no_draft_is_unknown() {
    assert!(matches!(Status::of(false, None), Status::Unknown(_)));
    assert!(!Status::of(false, None).is_active());
}

/// By this word styles colour a status: drafts, loops and bad ends are set apart from their phase.
#[test]
fn each_status_has_the_mark_of_its_phase_or_its_own() {
    let marks = [
        (Status::Draft, "draft"),
        (Status::Unassigned, "intake"),
        (Status::Assigned, "vendor"),
        (Status::Declined, "vendor"),
        (Status::Accepted, "vendor"),
        (Status::AcceptedWithConditions, "vendor"),
        (Status::InProgress, "vendor"),
        (Status::InspectionScheduled, "vendor"),
        (Status::InspectionCompleted, "vendor"),
        (Status::ReportSubmitted, "qc"),
        (Status::RevisionRequested, "loop"),
        (Status::ClientRevisionRequested, "loop"),
        (Status::RovBorrower, "loop"),
        (Status::RovClient, "loop"),
        (Status::ReportAccepted, "delivery"),
        (Status::Completed, "closed"),
        (Status::OnHold, "hold"),
        (Status::Cancelled, "cancelled"),
        (Status::Rejected, "cancelled"),
        (Status::Unknown(19), "unknown"),
    ];
    for (status, mark) in marks {
        assert_eq!(status.mark(), mark, "{status:?}");
    }
    assert!(
        Status::PRINTED
            .iter()
            .all(|status| marks.iter().any(|(known, _)| known == status))
    );
}

#[test]
fn phases_and_whose_move_it_is_are_told_in_these_words() {
    let phases = [
        (Phase::Intake, "Intake"),
        (Phase::Vendor, "Vendor work"),
        (Phase::Qc, "QC"),
        (Phase::Delivery, "Delivery"),
        (Phase::Closed, "Closed"),
        (Phase::Hold, "On hold"),
        (Phase::Unknown, "Unknown"),
    ];
    for (phase, label) in phases {
        assert_eq!(phase.label(), label);
    }
    let actors = [
        (NextActor::Client, "Client"),
        (NextActor::Operations, "Operations"),
        (NextActor::Vendor, "Vendor"),
        (NextActor::Qc, "QC"),
        (NextActor::Reviewer, "Reviewer"),
        (NextActor::Nobody, "Nobody"),
    ];
    for (actor, label) in actors {
        assert_eq!(actor.label(), label);
    }
}
