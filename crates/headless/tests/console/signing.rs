//! Signing in and out, here and in the other tabs.

use omnival_core::operation::Operation;
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_headless::fake::{Plan, World};
use omnival_headless::platform::{Area, KeyValue, Topic};
use omnival_wire::boot::SESSION_KEY;

use crate::support::{Browser, CONFIG, IN_BODIES};

fn slow() -> Plan {
    Plan {
        answers_ms: 2_000,
        ..Plan::default()
    }
}

#[test]
fn signing_in_and_out_reaches_every_tab() {
    let mut browser = Browser::empty();
    for _ in 0..3 {
        browser.open(CONFIG);
    }
    assert_eq!(browser.who(), ["nobody", "nobody", "nobody"]);
    browser.tab(1).sign_in("mia");
    browser.world.run(10);
    assert_eq!(browser.who(), ["mia", "mia", "mia"]);
    assert_eq!(browser.tab(2).read(), Ok(()));
    assert_eq!(
        browser.tab(0).page.get(Area::Browser, SESSION_KEY).as_deref(),
        Some("1")
    );
    browser.tab(2).api.session().sign_out();
    assert_eq!(browser.tab(2).who(), "nobody", "nothing is waited for");
    browser.world.run(1_000);
    assert_eq!(browser.who(), ["nobody", "nobody", "nobody"]);
    assert_eq!(browser.server.arrived(Operation::SignOut).len(), 1);
    assert_eq!(browser.partition.cookie(), None);
    assert_eq!(browser.tab(0).page.get(Area::Browser, SESSION_KEY), None);
    let failure = browser.tab(0).read().expect_err("nobody is signed in");
    assert_eq!(failure.reply, Reply::NotSent(NotSent::NoSession));
    assert_eq!(browser.server.refreshes(), 0);
}

#[test]
fn a_wrong_password_is_answered_with_what_the_platform_said() {
    let browser = {
        let mut browser = Browser::empty();
        browser.open(CONFIG);
        browser
    };
    let api = browser.tab(0).api.clone();
    let end = browser
        .tab(0)
        .page
        .wait(async move { api.session().sign_in("", "").await });
    assert_eq!(end.and_then(Result::err).and_then(|reply| reply.status()), Some(401));
    assert_eq!(browser.tab(0).who(), "nobody");
    assert_eq!(browser.tab(0).page.get(Area::Browser, SESSION_KEY), None);
}

/// The commit guard: wherever the refresh is when somebody signs out, its answer brings nobody back.
#[test]
fn a_sign_out_during_a_refresh_is_not_undone_by_its_answer() {
    for out_in in [0, 1] {
        for after in [5, 500, 1_500, 2_500] {
            let browser = Browser::signed_in(2);
            browser.network(Operation::Refresh, vec![slow()]);
            browser.tab(1).page.freeze();
            browser.server.expire_all();
            let read = browser.tab(0).begin_read();
            browser.world.run(after);
            browser.tab(1).page.thaw();
            browser.tab(out_in).api.session().sign_out();
            browser.world.run(30_000);
            assert_eq!(browser.who(), ["nobody", "nobody"], "{out_in} {after}");
            assert!(read.end().is_err() || after > 2_000, "{out_in} {after}");
            assert_eq!(browser.tab(0).page.get(Area::Browser, SESSION_KEY), None);
            assert!(browser.server.refreshes() <= 1);
        }
    }
}

#[test]
fn whoever_signs_in_next_gets_nothing_of_the_refresh_before() {
    let browser = Browser::signed_in(2);
    browser.network(Operation::Refresh, vec![slow()]);
    browser.server.expire_all();
    let read = browser.tab(0).begin_read();
    browser.world.run(500);
    browser.tab(0).api.session().sign_out();
    browser.world.run(100);
    browser.tab(1).sign_in("tom");
    browser.world.run(30_000);
    assert_eq!(browser.who(), ["tom", "tom"]);
    assert!(read.has_ended());
    for tab in &browser.tabs {
        assert_eq!(tab.read(), Ok(()));
    }
    assert_eq!(browser.tab(0).api.session().returns(), 0);
}

#[test]
fn a_lapsed_session_comes_back_in_place_in_every_tab_of_the_same_person_only() {
    let browser = Browser::signed_in(3);
    browser.server.revoke_all();
    for tab in &browser.tabs {
        assert!(tab.read().is_err());
    }
    assert_eq!(browser.who(), ["(mia)", "(mia)", "(mia)"]);
    let shown = browser.tab(1).page.changes(Topic::Session);
    browser.tab(0).sign_in("mia");
    browser.world.run(10);
    assert_eq!(browser.who(), ["mia", "mia", "mia"]);
    assert!(browser.tabs.iter().all(|tab| tab.api.session().returns() == 1));
    assert_eq!(browser.tab(1).page.changes(Topic::Session), shown + 1);

    let browser = Browser::signed_in(2);
    browser.server.revoke_all();
    for tab in &browser.tabs {
        assert!(tab.read().is_err());
    }
    browser.tab(0).sign_in("tom");
    browser.world.run(10);
    assert_eq!(browser.who(), ["tom", "(mia)"], "with everything typed kept");
}

/// Two persons in two tabs: what one is told of the other's session changes nothing.
#[test]
fn another_persons_refresh_is_nobodys_token() {
    let browser = Browser::signed_in(2);
    browser.server.revoke_all();
    assert!(browser.tab(0).read().is_err() && browser.tab(1).read().is_err());
    browser.tab(0).sign_in("tom");
    browser.world.run(895_000);
    assert_eq!(browser.tab(0).read(), Ok(()));
    browser.world.run(100);
    assert_eq!(browser.who(), ["tom", "(mia)"]);
    assert!(browser.tab(1).read().expect_err("signed out").is_signed_out());
}

/// Transport `body`: the refresh token is in the memory of tabs, never in storage or in a cookie.
#[test]
fn refresh_tokens_that_travel_in_bodies_stay_in_memory() {
    let mut browser = Browser::empty();
    browser.server.set_in_bodies();
    browser.open(IN_BODIES).sign_in("mia");
    assert_eq!(
        browser.tab(0).page.get(Area::Browser, SESSION_KEY).as_deref(),
        Some("body")
    );
    browser.open(IN_BODIES);
    assert_eq!(
        browser.who(),
        ["mia", "mia"],
        "the session was told to the page that was opened"
    );
    browser.world.run(895_000);
    assert_eq!(browser.tab(1).read(), Ok(()));
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
    browser.world.run(895_000);
    assert_eq!(
        browser.tab(0).read(),
        Ok(()),
        "with the refresh token that the other one was granted"
    );
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (2, 0));
    for tab in &browser.tabs {
        assert_eq!(tab.page.keys(Area::Browser, ""), [SESSION_KEY]);
        tab.page.end();
    }
    browser.open(IN_BODIES);
    assert_eq!(browser.tab(2).who(), "nobody", "the last tab took it along");
    assert_eq!(browser.server.refreshes(), 2, "and nothing was shown that nobody has");
}

#[test]
fn a_refresh_token_that_is_told_once_is_kept_for_the_whole_session() {
    let mut browser = Browser::empty();
    browser.server.set_in_bodies();
    browser.server.set_lasting();
    browser.open(IN_BODIES).sign_in("mia");
    for round in 1..=3 {
        browser.world.run(895_000);
        assert_eq!(browser.tab(0).read(), Ok(()));
        assert_eq!(browser.server.refreshes(), round);
    }
}

#[test]
fn pages_of_another_partition_know_nothing_of_each_other() {
    let world = World::new();
    let server = omnival_headless::fake::Server::new(&world);
    let mut one = Browser {
        partition: omnival_headless::fake::Partition::new(&world),
        tabs: Vec::new(),
        server: server.clone(),
        world: world.clone(),
    };
    let mut other = Browser {
        partition: omnival_headless::fake::Partition::new(&world),
        tabs: Vec::new(),
        server,
        world,
    };
    one.open(CONFIG).sign_in("mia");
    other.open(CONFIG);
    assert_eq!(
        (one.who(), other.who()),
        (vec!["mia".to_owned()], vec!["nobody".to_owned()])
    );
    other.tab(0).sign_in("mia");
    one.tab(0).api.session().sign_out();
    one.world.run(1_000);
    assert_eq!(other.who(), ["mia"]);
    assert_eq!(other.tab(0).read(), Ok(()));
}
