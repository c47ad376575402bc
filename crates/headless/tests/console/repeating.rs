//! What may be repeated is repeated, within bounds; and what came back is judged, not believed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use omnival_core::operation::Operation;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_headless::fake::{Answering, Plan};
use omnival_headless::http::{Body, Credentials};

use crate::support::{Browser, ORDER_PATH};

fn answers(browser: &Browser, answer: impl Fn(u32) -> Option<Answering> + 'static) -> Rc<Cell<u32>> {
    let arrived = Rc::new(Cell::new(0));
    let count = Rc::clone(&arrived);
    browser.server.route(move |_| {
        count.set(count.get() + 1);
        answer(count.get())
    });
    arrived
}

#[test]
fn a_read_is_repeated_four_times_at_most_and_its_failure_tells_all_that_support_needs() {
    let browser = Browser::signed_in(1);
    let arrived = answers(&browser, |_| Some(Answering::new(500, r#"{"correlationId": "c-1"}"#)));
    let failure = browser.tab(0).read().expect_err("it never works");
    assert_eq!(arrived.get(), 4);
    assert_eq!((failure.operation, failure.status()), (Operation::ReadOrder, Some(500)));
    assert_eq!(failure.endpoint, ["GET ", ORDER_PATH].concat());
    assert!(failure.correlation.is_some_and(|id| id.len() == 36));
    assert_eq!(
        failure
            .reply
            .answer()
            .and_then(|answer| answer.correlation.clone())
            .as_deref(),
        Some("c-1")
    );
}

#[test]
fn a_read_that_worked_the_third_time_has_worked() {
    let browser = Browser::signed_in(1);
    let arrived = answers(&browser, |count| (count < 3).then(|| Answering::status(503)));
    assert_eq!((browser.tab(0).read(), arrived.get()), (Ok(()), 3));
}

#[test]
fn each_time_of_one_call_has_its_correlation_id_and_goes_with_the_token_alone() {
    let browser = Browser::signed_in(1);
    let seen = Rc::new(RefCell::new(Vec::new()));
    let wires = Rc::clone(&seen);
    browser.server.route(move |wire| {
        wires.borrow_mut().push(wire.clone());
        (wires.borrow().len() < 2).then(|| Answering::status(500))
    });
    assert_eq!(browser.tab(0).read(), Ok(()));
    let seen = seen.borrow();
    let ids: Vec<_> = seen
        .iter()
        .map(|wire| wire.header("X-Correlation-Id").map(str::to_owned))
        .collect();
    assert!(ids[0].is_some() && ids[0] == ids[1], "{ids:?}");
    assert_eq!(seen[0].header("Accept"), Some("application/json"));
    assert_eq!(seen[0].header("Idempotency-Key"), None);
    assert_eq!(
        (seen[0].bearer(), seen[0].credentials),
        (Some("t0"), Credentials::SameOrigin)
    );
    assert!(
        seen[0].url.starts_with("https://platform.example/api/"),
        "{}",
        seen[0].url
    );
}

#[test]
fn a_success_whose_body_did_not_come_is_no_success() {
    for body in [Body::Cut, Body::TooLarge, Body::NotText] {
        let browser = Browser::signed_in(1);
        let arrived = answers(&browser, move |_| {
            let mut answer = Answering::status(200);
            answer.answer.body = body.clone();
            Some(answer)
        });
        let failure = browser.tab(0).read().expect_err("nothing was read");
        assert_eq!((failure.reply, arrived.get()), (Reply::Lost(Loss::Network), 4));
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_a_failure_with_its_status() {
    let browser = Browser::signed_in(1);
    let api = browser.tab(0).api.clone();
    let read = async move { api.repeat(crate::support::order(), omnival_wire::order::order).await };
    let end = browser.tab(0).page.wait(read).expect("an end");
    assert_eq!(end.expect_err("no order").status(), Some(200));
}

#[test]
fn without_a_network_nothing_is_sent_and_the_reason_is_told() {
    let browser = Browser::signed_in(1);
    browser.partition.set_offline(true);
    let failure = browser.tab(0).read().expect_err("offline");
    assert_eq!(failure.reply, Reply::NotSent(NotSent::Offline));
    browser.world.run(905_000);
    let failure = browser.tab(0).read().expect_err("offline, and the token is over");
    assert_eq!(failure.reply, Reply::NotSent(NotSent::Offline));
    browser.partition.set_offline(false);
    browser.world.run(3_000);
    assert_eq!(browser.tab(0).read(), Ok(()), "one lost moment ends no session");
}

#[test]
fn a_platform_that_never_answers_is_given_up_after_its_time() {
    let browser = Browser::signed_in(1);
    browser.world.route(|_| Plan::hung());
    let began = browser.world.now();
    let failure = browser.tab(0).read().expect_err("nothing comes");
    assert_eq!(failure.reply, Reply::Lost(Loss::Timeout));
    let took = browser.world.now() - began;
    assert!((120_000..125_000).contains(&took), "four times thirty seconds: {took}");
}

/// An outage is not amplified: the budget is one for all calls of the tab.
#[test]
fn an_outage_of_hundred_reads_is_met_by_few_repeats() {
    let browser = Browser::signed_in(1);
    let arrived = answers(&browser, |_| Some(Answering::status(500)));
    let reads: Vec<_> = (0..100).map(|_| browser.tab(0).begin_read()).collect();
    assert!(browser.world.run_until(|| reads.iter().all(|read| read.has_ended())));
    assert!(arrived.get() <= 110, "{}", arrived.get());
}

#[test]
fn what_works_puts_a_little_back_into_the_budget() {
    let browser = Browser::signed_in(1);
    let is_down = Rc::new(Cell::new(true));
    let down = Rc::clone(&is_down);
    let arrived = answers(&browser, move |_| down.get().then(|| Answering::status(500)));
    for _ in 0..20 {
        assert!(browser.tab(0).read().is_err());
    }
    is_down.set(false);
    for _ in 0..20 {
        assert_eq!(browser.tab(0).read(), Ok(()));
    }
    is_down.set(true);
    let before = arrived.get();
    assert!(browser.tab(0).read().is_err());
    assert_eq!(arrived.get() - before, 3, "ten good ones pay for one repeat");
}

/// The read is over even if the screen that wanted it is gone, and so is the refresh that it began.
#[test]
fn a_refresh_ends_though_nobody_waits_for_it_any_more() {
    let browser = Browser::signed_in(1);
    browser.server.expire_all();
    let api = browser.tab(0).api.clone();
    browser.tab(0).api.session().rejected({
        let api = api.clone();
        let token = browser.tab(0).page.wait(async move { api.session().token().await });
        token.expect("an answer").expect("a token").1
    });
    {
        let mut token = Box::pin(api.session().token());
        let waker = std::task::Waker::noop();
        assert!(
            token
                .as_mut()
                .poll(&mut std::task::Context::from_waker(waker))
                .is_pending()
        );
    }
    browser.world.run(5_000);
    assert_eq!(browser.server.refreshes(), 1);
    assert_eq!(browser.tab(0).read(), Ok(()));
    assert_eq!(browser.server.refreshes(), 1);
}
