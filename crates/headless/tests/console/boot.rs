//! What the boot script found, as the page takes it over.

use omnival_core::operation::Operation;
use omnival_headless::fake::Page;
use omnival_headless::platform::{Area, BootSession, KeyValue};
use omnival_wire::boot::SESSION_KEY;

use crate::support::{Browser, CONFIG, Tab};

/// A browser in which a session was left and no page is open; and what the boot script of the next page would be answered.
fn left() -> (Browser, String) {
    let browser = Browser::empty();
    let page = Page::open(&browser.partition);
    page.set(Area::Browser, SESSION_KEY, "1");
    page.end();
    let (body, cookie) = browser.server.sign_in("mia");
    browser.partition.set_cookie(Some(&cookie));
    (browser, body)
}

fn load(browser: &Browser, boot: BootSession) -> Tab {
    let page = Page::open(&browser.partition);
    page.hand_over_session(boot);
    let tab = Tab::begin(page, CONFIG);
    browser.world.run(10_000);
    tab
}

fn answered(status: u16, body: &str) -> BootSession {
    BootSession::Answered {
        status,
        body: body.to_owned(),
    }
}

#[test]
fn a_session_that_the_boot_script_refreshed_is_taken_over_and_told() {
    let (browser, body) = left();
    let tab = load(&browser, answered(200, &body));
    assert_eq!(tab.who(), "mia");
    assert_eq!(tab.read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 0, "its token is good");
}

#[test]
fn a_session_that_was_refused_leaves_no_trace_and_nothing_is_sent() {
    for status in [401, 403] {
        let (browser, _) = left();
        let tab = load(&browser, answered(status, "{}"));
        assert_eq!((tab.who().as_str(), browser.server.refreshes()), ("nobody", 0));
        assert_eq!(tab.page.get(Area::Browser, SESSION_KEY), None);
    }
}

#[test]
fn what_cannot_be_read_is_no_session_and_is_not_asked_for_again() {
    let (browser, _) = left();
    let tab = load(&browser, answered(200, "<html>"));
    assert_eq!((tab.who().as_str(), browser.server.refreshes()), ("nobody", 0));
}

/// What was certainly not carried out is sent by the page itself, without a probe.
#[test]
fn a_refresh_that_was_put_off_or_not_sent_is_sent_by_the_page() {
    for boot in [answered(429, ""), answered(503, ""), BootSession::NotSent] {
        let (browser, _) = left();
        let tab = load(&browser, boot);
        assert_eq!((tab.who().as_str(), browser.server.refreshes()), ("mia", 1));
        assert!(browser.server.arrived(Operation::WhoAmI).is_empty());
    }
}

#[test]
fn after_a_lost_answer_the_platform_is_probed_first() {
    for boot in [answered(500, ""), answered(302, ""), BootSession::Lost] {
        let (browser, _) = left();
        let tab = load(&browser, boot);
        assert_eq!((tab.who().as_str(), browser.server.refreshes()), ("mia", 1));
        assert_eq!(browser.server.arrived(Operation::WhoAmI).len(), 1);
    }
}

#[test]
fn a_first_visit_asks_for_nothing() {
    let browser = Browser::empty();
    let tab = load(&browser, BootSession::NotSent);
    assert_eq!((tab.who().as_str(), browser.server.refreshes()), ("nobody", 0));
}

/// Somebody signs out, or in, while the boot script's refresh is under way: what it brings is of before.
#[test]
fn what_another_tab_said_meanwhile_counts_more() {
    let browser = Browser::signed_in(1);
    let (body, _) = browser.server.sign_in("mia");
    let page = Page::open(&browser.partition);
    page.hand_over_session(answered(200, &body));
    // The boot script's answer is there before the page hears of the sign-out, and is looked at after it.
    let tab = Tab::begin(page, CONFIG);
    browser.tab(0).api.session().sign_out();
    browser.world.run(10_000);
    assert_eq!(browser.tab(0).who(), "nobody");
    assert_eq!(tab.who(), "nobody", "out is out");
}
