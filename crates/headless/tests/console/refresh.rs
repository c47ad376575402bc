//! One refresh per expiry, for any number of requests in any number of tabs; and what a lost answer costs.

use omnival_core::operation::Operation;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_headless::fake::{Answering, Page, Plan};
use omnival_headless::http::Credentials;
use omnival_headless::platform::BootSession;

use crate::support::{Browser, CONFIG, ORDER_PATH, Tab};

#[test]
fn a_read_that_meets_a_401_costs_one_refresh_and_is_sent_once_more() {
    let browser = Browser::signed_in(1);
    browser.server.expire_all();
    let reads = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let seen = reads.clone();
    browser.server.route(move |wire| {
        seen.borrow_mut().push(wire.clone());
        None
    });
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
    assert!(browser.world.now() < 3_000, "nobody else is there to be asked");
    let reads = reads.borrow();
    assert_eq!(reads.len(), 1, "with the new token");
    assert!(reads[0].url.ends_with(ORDER_PATH) && reads[0].bearer() == Some("t1"));
    assert_eq!(browser.tab(0).who(), "mia");
}

#[test]
fn a_token_is_refreshed_before_its_end_and_not_met_by_a_401() {
    let browser = Browser::signed_in(1);
    browser.world.run(890_000);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
    browser.world.run(800_000);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1, "the new one is good for a while");
}

#[test]
fn twenty_requests_that_expire_together_in_three_tabs_cost_one_refresh() {
    for by_platform in [true, false] {
        let browser = Browser::signed_in(3);
        if by_platform {
            browser.server.expire_all();
        } else {
            browser.world.run(895_000);
        }
        let reads: Vec<_> = (0..20).map(|number| browser.tab(number % 3).begin_read()).collect();
        assert!(browser.world.run_until(|| reads.iter().all(|read| read.has_ended())));
        for read in reads {
            assert_eq!(read.end(), Ok(()));
        }
        assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
    }
}

#[test]
fn twenty_two_windows_restored_together_cost_one_refresh() {
    let mut browser = Browser::signed_in(1);
    let closed = browser.tabs.pop().expect("the tab");
    closed.page.end();
    browser.server.expire_all();
    let tabs: Vec<_> = (0..22).map(|_| Tab::open(&browser.partition, CONFIG)).collect();
    assert!(browser.world.run_until(|| tabs.iter().all(|tab| tab.who() == "mia")));
    for tab in &tabs {
        assert_eq!(tab.read(), Ok(()));
    }
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
}

/// The request never arrived: the tabs are asked, the platform is probed, and the refresh token is shown once more.
#[test]
fn a_refresh_that_was_lost_on_its_way_is_sent_once_more_after_a_question_and_a_probe() {
    let browser = Browser::signed_in(2);
    browser.network(Operation::Refresh, vec![Plan::lost()]);
    browser.server.expire_all();
    let failure = browser.tab(0).read().expect_err("the refresh was lost");
    assert_eq!(failure.reply, Reply::Lost(Loss::Network));
    assert!(failure.message().happened.contains("could not be") || !failure.message().next.is_empty());
    assert_eq!(browser.who(), ["mia", "mia"], "the session may be fine");
    browser.world.run(3_000);
    assert_eq!(
        browser.tab(1).read(),
        Ok(()),
        "the other tab knows of the doubt, and goes on from it"
    );
    assert_eq!(browser.server.arrived(Operation::WhoAmI).len(), 1, "it asked first");
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
}

/// It was carried out, and its answer lost: the second showing ends the session, and there is no third.
#[test]
fn a_refresh_token_that_is_spent_is_shown_twice_at_most_by_all_tabs_together() {
    let browser = Browser::signed_in(3);
    browser.network(Operation::Refresh, vec![Plan::answer_lost()]);
    browser.server.expire_all();
    assert!(browser.tab(0).read().is_err());
    for _ in 0..5 {
        browser.world.run(10_000);
        for tab in &browser.tabs {
            assert!(tab.read().is_err());
        }
    }
    assert_eq!(browser.server.refreshes(), 2);
    assert_eq!(browser.who(), ["(mia)", "(mia)", "(mia)"], "sign in again in place");
    let failure = browser.tab(2).read().expect_err("nobody is signed in");
    assert_eq!(failure.reply, Reply::NotSent(NotSent::NoSession));
    assert!(failure.is_signed_out());
}

#[test]
fn while_the_platform_does_not_answer_a_probe_nothing_is_shown_again() {
    let browser = Browser::signed_in(1);
    browser.network(Operation::Refresh, vec![Plan::lost()]);
    browser.server.expire_all();
    assert!(browser.tab(0).read().is_err());
    browser.network(Operation::WhoAmI, vec![Plan::lost(); 20]);
    for _ in 0..3 {
        browser.world.run(10_000);
        assert!(browser.tab(0).read().is_err());
    }
    assert_eq!((browser.server.refreshes(), browser.who()), (0, vec!["mia".to_owned()]));
    browser.world.run(10_000);
    browser.network(Operation::WhoAmI, vec![]);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
}

#[test]
fn another_tab_that_has_a_fresh_token_spares_the_request() {
    let mut browser = Browser::signed_in(2);
    browser.tab(1).page.freeze();
    browser.world.run(895_000);
    assert_eq!(browser.tab(0).read(), Ok(()));
    // What the first tab told is heard when the second wakes, and comes before anything that it wants.
    browser.tab(1).page.thaw();
    assert_eq!(browser.tab(1).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
    let third = browser.open(CONFIG);
    assert_eq!(third.read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
}

#[test]
fn a_tab_that_stands_still_is_waited_for_a_second_and_no_longer() {
    let browser = Browser::signed_in(2);
    browser.tab(1).page.freeze();
    browser.server.expire_all();
    let began = browser.world.now();
    assert_eq!(browser.tab(0).read(), Ok(()));
    let took = browser.world.now() - began;
    assert!((1_000..2_000).contains(&took), "{took}");
}

#[test]
fn tabs_that_have_nothing_to_tell_are_not_waited_for() {
    let browser = Browser::signed_in(3);
    browser.server.expire_all();
    for tab in &browser.tabs {
        // A tab knows only by trying that its token has ended.
        let (api, page) = (tab.api.clone(), &tab.page);
        let token = page
            .wait(async move { api.session().token().await })
            .expect("an answer");
        tab.api.session().rejected(token.expect("a token").1);
    }
    let began = browser.world.now();
    assert_eq!(browser.tab(0).read(), Ok(()));
    let took = browser.world.now() - began;
    assert!(took < 200, "{took}");
}

#[test]
fn the_first_fresh_token_ends_the_question() {
    let browser = Browser::signed_in(3);
    browser.partition.set_loses_messages(true);
    browser.world.run(895_000);
    assert_eq!(browser.tab(1).read(), Ok(()));
    browser.partition.set_loses_messages(false);
    browser.tab(2).page.freeze();
    let began = browser.world.now();
    assert_eq!(browser.tab(0).read(), Ok(()));
    let took = browser.world.now() - began;
    assert_eq!(browser.server.refreshes(), 1, "one of the tabs had it");
    assert!(took < 200, "who stands still is not waited for: {took}");
    assert!(
        !browser.partition.is_locked("omnival-refresh"),
        "and keeps nobody from the lock"
    );
}

#[test]
fn a_refresh_that_hangs_is_given_up_after_ten_seconds_and_a_probe_after_five() {
    let browser = Browser::signed_in(1);
    browser.network(Operation::Refresh, vec![Plan::hung()]);
    browser.server.expire_all();
    let began = browser.world.now();
    let failure = browser.tab(0).read().expect_err("nothing comes");
    assert_eq!(failure.reply, Reply::Lost(Loss::Timeout), "said as it was");
    let took = browser.world.now() - began;
    assert!((10_000..13_000).contains(&took), "{took}");
    browser.world.run(3_000);
    browser.network(Operation::WhoAmI, vec![Plan::hung()]);
    let began = browser.world.now();
    let failure = browser.tab(0).read().expect_err("nothing comes");
    assert_eq!(failure.reply, Reply::Lost(Loss::Network));
    let took = browser.world.now() - began;
    assert!((5_000..8_000).contains(&took), "{took}");
}

#[test]
fn a_refresh_takes_the_cookie_along_wherever_the_platform_is() {
    let browser = Browser::signed_in(1);
    browser.server.expire_all();
    assert_eq!(browser.tab(0).read(), Ok(()));
    let sent = browser.server.arrived(Operation::Refresh);
    assert_eq!((sent.len(), sent[0].credentials), (1, Credentials::Include));
    assert_eq!((sent[0].bearer(), sent[0].body.as_deref()), (None, Some("{}")));
    assert_eq!(sent[0].header("Content-Type"), Some("application/json"));
}

#[test]
fn a_refresh_that_is_refused_ends_the_session_however_it_is_said() {
    for status in [400, 401, 403] {
        let browser = Browser::signed_in(1);
        browser.server.put_off_refresh(Answering::status(status));
        browser.server.expire_all();
        assert!(browser.tab(0).read().is_err());
        assert_eq!(
            (browser.who(), browser.server.refreshes()),
            (vec!["(mia)".to_owned()], 1)
        );
    }
}

/// Whatever ails the platform: a 401 after a refresh that worked is not met by another one.
#[test]
fn a_token_that_is_refused_although_it_is_fresh_costs_one_refresh_and_a_sign_in() {
    let browser = Browser::signed_in(1);
    browser.server.route(|_| Some(Answering::status(401)));
    let failure = browser.tab(0).read().expect_err("refused");
    assert_eq!(failure.status(), Some(401));
    assert_eq!(
        (browser.who(), browser.server.refreshes()),
        (vec!["(mia)".to_owned()], 1)
    );
}

#[test]
fn a_refresh_that_is_put_off_ends_no_session_and_is_tried_again_after_the_cool_down() {
    let browser = Browser::signed_in(1);
    for status in [429, 503] {
        browser.server.put_off_refresh(Answering::status(status));
        browser.server.expire_all();
        assert!(browser.tab(0).read().is_err());
        assert_eq!(browser.tab(0).who(), "mia");
        browser.world.run(3_000);
        assert_eq!(browser.tab(0).read(), Ok(()), "{status}");
    }
    assert!(
        browser.server.arrived(Operation::WhoAmI).is_empty(),
        "there was no doubt"
    );
}

/// The platform refuses every token, however fresh: once more, and then it says so instead of going on.
#[test]
fn a_session_that_ended_everywhere_is_signed_in_again_in_place() {
    let browser = Browser::signed_in(2);
    browser.server.revoke_all();
    assert!(browser.tab(0).read().is_err());
    browser.world.run(10);
    assert_eq!(browser.server.refreshes(), 1);
    assert!(browser.tab(1).read().is_err());
    assert_eq!(
        browser.server.refreshes(),
        1,
        "the other tab was told that it was refused"
    );
    assert_eq!(browser.who(), ["(mia)", "(mia)"]);
}

/// Tabs that came up at the same moment hold different tokens. When all have ended, each is tried once, and then one
/// refresh serves them all.
#[test]
fn dead_tokens_of_other_tabs_are_tried_once_and_do_not_end_the_session() {
    let browser = Browser::signed_in(1);
    browser.partition.set_loses_messages(true);
    let others: Vec<_> = (0..2)
        .map(|_| {
            let (body, cookie) = browser.server.sign_in("mia");
            browser.partition.set_cookie(Some(&cookie));
            let page = Page::open(&browser.partition);
            page.hand_over_session(BootSession::Answered { status: 200, body });
            Tab::begin(page, CONFIG)
        })
        .collect();
    browser.world.run(2_000);
    browser.partition.set_loses_messages(false);
    browser.server.expire_all();
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.tab(0).who(), "mia");
    for tab in &others {
        assert_eq!(tab.read(), Ok(()));
    }
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
}
