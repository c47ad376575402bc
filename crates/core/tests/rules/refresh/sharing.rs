//! Several tabs, one session: a token that one has is used by all, so that one refresh serves them.

use omnival_core::session::Refresh;
use omnival_core::session::refresh::{Event, Next};
use omnival_core::time::Mono;

use super::{bare, grant, locks, refreshes, signed_in, used, uses, wanted};

fn shared(session: &mut Refresh, token: &str, seconds: u64, now: u64) {
    assert!(session.step(Event::Shared(grant(token, seconds)), Mono(now)) == Next::Nothing);
}

#[test]
fn a_token_told_before_the_lock_is_held_spares_the_refresh() {
    let mut session = signed_in(60);
    let epoch = locks(wanted(&mut session, 55_000));
    shared(&mut session, "o", 60, 55_100);
    assert_eq!(used(&mut session, 55_200).as_deref(), Some("o"));
    assert!(
        session.step(Event::Locked(epoch), Mono(55_300)) == Next::Nothing,
        "give it back"
    );
    assert!(session.step(Event::Asked(epoch), Mono(55_400)) == Next::Nothing);
    assert_eq!(used(&mut session, 55_500).as_deref(), Some("o"));
}

#[test]
fn a_token_told_while_the_tabs_are_asked_spares_the_request() {
    let mut session = signed_in(60);
    let epoch = locks(wanted(&mut session, 55_000));
    assert!(session.step(Event::Locked(epoch), Mono(55_050)) == Next::Ask(epoch));
    shared(&mut session, "o", 60, 55_100);
    assert!(session.step(Event::Asked(epoch), Mono(55_300)) == Next::Nothing);
    assert!(!session.expects(epoch));
    assert_eq!(used(&mut session, 55_400).as_deref(), Some("o"));
}

#[test]
fn a_token_told_while_the_platform_is_probed_spares_the_second_send() {
    let mut session = Refresh::doubtful();
    let epoch = locks(wanted(&mut session, 0));
    session.step(Event::Locked(epoch), Mono(10));
    assert!(session.step(Event::Asked(epoch), Mono(20)) == Next::Probe(epoch));
    shared(&mut session, "o", 60, 30);
    assert!(session.step(Event::Reachable(epoch), Mono(40)) == Next::Nothing);
    assert_eq!(used(&mut session, 50).as_deref(), Some("o"));
}

#[test]
fn without_a_fresh_token_among_the_tabs_the_request_is_sent() {
    for (token, seconds) in [("o", 0), ("o", 9), ("o", 10)] {
        let mut session = signed_in(60);
        let epoch = locks(wanted(&mut session, 59_000));
        session.step(Event::Locked(epoch), Mono(59_000));
        shared(&mut session, token, seconds, 59_100);
        assert!(
            session.step(Event::Asked(epoch), Mono(59_200)) == Next::Send(epoch),
            "{seconds} s are not fresh"
        );
    }
}

#[test]
fn a_token_that_the_platform_refused_is_not_taken_back_from_another_tab() {
    // Two requests that carried it may both be answered 401.
    for rejections in 1..=2 {
        let mut session = signed_in(60);
        let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
        for now in 0..rejections {
            session.step(Event::Rejected(serial), Mono(2 + now));
        }
        shared(&mut session, "a", 59, 10);
        let epoch = locks(wanted(&mut session, 20));
        session.step(Event::Locked(epoch), Mono(30));
        shared(&mut session, "a", 59, 40);
        assert!(
            session.step(Event::Asked(epoch), Mono(50)) == Next::Send(epoch),
            "{rejections} rejections"
        );
        shared(&mut session, "b", 59, 60);
        assert_eq!(used(&mut session, 70).as_deref(), Some("b"), "another one is welcome");
    }
}

#[test]
fn an_older_token_does_not_replace_one_that_lives_longer() {
    let mut session = signed_in(60);
    shared(&mut session, "o", 60, 0);
    assert_eq!(used(&mut session, 1).as_deref(), Some("a"), "no longer, no better");
    shared(&mut session, "o", 30, 1_000);
    assert_eq!(used(&mut session, 1_001).as_deref(), Some("a"));
    shared(&mut session, "n", 60, 1_001);
    assert_eq!(used(&mut session, 1_002).as_deref(), Some("n"));
}

/// Each tab counts from when it heard: told back and forth, a token would gain the time that the telling took.
#[test]
fn a_token_does_not_live_longer_by_being_told_back() {
    let (mut one, mut other) = (signed_in(60), Refresh::default());
    for round in 0..100 {
        let now = round * 400;
        let told = one.to_share(Mono(now)).expect("fresh");
        other.step(Event::Shared(told), Mono(now + 200));
        let told = other.to_share(Mono(now + 200)).expect("fresh");
        one.step(Event::Shared(told), Mono(now + 400));
    }
    assert!(used(&mut one, 49_999).is_some());
    locks(wanted(&mut one, 50_000));
}

#[test]
fn what_is_told_is_the_token_and_the_time_it_has_left_while_that_is_worth_telling() {
    let mut session = signed_in(60);
    let told = session.to_share(Mono(20_000)).expect("a fresh token");
    assert!(bare(&told.access) == "a" && told.expires_in_ms == 40_000);
    assert!(session.to_share(Mono(49_999)).is_some());
    assert!(session.to_share(Mono(50_000)).is_none(), "nearly over");
    let (_, serial) = uses(&wanted(&mut session, 1)).expect("a token");
    session.step(Event::Rejected(serial), Mono(2));
    assert!(session.to_share(Mono(3)).is_none(), "refused");
    assert!(Refresh::default().to_share(Mono(0)).is_none());
}

#[test]
fn the_refresh_of_this_tab_counts_even_if_another_was_told_meanwhile() {
    let mut session = signed_in(60);
    let epoch = refreshes(&mut session, 55_000);
    shared(&mut session, "o", 60, 55_100);
    session.step(Event::Refreshed(epoch, grant("b", 90)), Mono(55_200));
    assert_eq!(used(&mut session, 55_300).as_deref(), Some("b"));
}

/// Twenty tabs meet the same expiry. The lock lets one in at a time, each asks the others first: one request leaves.
#[test]
fn one_refresh_serves_all_tabs() {
    for count in [1, 2, 5, 20] {
        let mut tabs: Vec<_> = (0..count).map(|_| signed_in(60)).collect();
        let epochs: Vec<_> = tabs.iter_mut().map(|tab| locks(wanted(tab, 55_000))).collect();
        let mut sends = 0;
        for (turn, epoch) in epochs.into_iter().enumerate() {
            let now = Mono(55_000 + 100 * turn as u64);
            let mut next = tabs[turn].step(Event::Locked(epoch), now);
            if next == Next::Ask(epoch) {
                let told: Vec<_> = tabs.iter().filter_map(|tab| tab.to_share(now)).collect();
                for told in told {
                    tabs[turn].step(Event::Shared(told), now);
                }
                next = tabs[turn].step(Event::Asked(epoch), now);
            }
            if next == Next::Send(epoch) {
                sends += 1;
                tabs[turn].step(Event::Refreshed(epoch, grant("b", 60)), now);
            }
        }
        assert_eq!(sends, 1, "{count} tabs");
        assert!(tabs.iter_mut().all(|tab| used(tab, 60_000).as_deref() == Some("b")));
    }
}

/// The tab's own token may have more left of it, by a rounding or because it is new too: what was just granted is newer.
#[test]
fn the_news_of_a_refresh_replaces_the_token_whatever_is_left_of_it() {
    let mut session = signed_in(60);
    session.step(Event::RefreshedElsewhere(grant("b", 59)), Mono(500));
    let (header, serial) = uses(&wanted(&mut session, 600)).expect("a token");
    assert!(header.ends_with('b') && serial.is_second_hand());
}

#[test]
fn only_a_token_of_another_tab_is_second_hand() {
    let mut session = signed_in(60);
    let (_, own) = uses(&wanted(&mut session, 1)).expect("a token");
    assert!(!own.is_second_hand());
    session.step(Event::Rejected(own), Mono(2));
    session.step(Event::Shared(grant("b", 50)), Mono(3));
    let (_, handed) = uses(&wanted(&mut session, 4)).expect("a token");
    assert!(handed.is_second_hand());
    // Dead too: its owner does not know it yet, and would tell it again.
    session.step(Event::Rejected(handed), Mono(5));
    session.step(Event::Shared(grant("b", 50)), Mono(6));
    let epoch = refreshes(&mut session, 7);
    session.step(Event::Refreshed(epoch, grant("c", 60)), Mono(8));
    let (_, refreshed) = uses(&wanted(&mut session, 9)).expect("a token");
    assert!(!refreshed.is_second_hand());
}

/// Tabs that came up at the same moment hold different tokens; when all have ended, they would hand them round for ever.
#[test]
fn of_several_dead_tokens_none_is_tried_twice() {
    let mut session = signed_in(300);
    let mut tried = Vec::new();
    for _ in 0..3 {
        for other in ["b", "c", "a"] {
            if let Some((token, serial)) = uses(&wanted(&mut session, 2_000)) {
                tried.push(token);
                session.step(Event::Rejected(serial), Mono(2_000));
            }
            session.step(Event::Shared(grant(other, 290)), Mono(2_000));
        }
    }
    assert_eq!(tried, ["Bearer a", "Bearer b", "Bearer c"]);
}
