//! A lost create: a draft leaves no history, so its reference is looked for among the loan's orders.

use omnival_core::ids::{OrderId, OrderRef};
use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::evidence::{Evidence, Found, How, Proof, Verdict};
use omnival_core::recovery::outcome::Reply;

use super::{Tell, after, doubtful, doubts, judged_early, judged_late, read_back, refusals, verdict};
use crate::given::{at, create, intent};

fn created(ids: &[&str]) -> Evidence {
    Evidence {
        found: Found::Created(
            ids.iter()
                .map(|id| OrderRef {
                    order: OrderId::new(id),
                    ..at()
                })
                .collect(),
        ),
        history: vec![],
        records: vec![],
        payments: vec![],
    }
}

fn all() -> impl Iterator<Item = Reply> {
    doubts().into_iter().chain(refusals())
}

#[test]
fn a_draft_with_our_reference_is_ours_whenever_it_is_found() {
    for reply in all() {
        for ids in [&["ord-5"][..], &["ord-5", "ord-6"]] {
            let mut attempt = doubtful(intent(create()), reply.clone());
            attempt.tell(read_back(&attempt, created(ids)), after(1_500));
            assert_eq!(verdict(&attempt), Some(Verdict::Done(How::Found)), "{reply:?}");
            assert_eq!(
                attempt.intent.at.map(|at| at.order),
                Some(OrderId::new("ord-5")),
                "the attempt knows its order from now on"
            );
        }
    }
}

#[test]
fn no_such_draft_is_no_proof_until_the_window_is_over_or_the_send_was_refused() {
    for reply in doubts() {
        assert_eq!(judged_early(intent(create()), reply.clone(), created(&[])), None);
        assert_eq!(
            judged_late(intent(create()), reply, created(&[])),
            Some(Verdict::NotDone(Proof::Settled))
        );
    }
    for reply in refusals() {
        assert_eq!(
            judged_early(intent(create()), reply, created(&[])),
            Some(Verdict::NotDone(Proof::Refused))
        );
    }
}

#[test]
fn a_draft_that_appears_late_in_the_window_is_found() {
    let mut attempt = doubtful(intent(create()), super::lost());
    attempt.tell(read_back(&attempt, created(&[])), after(1_500));
    assert_eq!(verdict(&attempt), None);
    attempt.tell(Event::Woke, after(2_000));
    attempt.tell(read_back(&attempt, created(&["ord-5"])), after(2_500));
    assert_eq!(verdict(&attempt), Some(Verdict::Done(How::Found)));
}
