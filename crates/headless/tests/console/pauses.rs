//! The pause that a 429 asks for: one for all calls of all tabs, to the letter, and the operator may end it.

use std::cell::Cell;
use std::rc::Rc;

use omnival_core::recovery::outcome::NotSent;
use omnival_headless::fake::{Answering, Page};
use omnival_headless::platform::{Channel, Clock, Topic};

use crate::support::{Browser, Tab};

/// The next so many reads are answered 429 with this `Retry-After`.
fn refuse(browser: &Browser, times: u32, retry_after: &'static str) -> Rc<Cell<u32>> {
    let (left, arrived) = (Cell::new(times), Rc::new(Cell::new(0)));
    let count = Rc::clone(&arrived);
    browser.server.route(move |_| {
        count.set(count.get() + 1);
        let is_refused = left.get() > 0;
        left.set(left.get().saturating_sub(1));
        is_refused.then(|| Answering::status(429).retry_after(retry_after))
    });
    arrived
}

fn left(tab: &Tab) -> Option<u64> {
    tab.api.pause().left(tab.page.mono())
}

#[test]
fn a_pause_is_kept_to_the_letter_and_told_to_the_other_tabs() {
    let browser = Browser::signed_in(2);
    let arrived = refuse(&browser, 1, "8");
    let read = browser.tab(0).begin_read();
    browser.world.run(30);
    assert_eq!(arrived.get(), 1);
    let paused = browser.tabs.iter().map(left).collect::<Vec<_>>();
    assert!(
        paused
            .iter()
            .all(|left| left.is_some_and(|left| (7_900..=8_000).contains(&left))),
        "{paused:?}"
    );
    assert_eq!(browser.tab(1).page.changes(Topic::Pause), 1);
    let other = browser.tab(1).begin_read();
    browser.world.run(7_900);
    assert_eq!(arrived.get(), 1, "nothing leaves while it lasts");
    browser.world.run(1_000);
    assert_eq!((read.end(), other.end(), arrived.get()), (Ok(()), Ok(()), 3));
}

#[test]
fn a_write_that_is_sent_once_does_not_wait_for_the_pause_but_says_so() {
    let browser = Browser::signed_in(2);
    refuse(&browser, 1, "8");
    browser.tab(0).begin_read();
    browser.world.run(30);
    let api = browser.tab(1).api.clone();
    let ready = browser
        .tab(1)
        .page
        .wait(async move { api.ready_to_send().await.map(|_| ()) });
    assert_eq!(ready, Some(Err(NotSent::Paused)));
}

#[test]
fn the_operator_ends_the_pause_of_their_tab() {
    let browser = Browser::signed_in(2);
    let arrived = refuse(&browser, 1, "50");
    let read = browser.tab(0).begin_read();
    browser.world.run(30);
    let waiting = browser.tab(1).begin_read();
    browser.world.run(100);
    browser.tab(1).api.end_pause();
    browser.world.run(100);
    assert_eq!((waiting.end(), arrived.get()), (Ok(()), 2));
    assert!(
        !read.has_ended() && left(browser.tab(0)).is_some(),
        "the other tab waits on"
    );
}

#[test]
fn no_pause_is_longer_than_an_hour_and_one_that_is_too_long_to_wait_ends_the_call() {
    let browser = Browser::signed_in(1);
    refuse(&browser, 9, "86400");
    let failure = browser.tab(0).read().expect_err("too long");
    assert_eq!(failure.status(), Some(429));
    // Any script of this origin can speak on the channel.
    let stranger = Page::open(&browser.partition);
    let channel = stranger.open("omnival", Box::new(drop)).expect("a channel");
    stranger.post(&channel, "pause 99999999999");
    browser.world.run(10);
    assert!(left(browser.tab(0)).is_some_and(|left| left <= 3_600_000));
}

#[test]
fn a_write_that_is_sent_once_needs_a_token_first_and_says_why_there_is_none() {
    let browser = Browser::signed_in(1);
    let ready = || {
        let api = browser.tab(0).api.clone();
        let ready = async move { api.ready_to_send().await.map(|_| ()) };
        browser.tab(0).page.wait(ready).expect("an answer")
    };
    assert_eq!(ready(), Ok(()));
    browser.world.run(905_000);
    browser.server.put_off_refresh(Answering::status(503));
    assert_eq!(ready(), Err(NotSent::Unrenewed));
    browser.world.run(3_000);
    browser.partition.set_offline(true);
    assert_eq!(ready(), Err(NotSent::Offline));
    browser.world.run(3_000);
    browser.partition.set_offline(false);
    browser.server.revoke_all();
    assert_eq!(ready(), Err(NotSent::NoSession));
}
