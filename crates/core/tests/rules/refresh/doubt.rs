//! A refresh whose answer was lost may have spent the refresh token. A spent one shown again ends the session
//! everywhere, so it is shown once more at most, and only when the platform is known to answer.

use omnival_core::session::Refresh;
use omnival_core::session::refresh::{Epoch, Event, Next};
use omnival_core::time::Mono;

use super::{grant, locks, refreshes, signed_in, used, uses, wanted};

/// The way of a refresh in doubt, up to its request.
fn probes(session: &mut Refresh, now: u64) -> Epoch {
    let epoch = locks(wanted(session, now));
    assert!(session.step(Event::Locked(epoch), Mono(now)) == Next::Ask(epoch));
    assert!(session.step(Event::Asked(epoch), Mono(now)) == Next::Probe(epoch));
    assert!(!session.expects(epoch), "nothing has been sent");
    assert!(session.step(Event::Reachable(epoch), Mono(now)) == Next::Send(epoch));
    epoch
}

fn loses(session: &mut Refresh, epoch: Epoch, now: u64) {
    assert!(session.step(Event::Lost(epoch), Mono(now)) == Next::Nothing);
}

#[test]
fn after_one_lost_answer_the_platform_is_probed_before_the_token_is_shown_again() {
    let mut session = signed_in(60);
    let epoch = refreshes(&mut session, 50_000);
    loses(&mut session, epoch, 51_000);
    let token = used(&mut session, 53_999);
    assert_eq!(
        token.as_deref(),
        Some("a"),
        "cooling down, and the old token still serves"
    );
    let epoch = probes(&mut session, 54_000);
    session.step(Event::Refreshed(epoch, grant("b", 60)), Mono(54_100));
    assert_eq!(used(&mut session, 54_200).as_deref(), Some("b"));
}

#[test]
fn a_page_that_finds_an_unanswered_refresh_of_an_earlier_page_probes_first() {
    let mut session = Refresh::doubtful();
    let epoch = probes(&mut session, 0);
    assert!(
        session.step(Event::Lost(epoch), Mono(100)) == Next::SignIn,
        "that was the second"
    );
    assert!(wanted(&mut session, 200) == Next::SignIn);
}

#[test]
fn after_two_lost_answers_the_last_token_serves_to_its_very_end_and_then_it_is_signed_in_again() {
    let mut session = signed_in(60);
    let epoch = refreshes(&mut session, 50_000);
    loses(&mut session, epoch, 51_000);
    let epoch = probes(&mut session, 54_000);
    loses(&mut session, epoch, 54_500);
    for now in (54_501..60_000).step_by(100) {
        assert_eq!(used(&mut session, now).as_deref(), Some("a"), "{now}: not a third time");
    }
    assert!(wanted(&mut session, 60_000) == Next::SignIn);
    assert!(session.to_share(Mono(60_000)).is_none());
    assert!(wanted(&mut session, 70_000) == Next::SignIn);
}

#[test]
fn a_second_loss_without_a_token_ends_the_session_at_once() {
    let mut session = Refresh::default();
    let epoch = refreshes(&mut session, 0);
    loses(&mut session, epoch, 100);
    let epoch = probes(&mut session, 3_100);
    assert!(session.step(Event::Lost(epoch), Mono(3_200)) == Next::SignIn);
    session.step(Event::Shared(grant("o", 60)), Mono(3_300));
    assert!(wanted(&mut session, 3_400) == Next::SignIn, "it has ended");
}

#[test]
fn a_last_token_that_is_refused_ends_a_doubly_doubtful_session() {
    let mut session = signed_in(60);
    let epoch = refreshes(&mut session, 50_000);
    loses(&mut session, epoch, 51_000);
    let epoch = probes(&mut session, 54_000);
    loses(&mut session, epoch, 54_500);
    let (_, serial) = uses(&wanted(&mut session, 55_000)).expect("a token");
    session.step(Event::Rejected(serial), Mono(55_100));
    assert!(wanted(&mut session, 55_200) == Next::SignIn);
}

#[test]
fn what_was_certainly_not_carried_out_is_no_doubt() {
    let mut session = signed_in(60);
    for round in 0..5 {
        // Each way in which a refresh can fail without having been looked at.
        let now = 50_000 + round * 3_000;
        let epoch = refreshes(&mut session, now);
        assert!(session.step(Event::NotCarriedOut(epoch), Mono(now)) == Next::Nothing);
    }
    refreshes(&mut session, 70_000);
}

#[test]
fn a_probe_without_an_answer_sends_nothing_and_adds_no_doubt() {
    let mut session = Refresh::doubtful();
    for round in 0..5 {
        let now = round * 3_000;
        let epoch = locks(wanted(&mut session, now));
        session.step(Event::Locked(epoch), Mono(now));
        assert!(session.step(Event::Asked(epoch), Mono(now)) == Next::Probe(epoch));
        session.step(Event::NotCarriedOut(epoch), Mono(now));
        assert!(wanted(&mut session, now) == Next::TryLater);
    }
    probes(&mut session, 15_000);
}

#[test]
fn any_new_grant_clears_the_doubt() {
    let ways: [fn(&mut Refresh, Epoch) -> Next; 3] = [
        |session, epoch| session.step(Event::Refreshed(epoch, grant("b", 20)), Mono(200)),
        |session, _| session.step(Event::SignedIn(grant("b", 20)), Mono(200)),
        |session, _| session.step(Event::RefreshedElsewhere(grant("b", 20)), Mono(200)),
    ];
    for way in ways {
        let mut session = Refresh::doubtful();
        let epoch = probes(&mut session, 0);
        way(&mut session, epoch);
        assert_eq!(used(&mut session, 300).as_deref(), Some("b"));
        if session.expects(epoch) {
            session.step(Event::NotCarriedOut(epoch), Mono(300));
        }
        refreshes(&mut session, 10_200);
    }
}

#[test]
fn a_loss_counts_only_for_a_request_that_left() {
    let mut session = signed_in(60);
    let epoch = locks(wanted(&mut session, 50_000));
    for event in [Event::Lost(epoch), Event::Lost(epoch)] {
        assert!(session.step(event, Mono(50_010)) == Next::Nothing);
    }
    assert!(session.step(Event::Locked(epoch), Mono(50_020)) == Next::Ask(epoch));
    session.step(Event::Lost(epoch), Mono(50_030));
    assert!(session.step(Event::Asked(epoch), Mono(50_040)) == Next::Send(epoch));
}

/// A tab that slept may tell a token from before the loss.
#[test]
fn a_token_that_another_tab_had_all_along_leaves_the_doubt() {
    let mut session = Refresh::doubtful();
    session.step(Event::Shared(grant("old", 20)), Mono(0));
    assert_eq!(used(&mut session, 100).as_deref(), Some("old"));
    probes(&mut session, 10_100);
}

#[test]
fn a_loss_in_another_tab_is_this_ones_doubt_too() {
    let mut session = signed_in(60);
    session.step(Event::LostElsewhere, Mono(49_000));
    let epoch = probes(&mut session, 50_000);
    loses(&mut session, epoch, 51_000);
    assert_eq!(
        used(&mut session, 59_999).as_deref(),
        Some("a"),
        "the third showing there will never be"
    );
    assert!(wanted(&mut session, 60_000) == Next::SignIn);
}

#[test]
fn what_another_tab_was_refused_with_is_not_shown_again_even_by_one_that_waits_already() {
    let mut session = signed_in(60);
    let epoch = locks(wanted(&mut session, 50_000));
    assert!(
        session.step(Event::RefusedElsewhere, Mono(50_100)) == Next::Nothing,
        "its token is good yet"
    );
    assert!(session.step(Event::Locked(epoch), Mono(50_200)) == Next::Nothing);
    assert_eq!(used(&mut session, 59_999).as_deref(), Some("a"));
    assert!(wanted(&mut session, 60_000) == Next::SignIn);

    let mut session = signed_in(60);
    assert!(session.step(Event::RefusedElsewhere, Mono(60_000)) == Next::SignIn);
}
