//! Locks that are missing, kept for ever, or held by who died or stands still: every wait has an end and a sentence.

use std::cell::Cell;
use std::rc::Rc;

use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_headless::platform::Tasks;
use omnival_wire::boot::REFRESH_LOCK;

use crate::support::{Browser, CONFIG};

#[test]
fn a_lock_that_nobody_gives_back_ends_in_words() {
    let browser = Browser::signed_in(2);
    let held = browser.partition.hold(REFRESH_LOCK).expect("free");
    browser.server.expire_all();
    let began = browser.world.now();
    let failure = browser.tab(0).read().expect_err("no token");
    let took = browser.world.now() - began;
    assert_eq!(failure.reply, Reply::Lost(Loss::Timeout));
    let told = failure.message();
    assert!(!told.happened.is_empty() && !told.next.is_empty(), "{told:?}");
    assert!((25_000..40_000).contains(&took), "{took}");
    assert_eq!(
        (browser.server.refreshes(), browser.who()),
        (0, vec!["mia".to_owned(); 2])
    );
    drop(held);
    browser.world.run(3_000);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
}

#[test]
fn who_dies_with_the_lock_gives_it_back() {
    let browser = Browser::signed_in(2);
    browser.server.expire_all();
    browser.tab(0).begin_read();
    assert!(browser.world.run_until(|| browser.partition.is_locked(REFRESH_LOCK)));
    let read = browser.tab(1).begin_read();
    browser.world.run(5);
    browser.tab(0).page.end();
    assert!(browser.world.run_until(|| read.has_ended()));
    assert_eq!(read.end(), Ok(()));
    assert!(!browser.partition.is_locked(REFRESH_LOCK));
}

#[test]
fn who_stands_still_with_the_lock_keeps_it_and_the_others_say_so_in_time() {
    let browser = Browser::signed_in(2);
    browser.server.expire_all();
    browser.tab(0).begin_read();
    assert!(browser.world.run_until(|| browser.partition.is_locked(REFRESH_LOCK)));
    browser.tab(0).page.freeze();
    let failure = browser.tab(1).read().expect_err("no token");
    assert_eq!(failure.reply, Reply::Lost(Loss::Timeout));
    browser.tab(0).page.thaw();
    browser.world.run(5_000);
    assert_eq!(browser.tab(1).read(), Ok(()));
}

#[test]
fn the_lock_is_held_around_the_refresh_only() {
    let browser = Browser::signed_in(1);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert!(!browser.partition.is_locked(REFRESH_LOCK));
    let held = browser.partition.hold(REFRESH_LOCK).expect("free");
    assert_eq!(browser.tab(0).read(), Ok(()), "a good token needs no lock");
    browser.tab(0).api.session().sign_out();
    assert_eq!(browser.tab(0).who(), "nobody", "nor does a sign-out");
    drop(held);
}

#[test]
fn without_locks_the_console_works_and_says_that_the_tabs_are_not_protected() {
    let mut browser = Browser::empty();
    browser.partition.set_locks(false);
    browser.open(CONFIG).sign_in("mia");
    browser.open(CONFIG);
    assert!(browser.tabs.iter().all(|tab| tab.api.tabs().is_unprotected()));
    assert_eq!(browser.who(), ["mia", "mia"], "they can still tell each other");
    browser.server.expire_all();
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.tab(1).read(), Ok(()));
    assert_eq!((browser.server.refreshes(), browser.server.reuses()), (1, 0));
}

#[test]
fn with_locks_and_a_channel_they_are_protected_and_without_a_channel_not() {
    let mut browser = Browser::empty();
    browser.open(CONFIG);
    assert!(!browser.tab(0).api.tabs().is_unprotected());
    browser.partition.set_channel(false);
    browser.open(CONFIG);
    assert!(browser.tab(1).api.tabs().is_unprotected());
}

#[test]
fn a_page_that_lives_no_more_is_known_to_be_gone() {
    let browser = Browser::signed_in(2);
    let (api, id) = (browser.tab(0).api.clone(), browser.tab(1).api.tabs().id());
    let told = Rc::new(Cell::new(false));
    let seen = Rc::clone(&told);
    browser.tab(0).page.spawn(Box::pin(async move {
        api.tabs().gone(&id).await;
        seen.set(true);
    }));
    browser.world.run(600_000);
    assert!(!told.get(), "it lives");
    browser.tab(1).page.end();
    browser.world.run(1);
    assert!(told.get());
}
