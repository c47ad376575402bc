//! Renewing the session: one renewal at a time, whoever asks, and no answer of an ended session counts.

use omnival_core::session::renewal::{Epoch, Event, Grant, Next, Serial};
use omnival_core::session::{Credential, Renewal};
use omnival_core::time::Mono;

use crate::prng::Prng;

fn grant(token: &str, seconds: u64) -> Grant {
    Grant {
        access: Credential::new(token).expect("a sound token"),
        expires_in_ms: seconds * 1_000,
    }
}

fn signed_in(seconds: u64) -> Renewal {
    let mut session = Renewal::default();
    session.step(Event::SignedIn(grant("a", seconds)), Mono(0));
    session
}

fn wanted(session: &mut Renewal, now: u64) -> Next {
    session.step(Event::Wanted, Mono(now))
}

fn uses(next: &Next) -> Option<(String, Serial)> {
    match next {
        Next::Use(token, serial) => Some((token.header(), *serial)),
        _ => None,
    }
}

fn renews(next: Next) -> Epoch {
    match next {
        Next::Renew(epoch) => epoch,
        _ => panic!("a renewal was expected"),
    }
}

#[test]
fn a_token_is_used_until_ten_seconds_before_its_end() {
    let mut session = signed_in(60);
    assert!(uses(&wanted(&mut session, 49_999)).is_some());
    renews(wanted(&mut session, 50_000));
}

#[test]
fn a_lifetime_within_the_margin_is_still_used_for_a_second() {
    for seconds in [0, 1, 10] {
        let mut session = signed_in(seconds);
        assert!(
            uses(&wanted(&mut session, 0)).is_some(),
            "{seconds}: no endless renewing"
        );
        assert!(uses(&wanted(&mut session, 999)).is_some());
        renews(wanted(&mut session, 1_000));
    }
}

#[test]
fn a_rejected_token_is_not_used_again_and_is_renewed_once() {
    let mut session = signed_in(60);
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    let epoch = renews(wanted(&mut session, 3));
    for now in 4..10 {
        assert!(wanted(&mut session, now) == Next::Wait);
    }
    session.step(Event::Renewed(epoch, grant("b", 60)), Mono(10));
    let (header, newer) = uses(&wanted(&mut session, 11)).expect("a token");
    assert!(header.ends_with('b') && newer != serial);
}

#[test]
fn two_rejections_of_one_token_cost_one_renewal() {
    let mut session = signed_in(60);
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    let epoch = renews(wanted(&mut session, 3));
    session.step(Event::Renewed(epoch, grant("b", 60)), Mono(4));
    session.step(Event::Rejected(serial), Mono(5));
    assert!(uses(&wanted(&mut session, 6)).is_some_and(|(header, _)| header.ends_with('b')));
}

#[test]
fn an_answer_counts_once() {
    let mut session = signed_in(20);
    let epoch = renews(wanted(&mut session, 15_000));
    assert!(session.expects(epoch));
    session.step(Event::Renewed(epoch, grant("b", 60)), Mono(15_100));
    assert!(!session.expects(epoch));
    for event in [
        Event::Refused(epoch),
        Event::Failed(epoch),
        Event::Renewed(epoch, grant("x", 60)),
    ] {
        assert!(session.step(event, Mono(15_200)) == Next::Nothing);
    }
    assert!(uses(&wanted(&mut session, 15_300)).is_some_and(|(header, _)| header.ends_with('b')));
}

#[test]
fn an_answer_of_before_the_sign_out_does_not_count_after_the_next_sign_in() {
    let mut session = signed_in(20);
    let before = renews(wanted(&mut session, 15_000));
    session.step(Event::SignedOut, Mono(15_100));
    assert!(!session.expects(before));
    session.step(Event::SignedIn(grant("c", 20)), Mono(15_200));
    let now = renews(wanted(&mut session, 30_000));
    assert!(now != before && session.expects(now) && !session.expects(before));
    session.step(Event::Refused(before), Mono(30_100));
    assert!(
        wanted(&mut session, 30_200) == Next::Wait,
        "the new renewal is still under way"
    );
}

/// Another tab signed in meanwhile: its session is not ended by what the older one's renewal comes to.
#[test]
fn an_answer_of_before_the_next_sign_in_does_not_count_for_its_renewal() {
    let mut session = signed_in(20);
    let before = renews(wanted(&mut session, 15_000));
    session.step(Event::SignedIn(grant("c", 20)), Mono(15_100));
    let now = renews(wanted(&mut session, 30_000));
    assert!(session.step(Event::Refused(before), Mono(30_100)) == Next::Nothing);
    session.step(Event::Renewed(now, grant("d", 60)), Mono(30_200));
    assert!(uses(&wanted(&mut session, 30_300)).is_some_and(|(header, _)| header.ends_with('d')));
}

#[test]
fn signing_in_ends_the_cool_down() {
    let mut session = Renewal::default();
    let epoch = renews(wanted(&mut session, 0));
    session.step(Event::Failed(epoch), Mono(100));
    session.step(Event::SignedIn(grant("c", 60)), Mono(200));
    let (_, serial) = uses(&wanted(&mut session, 300)).expect("a token");
    session.step(Event::Rejected(serial), Mono(400));
    renews(wanted(&mut session, 500));
}

#[test]
fn nobody_is_signed_in_at_first_and_a_renewal_may_find_out() {
    let mut session = Renewal::default();
    let epoch = renews(wanted(&mut session, 0));
    assert!(session.step(Event::Refused(epoch), Mono(10)) == Next::SignIn);
    assert!(wanted(&mut session, 20) == Next::SignIn);
}

#[test]
fn after_a_failure_it_is_asked_again_only_when_three_seconds_have_passed() {
    let mut session = Renewal::default();
    let epoch = renews(wanted(&mut session, 0));
    assert!(session.step(Event::Failed(epoch), Mono(1_000)) == Next::Nothing);
    assert!(wanted(&mut session, 3_999) == Next::TryLater);
    let epoch = renews(wanted(&mut session, 4_000));
    session.step(Event::Renewed(epoch, grant("b", 15)), Mono(4_100));
    // A success ends the cool-down, so the next end is met by a renewal at once.
    renews(wanted(&mut session, 4_100 + 5_000));
}

/// Random events: never two renewals at once, never a token after the end, never an old answer believed.
#[test]
fn no_sequence_of_events_breaks_the_invariants() {
    for seed in 0..2_000 {
        let mut rng = Prng::new(seed);
        let mut session = Renewal::default();
        let (mut now, mut ended, mut open) = (0, false, None::<Epoch>);
        let (mut epochs, mut serials): (Vec<Epoch>, Vec<Serial>) = (vec![], vec![]);
        for step in 0..60 {
            now += rng.up_to(20_000);
            let any = |rng: &mut Prng, epochs: &[Epoch]| (!epochs.is_empty()).then(|| *rng.pick(epochs));
            let event = match rng.up_to(6) {
                0 => Some(Event::SignedIn(grant("s", rng.up_to(90)))),
                1 => Some(Event::SignedOut),
                2 => any(&mut rng, &epochs).map(|epoch| Event::Renewed(epoch, grant("r", rng.up_to(90)))),
                3 => any(&mut rng, &epochs).map(Event::Refused),
                4 => any(&mut rng, &epochs).map(Event::Failed),
                5 => (!serials.is_empty()).then(|| Event::Rejected(*rng.pick(&serials))),
                _ => None,
            };
            match &event {
                Some(Event::SignedIn(_)) => (ended, open) = (false, None),
                Some(Event::SignedOut) => (ended, open) = (true, None),
                Some(Event::Renewed(epoch, _) | Event::Failed(epoch)) if open == Some(*epoch) => open = None,
                Some(Event::Refused(epoch)) if open == Some(*epoch) => (ended, open) = (true, None),
                _ => {}
            }
            if let Some(event) = event {
                session.step(event, Mono(now));
            }
            match wanted(&mut session, now) {
                Next::Renew(epoch) => {
                    assert!(open.is_none() && !ended, "seed {seed}, step {step}: a second renewal");
                    open = Some(epoch);
                    epochs.push(epoch);
                }
                Next::Use(_, serial) => {
                    assert!(!ended, "seed {seed}, step {step}: a token after the end");
                    serials.push(serial);
                }
                Next::Wait => assert!(open.is_some(), "seed {seed}, step {step}: waits for nothing"),
                Next::SignIn => assert!(ended, "seed {seed}, step {step}: signed out by nobody"),
                Next::TryLater => assert!(!ended && open.is_none(), "seed {seed}, step {step}"),
                Next::Nothing => panic!("seed {seed}, step {step}: no answer"),
            }
        }
    }
}
