//! Refreshing the session: one refresh at a time, whoever asks, and no answer of an ended session counts.

mod doubt;
mod sequences;
mod sharing;

use omnival_core::session::refresh::{Epoch, Event, Grant, Next, Serial};
use omnival_core::session::{Credential, Refresh};
use omnival_core::time::Mono;

fn grant(token: &str, seconds: u64) -> Grant {
    Grant {
        access: Credential::new(token).expect("a sound token"),
        expires_in_ms: seconds * 1_000,
    }
}

fn signed_in(seconds: u64) -> Refresh {
    let mut session = Refresh::default();
    session.step(Event::SignedIn(grant("a", seconds)), Mono(0));
    session
}

fn wanted(session: &mut Refresh, now: u64) -> Next {
    session.step(Event::Wanted, Mono(now))
}

fn uses(next: &Next) -> Option<(String, Serial)> {
    match next {
        Next::Use(token, serial) => Some((token.header(), *serial)),
        _ => None,
    }
}

/// A refresh is wanted at this moment, no other tab has a fresh token, and the refresh request leaves.
fn refreshes(session: &mut Refresh, now: u64) -> Epoch {
    let epoch = locks(wanted(session, now));
    assert!(session.step(Event::Locked(epoch), Mono(now)) == Next::Ask(epoch));
    assert!(session.step(Event::Asked(epoch), Mono(now)) == Next::Send(epoch));
    epoch
}

fn locks(next: Next) -> Epoch {
    match next {
        Next::Lock(epoch) => epoch,
        _ => panic!("a refresh was expected"),
    }
}

fn bare(token: &Credential) -> String {
    token.header().replace("Bearer ", "")
}

/// The token that is used now, if any is.
fn used(session: &mut Refresh, now: u64) -> Option<String> {
    match wanted(session, now) {
        Next::Use(token, _) => Some(bare(&token)),
        _ => None,
    }
}

#[test]
fn a_token_is_used_until_ten_seconds_before_its_end() {
    let mut session = signed_in(60);
    assert!(uses(&wanted(&mut session, 49_999)).is_some());
    refreshes(&mut session, 50_000);
}

#[test]
fn a_lifetime_within_the_margin_is_still_used_for_a_second() {
    for seconds in [0, 1, 10] {
        let mut session = signed_in(seconds);
        assert!(
            uses(&wanted(&mut session, 0)).is_some(),
            "{seconds}: no endless refreshing"
        );
        assert!(uses(&wanted(&mut session, 999)).is_some());
        refreshes(&mut session, 1_000);
    }
}

#[test]
fn a_rejected_token_is_not_used_again_and_is_refreshed_once() {
    let mut session = signed_in(60);
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    let epoch = refreshes(&mut session, 3);
    for now in 4..10 {
        assert!(wanted(&mut session, now) == Next::Wait);
    }
    session.step(Event::Refreshed(epoch, grant("b", 60)), Mono(10));
    let (header, newer) = uses(&wanted(&mut session, 11)).expect("a token");
    assert!(header.ends_with('b') && newer != serial);
}

#[test]
fn two_rejections_of_one_token_cost_one_refresh() {
    let mut session = signed_in(60);
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    let epoch = refreshes(&mut session, 3);
    session.step(Event::Refreshed(epoch, grant("b", 60)), Mono(4));
    session.step(Event::Rejected(serial), Mono(5));
    assert!(uses(&wanted(&mut session, 6)).is_some_and(|(header, _)| header.ends_with('b')));
}

#[test]
fn an_answer_counts_once() {
    let mut session = signed_in(20);
    let epoch = refreshes(&mut session, 15_000);
    assert!(session.expects(epoch));
    session.step(Event::Refreshed(epoch, grant("b", 60)), Mono(15_100));
    assert!(!session.expects(epoch));
    for event in [
        Event::Refused(epoch),
        Event::NotCarriedOut(epoch),
        Event::Refreshed(epoch, grant("x", 60)),
    ] {
        assert!(session.step(event, Mono(15_200)) == Next::Nothing);
    }
    assert!(uses(&wanted(&mut session, 15_300)).is_some_and(|(header, _)| header.ends_with('b')));
}

#[test]
fn an_answer_of_before_the_sign_out_does_not_count_after_the_next_sign_in() {
    let mut session = signed_in(20);
    let before = refreshes(&mut session, 15_000);
    session.step(Event::SignedOut, Mono(15_100));
    assert!(!session.expects(before));
    session.step(Event::SignedIn(grant("c", 20)), Mono(15_200));
    let now = refreshes(&mut session, 30_000);
    assert!(now != before && session.expects(now) && !session.expects(before));
    session.step(Event::Refused(before), Mono(30_100));
    assert!(
        wanted(&mut session, 30_200) == Next::Wait,
        "the new refresh is still under way"
    );
}

/// Another tab signed in meanwhile: its session is not ended by what the older one's refresh comes to.
#[test]
fn an_answer_of_before_the_next_sign_in_does_not_count_for_its_refresh() {
    let mut session = signed_in(20);
    let before = refreshes(&mut session, 15_000);
    session.step(Event::SignedIn(grant("c", 20)), Mono(15_100));
    let now = refreshes(&mut session, 30_000);
    assert!(session.step(Event::Refused(before), Mono(30_100)) == Next::Nothing);
    session.step(Event::Refreshed(now, grant("d", 60)), Mono(30_200));
    assert!(uses(&wanted(&mut session, 30_300)).is_some_and(|(header, _)| header.ends_with('d')));
}

#[test]
fn signing_in_ends_the_cool_down() {
    let mut session = Refresh::default();
    let epoch = refreshes(&mut session, 0);
    session.step(Event::NotCarriedOut(epoch), Mono(100));
    session.step(Event::SignedIn(grant("c", 60)), Mono(200));
    let (_, serial) = uses(&wanted(&mut session, 300)).expect("a token");
    session.step(Event::Rejected(serial), Mono(400));
    refreshes(&mut session, 500);
}

#[test]
fn nobody_is_signed_in_at_first_and_a_refresh_may_find_out() {
    let mut session = Refresh::default();
    let epoch = refreshes(&mut session, 0);
    assert!(session.step(Event::Refused(epoch), Mono(10)) == Next::SignIn);
    assert!(wanted(&mut session, 20) == Next::SignIn);
}

#[test]
fn after_a_failure_it_is_asked_again_only_when_three_seconds_have_passed() {
    let mut session = Refresh::default();
    let epoch = refreshes(&mut session, 0);
    assert!(session.step(Event::NotCarriedOut(epoch), Mono(1_000)) == Next::Nothing);
    assert!(wanted(&mut session, 3_999) == Next::TryLater);
    let epoch = refreshes(&mut session, 4_000);
    session.step(Event::Refreshed(epoch, grant("b", 15)), Mono(4_100));
    // A success ends the cool-down, so the next end is met by a refresh at once.
    refreshes(&mut session, 4_100 + 5_000);
}

/// Signed out while the lock is waited for, the tabs are asked, the platform is asked, or the refresh is under way: what
/// comes of it changes nothing, and nothing more is sent.
#[test]
fn a_sign_out_ends_a_refresh_wherever_it_is() {
    for steps in 0..=3 {
        let mut session = Refresh::doubtful();
        let epoch = locks(wanted(&mut session, 0));
        for event in [Event::Locked(epoch), Event::Asked(epoch), Event::Reachable(epoch)]
            .into_iter()
            .take(steps)
        {
            assert!(session.step(event, Mono(10)) != Next::Nothing, "{steps}");
        }
        assert!(session.step(Event::SignedOut, Mono(20)) == Next::Nothing);
        assert!(!session.expects(epoch));
        for event in [
            Event::Locked(epoch),
            Event::Asked(epoch),
            Event::Reachable(epoch),
            Event::Refreshed(epoch, grant("b", 60)),
            Event::Refused(epoch),
            Event::NotCarriedOut(epoch),
            Event::Lost(epoch),
            Event::Shared(grant("c", 60)),
        ] {
            assert!(session.step(event, Mono(30)) == Next::Nothing, "{steps}");
            assert!(wanted(&mut session, 30) == Next::SignIn, "{steps}: stays out");
            assert!(session.to_share(Mono(30)).is_none());
        }
    }
}

#[test]
fn each_step_of_a_refresh_follows_only_the_one_before_it() {
    let mut session = Refresh::doubtful();
    let epoch = locks(wanted(&mut session, 0));
    for early in [Event::Asked(epoch), Event::Reachable(epoch)] {
        assert!(
            session.step(early, Mono(1)) == Next::Nothing,
            "the lock is not held yet"
        );
    }
    assert!(session.step(Event::Locked(epoch), Mono(2)) == Next::Ask(epoch));
    for early in [Event::Locked(epoch), Event::Reachable(epoch)] {
        assert!(
            session.step(early, Mono(3)) == Next::Nothing,
            "the tabs have not been asked"
        );
    }
    assert!(session.step(Event::Asked(epoch), Mono(4)) == Next::Probe(epoch));
    for again in [Event::Locked(epoch), Event::Asked(epoch)] {
        assert!(session.step(again, Mono(5)) == Next::Nothing);
    }
    assert!(session.step(Event::Reachable(epoch), Mono(6)) == Next::Send(epoch));
    for again in [Event::Locked(epoch), Event::Asked(epoch), Event::Reachable(epoch)] {
        assert!(session.step(again, Mono(7)) == Next::Nothing, "sent once");
    }
    assert!(session.expects(epoch));
}

#[test]
fn a_refresh_that_was_not_carried_out_may_be_given_up_at_every_step() {
    for steps in 0..=3 {
        let mut session = Refresh::doubtful();
        let epoch = locks(wanted(&mut session, 0));
        for event in [Event::Locked(epoch), Event::Asked(epoch), Event::Reachable(epoch)]
            .into_iter()
            .take(steps)
        {
            session.step(event, Mono(10));
        }
        assert!(session.step(Event::NotCarriedOut(epoch), Mono(20)) == Next::Nothing);
        assert!(wanted(&mut session, 30) == Next::TryLater, "{steps}");
        locks(wanted(&mut session, 3_020));
    }
}

/// Good enough to ask whether the platform answers, also when it was refused; gone with the session.
#[test]
fn the_last_token_is_the_one_in_use_or_the_one_that_was_refused() {
    let last = |session: &Refresh| session.last().map(bare);
    assert_eq!(last(&Refresh::default()), None);
    let mut session = signed_in(60);
    assert_eq!(last(&session).as_deref(), Some("a"));
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    assert_eq!(last(&session).as_deref(), Some("a"));
    let epoch = refreshes(&mut session, 3);
    session.step(Event::Refreshed(epoch, grant("b", 60)), Mono(4));
    assert_eq!(last(&session).as_deref(), Some("b"));
    session.step(Event::SignedOut, Mono(5));
    assert_eq!(last(&session), None);
}
