//! Who is signed in: whose session is taken over, who is told, and who stays out.

use omnival_core::session::events::{Account, Effect, End, Event, Found, Granted, Said, Tell};
use omnival_core::session::refresh::{Epoch, Grant};
use omnival_core::session::run::{Shell, run};
use omnival_core::session::{Credential, Machine, Who};
use omnival_core::time::Mono;

mod page;

use page::{Page, Person, session};

const QUIET: [&str; 0] = [];

/// What happens, what is done for it, and who is signed in then.
type Case<T> = (fn() -> T, &'static [&'static str], &'static str);

#[test]
fn signing_in_is_kept_shown_and_told_in_this_order() {
    let mut page = Page::new();
    let done = page.happens(Event::SignedIn(session("mia", "t")));
    assert_eq!(done, ["keep t", "remember", "show", "tell: signed in mia t"]);
    assert_eq!(page.happens(Event::Wanted), ["use t"]);
}

#[test]
fn signing_out_is_told_and_forgotten_and_nobody_gets_a_token_any_more() {
    let mut page = Page::signed_in("mia");
    assert_eq!(page.happens(Event::SignedOut), ["tell: signed out", "forget", "show"]);
    assert_eq!(page.who(), "nobody");
    assert_eq!(page.happens(Event::Wanted), ["sign in"]);
    assert_eq!(page.hears(Said::AskToken), ["tell: no token"]);
}

#[test]
fn who_waits_is_told_once_when_the_refresh_ends() {
    let mut page = Page::signed_in("mia").refreshing();
    for _ in 0..3 {
        assert_eq!(page.happens(Event::Wanted), QUIET, "they wait together");
    }
    let done = page.ends(End::Granted(session("mia", "u")));
    assert_eq!(done, ["keep u", "remember", "tell: refreshed mia u", "finish", "use u"]);
    assert!(!page.machine.is_asked());
}

#[test]
fn every_other_end_of_a_refresh_is_told_to_whom_it_concerns() {
    let cases: [Case<End<Person>>; 5] = [
        (
            || End::Refused,
            &["tell: refused mia", "show", "sign in", "finish"],
            "(mia)",
        ),
        (|| End::NothingToShow, &["show", "sign in", "finish"], "(mia)"),
        (
            || End::Granted(session("tom", "u")),
            &["show", "sign in", "finish"],
            "(mia)",
        ),
        // The old token serves for its last seconds.
        (|| End::NotCarriedOut, &["finish", "use t"], "mia"),
        (|| End::Lost, &["tell: lost mia", "finish", "use t"], "mia"),
    ];
    for (end, expected, who) in cases {
        let mut page = Page::signed_in("mia").refreshing();
        assert_eq!(page.ends(end()), expected);
        assert_eq!(page.who(), who);
    }
}

/// An answer of a session that has ended changes nothing, is told to nobody, and gives its lock back all the same.
#[test]
fn an_answer_of_before_the_sign_out_counts_for_nothing() {
    let ends: [fn() -> End<Person>; 5] = [
        || End::Granted(session("mia", "u")),
        || End::Refused,
        || End::NothingToShow,
        || End::NotCarriedOut,
        || End::Lost,
    ];
    for end in ends {
        let mut page = Page::signed_in("mia").refreshing();
        page.happens(Event::SignedOut);
        assert_eq!(page.ends(end()), ["finish"]);
        assert_eq!(page.who(), "nobody");
        let mut page = Page::signed_in("mia").refreshing();
        page.happens(Event::SignedOut);
        page.happens(Event::SignedIn(session("tom", "v")));
        assert_eq!(page.ends(end()), ["finish"], "nor for the next person");
        assert_eq!(page.happens(Event::Wanted), ["use v"]);
    }
}

#[test]
fn who_waits_when_the_session_ends_elsewhere_is_told_at_once() {
    let mut page = Page::signed_in("mia");
    page.now = 60_000;
    assert_eq!(page.happens(Event::Wanted), ["lock"]);
    let epoch = page.epoch();
    assert_eq!(page.hears(Said::RefreshRefused("mia")), ["show", "sign in"]);
    assert_eq!(page.happens(Event::Locked(epoch)), ["finish"], "its lock is not needed");
    let mut page = Page::signed_in("mia");
    page.now = 60_000;
    page.happens(Event::Wanted);
    assert_eq!(page.hears(Said::SignedOut), ["forget", "show", "sign in"]);
}

#[test]
fn what_concerns_another_person_concerns_nobody_here() {
    let mut page = Page::signed_in("mia");
    page.now = 60_000;
    assert_eq!(page.hears(Said::RefreshRefused("tom")), QUIET);
    assert_eq!(page.hears(Said::RefreshLost("tom")), QUIET);
    for said in [Said::Token, Said::Refreshed, Said::SignedIn] {
        assert_eq!(page.hears(said(session("tom", "u"))), ["answered: none"]);
    }
    assert_eq!(page.who(), "mia");
}

/// Each state of a page, and each way in which another tab comes to tell it a session: is it taken over?
#[test]
fn a_session_of_another_tab_is_taken_over_by_whom_it_belongs_to() {
    type Say = fn(Granted<Person>) -> Said<Person>;
    let starting: fn() -> Page = Page::new;
    let nobody: fn() -> Page = || {
        let mut page = Page::signed_in("mia");
        page.happens(Event::SignedOut);
        page
    };
    let lapsed: fn() -> Page = || {
        let mut page = Page::signed_in("mia");
        page.happens(Event::Lapsed);
        page
    };
    let (token, refreshed, signed_in): (Say, Say, Say) = (Said::Token, Said::Refreshed, Said::SignedIn);
    let cases = [
        (starting, token, true, true),
        (starting, refreshed, true, true),
        (starting, signed_in, true, true),
        (nobody, token, false, false),
        (nobody, refreshed, false, false),
        (nobody, signed_in, true, true),
        // The token may be the very one that this page was refused with.
        (lapsed, token, false, false),
        (lapsed, refreshed, true, false),
        (lapsed, signed_in, true, false),
    ];
    for (number, (page, say, if_mias, if_toms)) in cases.into_iter().enumerate() {
        for (id, taken) in [("mia", if_mias), ("tom", if_toms)] {
            let mut page = page();
            let before = page.who();
            let done = page.hears(say(session(id, "u")));
            assert_eq!(
                done.contains(&"keep u".to_owned()),
                taken,
                "case {number}, {id}: {done:?}"
            );
            assert_eq!(
                done.last().map(String::as_str),
                Some(if taken { "answered: fresh" } else { "answered: none" })
            );
            assert_eq!(
                page.who(),
                if taken { id.to_owned() } else { before.clone() },
                "case {number}"
            );
            assert!(
                !done.iter().any(|done| done.starts_with("tell")),
                "news is not told again"
            );
            let is_back = done.contains(&"show: is back".to_owned());
            assert_eq!(is_back, taken && before == "(mia)", "case {number}");
        }
    }
}

#[test]
fn a_token_of_the_same_session_is_taken_if_it_is_fresher_and_with_it_what_the_person_may_do() {
    let mut page = Page::signed_in("mia");
    page.now = 30_000;
    let mut told = session("mia", "u");
    told.user.role = "admin";
    assert_eq!(page.hears(Said::Token(told)), ["keep u", "show", "answered: fresh"]);
    assert_eq!(page.machine.user().map(|user| user.role), Some("admin"));
    assert_eq!(
        page.hears(Said::Token(session("mia", "u"))),
        ["answered: none"],
        "no better by being told again"
    );
    let mut older = session("mia", "v");
    older.grant.expires_in_ms = 20_000;
    assert_eq!(page.hears(Said::Token(older)), ["answered: none"]);
}

#[test]
fn a_fresh_token_of_another_tab_is_used_by_who_waits() {
    let mut page = Page::signed_in("mia");
    page.now = 60_000;
    page.happens(Event::Wanted);
    let epoch = page.epoch();
    assert_eq!(page.happens(Event::Locked(epoch)), ["ask"]);
    assert_eq!(page.hears(Said::NoToken), ["answered: none"]);
    assert_eq!(
        page.hears(Said::Token(session("mia", "u"))),
        ["keep u", "use u", "answered: fresh"]
    );
    assert_eq!(page.happens(Event::Asked(epoch)), ["finish"], "nothing is sent");
}

#[test]
fn a_question_for_a_token_is_answered_by_who_has_a_good_one() {
    let mut page = Page::signed_in("mia");
    assert_eq!(page.hears(Said::AskToken), ["tell: token mia t"]);
    page.now = 55_000;
    assert_eq!(page.hears(Said::AskToken), ["tell: no token"]);
    assert_eq!(Page::new().hears(Said::AskToken), ["tell: no token"]);
}

#[test]
fn what_a_page_finds_when_it_is_loaded() {
    let cases: [Case<Found<Person>>; 7] = [
        (
            || Found::Granted(session("mia", "t")),
            &["keep t", "remember", "show", "tell: refreshed mia t"],
            "mia",
        ),
        (|| Found::Refused, &["forget", "show"], "nobody"),
        (|| Found::Unreadable, &["show"], "nobody"),
        (|| Found::Nothing, &["show"], "nobody"),
        (|| Found::PutOff, &["lock"], "starting"),
        (|| Found::Unknown, &["lock"], "starting"),
        (|| Found::Lost, &["lock"], "starting"),
    ];
    for (found, expected, who) in cases {
        let mut page = Page::new();
        assert_eq!(page.happens(Event::Began(found())), expected);
        assert_eq!(page.who(), who);
        // Once somebody is out, or another person in, what it found is of before.
        let mut out = Page::signed_in("mia");
        out.happens(Event::SignedOut);
        assert_eq!(out.happens(Event::Began(found())), QUIET);
        let mut other = Page::signed_in("tom");
        assert_eq!(other.happens(Event::Began(found())), QUIET);
        assert_eq!((out.who().as_str(), other.who().as_str()), ("nobody", "tom"));
    }
    let mut same = Page::signed_in("mia");
    let newer = same.happens(Event::Began(Found::Granted(session("mia", "u"))));
    assert_eq!(newer, ["keep u", "remember", "show", "tell: refreshed mia u"]);
}

/// Whether the platform is probed before the refresh token is shown hangs on what the boot script's refresh came to.
#[test]
fn a_page_that_finds_nobody_signed_in_says_so_when_its_refresh_has_ended() {
    for (found, probes) in [(Found::Unknown, false), (Found::PutOff, false), (Found::Lost, true)] {
        let mut page = Page::new();
        page.happens(Event::Began(found));
        let epoch = page.epoch();
        assert_eq!(page.happens(Event::Locked(epoch)), ["ask"]);
        if probes {
            assert_eq!(page.happens(Event::Asked(epoch)), ["probe"]);
            assert_eq!(page.happens(Event::Reachable(epoch)), ["send"]);
        } else {
            assert_eq!(page.happens(Event::Asked(epoch)), ["send"]);
        }
        assert_eq!(page.who(), "starting");
        assert_eq!(page.ends(End::Refused), ["finish", "show"]);
        assert_eq!(page.who(), "nobody");
    }
    let mut page = Page::new();
    page.happens(Event::Began(Found::Unknown));
    page.hears(Said::SignedIn(session("mia", "t")));
    assert_eq!(page.ends(End::NotCarriedOut), ["finish"]);
    assert_eq!(page.who(), "mia");
}

#[test]
fn a_refresh_can_change_what_the_person_may_do_and_not_who_they_are() {
    let mut page = Page::signed_in("mia").refreshing();
    let mut granted = session("mia", "u");
    granted.user.role = "admin";
    let done = page.ends(End::Granted(granted));
    assert!(done.contains(&"show".to_owned()), "{done:?}");
    assert_eq!(page.machine.user().map(|user| user.role), Some("admin"));
}
