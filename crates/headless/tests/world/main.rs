//! The world without a browser behaves as a browser does, where drivers lean on it.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use omnival_core::operation::Method;
use omnival_core::recovery::outcome::Loss;
use omnival_headless::fake::{Answering, FakeFile, Journal, Page, Partition, Plan, World};
use omnival_headless::http::{Body, Credentials, NotSent, Reply, Request, Upload, UploadBody};
use omnival_headless::platform::{
    Area, Channel, Clock, Http, JournalStore, KeyValue, Locks, NoLock, PageLife, Tasks, Unstored,
};

fn get(page: &Page, url: &str) -> Reply {
    let sent = page.send(Request::new(Method::Get, url.to_owned()));
    page.wait(sent).expect("every exchange ends")
}

fn status(reply: &Reply) -> Option<u16> {
    match reply {
        Reply::Answer(answer) => Some(answer.status),
        Reply::NotSent(_) | Reply::Lost(_) => None,
    }
}

#[test]
fn requests_arrive_answers_come_back_and_each_can_be_lost() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let arrived = Rc::new(Cell::new(0));
    let count = Rc::clone(&arrived);
    world.serve(move |_| {
        count.set(count.get() + 1);
        Answering::new(200, "here")
    });
    assert!(matches!(get(&page, "/a"), Reply::Answer(answer) if answer.body == Body::Complete("here".into())));
    assert_eq!((world.now(), arrived.get()), (20, 1));
    world.route(|_| Plan::answer_lost());
    assert!(matches!(get(&page, "/a"), Reply::Lost(Loss::Network)));
    assert_eq!(arrived.get(), 2, "carried out all the same");
    world.route(|_| Plan::lost());
    assert!(matches!(get(&page, "/a"), Reply::Lost(Loss::Network)));
    assert_eq!(arrived.get(), 2);
    world.route(|_| Plan::hung());
    let before = world.now();
    assert!(matches!(get(&page, "/a"), Reply::Lost(Loss::Timeout)));
    assert_eq!((world.now() - before, arrived.get()), (30_000, 3));
    page.partition().set_offline(true);
    assert!(matches!(get(&page, "/a"), Reply::NotSent(NotSent::Offline)));
}

#[test]
fn two_copies_of_a_request_arrive_and_the_second_answer_is_seen() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let arrived = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&arrived);
    let clock = world.clone();
    world.serve(move |_| {
        seen.borrow_mut().push(clock.now());
        Answering::status(if seen.borrow().len() == 1 { 200 } else { 409 })
    });
    world.route(|_| Plan {
        arrives_ms: vec![10, 300],
        ..Plan::default()
    });
    assert_eq!(status(&get(&page, "/a")), Some(409));
    assert_eq!(*arrived.borrow(), [10, 300]);
}

#[test]
fn cookies_go_along_where_they_are_wanted_and_arrive_with_their_answer() {
    let world = World::new();
    let partition = Partition::new(&world);
    let page = Page::open(&partition);
    partition.set_cookie(Some("old"));
    let carried = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&carried);
    world.serve(move |wire| {
        seen.borrow_mut().push(wire.cookie.clone());
        Answering::status(200).cookie("new")
    });
    for credentials in [Credentials::Omit, Credentials::Include] {
        let mut request = Request::new(Method::Post, "/a".into());
        request.credentials = credentials;
        page.wait(page.send(request)).expect("an answer");
    }
    assert_eq!(*carried.borrow(), [None, Some("new".to_owned())]);
    world.route(|_| Plan::answer_lost());
    world.serve(|_| Answering::status(200).cookie("newest"));
    get(&page, "/a");
    assert_eq!(partition.cookie().as_deref(), Some("new"), "lost with its answer");
}

#[test]
fn a_request_arrives_though_its_page_has_ended() {
    let world = World::new();
    let partition = Partition::new(&world);
    let page = Page::open(&partition);
    let arrived = Rc::new(Cell::new(false));
    let seen = Rc::clone(&arrived);
    world.serve(move |_| {
        seen.set(true);
        Answering::status(200)
    });
    drop(page.send(Request::new(Method::Post, "/a".into())));
    page.end();
    world.run(1_000);
    assert!(arrived.get());
}

#[test]
fn an_upload_tells_its_progress_and_can_be_called_back() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    world.serve(|wire| {
        Answering::new(
            200,
            &wire.parts.iter().map(|(_, text)| text.as_str()).collect::<String>(),
        )
    });
    let upload = || Upload {
        url: "/a".into(),
        headers: Vec::new(),
        body: UploadBody {
            parts: vec![("kind", "report ".into())],
            file: FakeFile {
                name: "a.pdf".into(),
                size: 7,
            },
            media_type: "application/pdf",
        },
        timeout_ms: 1_000,
        size_cap: 100,
    };
    let progress = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&progress);
    let sent = page.upload(
        upload(),
        Box::new(move |sent, all| told.borrow_mut().push((sent, all))),
        Box::new(drop),
    );
    let reply = page.wait(sent);
    assert!(
        matches!(reply, Some(Reply::Answer(answer)) if answer.body == Body::Complete("report a.pdf".into())),
        "nobody can call it back, and it goes on"
    );
    assert_eq!(*progress.borrow(), [(0.0, 7.0), (7.0, 7.0)]);
    let handle = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&handle);
    let sent = page.upload(
        upload(),
        Box::new(|_, _| ()),
        Box::new(move |cancel| *kept.borrow_mut() = Some(cancel)),
    );
    let cancel = handle.take().expect("a way to call it back, before anything leaves");
    cancel();
    assert!(matches!(page.wait(sent), Some(Reply::Lost(Loss::Cancelled))));
}

#[test]
fn locks_are_first_come_first_served_and_given_back_by_who_ends() {
    let world = World::new();
    let partition = Partition::new(&world);
    let (one, two, three) = (Page::open(&partition), Page::open(&partition), Page::open(&partition));
    let held = one.wait(one.acquire("lock", None)).expect("free").expect("free");
    let order = Rc::new(RefCell::new(Vec::new()));
    for page in [&two, &three] {
        let (order, waiting, number) = (Rc::clone(&order), page.acquire("lock", None), page.number());
        page.spawn(Box::pin(async move {
            let held = waiting.await;
            order.borrow_mut().push(number);
            std::future::pending::<()>().await;
            drop(held);
        }));
    }
    world.run(10);
    assert!(order.borrow().is_empty() && partition.is_locked("lock"));
    drop(held);
    world.run(10);
    assert_eq!(*order.borrow(), [2]);
    let late = one.wait(one.acquire("lock", Some(500))).expect("its patience ends");
    assert!(late.is_err_and(|why| why == NoLock::Timeout));
    two.end();
    world.run(10);
    assert_eq!(*order.borrow(), [2, 3], "who had given up is not asked");
    three.end();
    assert!(!partition.is_locked("lock"));
    partition.set_locks(false);
    let none = one.wait(one.acquire("lock", None)).expect("at once");
    assert!(none.is_err_and(|why| why == NoLock::Unavailable));
    assert_eq!(one.wait(one.count_held("")), Some(None));
}

#[test]
fn living_pages_hold_the_lock_of_their_life() {
    let world = World::new();
    let partition = Partition::new(&world);
    let (one, two) = (Page::open(&partition), Page::open(&partition));
    assert_eq!(one.wait(one.alive()), Some(true));
    assert_eq!(one.wait(one.count_held("omnival-tab-")), Some(Some(2)));
    let gone = one.acquire(&["omnival-tab-", &two.tab()].concat(), None);
    two.end();
    assert!(one.wait(gone).is_some_and(|held| held.is_ok()));
    partition.set_locks(false);
    let three = Page::open(&partition);
    assert_eq!(three.wait(three.alive()), Some(false));
}

#[test]
fn pages_of_a_partition_hear_each_other_in_order_and_nobody_else() {
    let world = World::new();
    let (partition, elsewhere) = (Partition::new(&world), Partition::new(&world));
    let (one, two, stranger) = (Page::open(&partition), Page::open(&partition), Page::open(&elsewhere));
    let heard = Rc::new(RefCell::new(Vec::new()));
    let channels: Vec<_> = [&one, &two, &stranger]
        .map(|page| {
            let (heard, number) = (Rc::clone(&heard), page.number());
            page.open("talk", Box::new(move |text| heard.borrow_mut().push((number, text))))
        })
        .into_iter()
        .collect();
    let mine = channels[0].as_ref().expect("a channel");
    one.post(mine, "a");
    one.post(mine, "b");
    assert!(heard.borrow().is_empty(), "never inside the call that says it");
    world.run(1);
    assert_eq!(*heard.borrow(), [(2, "a".to_owned()), (2, "b".to_owned())]);
    two.freeze();
    one.post(mine, "c");
    world.run(60_000);
    assert_eq!(heard.borrow().len(), 2, "who stands still hears nothing");
    two.thaw();
    world.run(1);
    assert_eq!(heard.borrow().len(), 3, "and hears it later");
    drop(channels);
    partition.set_channel(false);
    assert!(one.open("talk", Box::new(drop)).is_none());
}

#[test]
fn the_journal_is_changed_in_one_piece_or_not_at_all() {
    let world = World::new();
    let partition = Partition::new(&world);
    let page = Page::open(&partition);
    let put = |key: &'static str| {
        page.transact(
            "a|",
            Box::new(move |held| vec![(key.to_owned(), Some(held.len().to_string()))]),
        )
    };
    assert_eq!(page.wait(put("a|1")), Some(Ok(())));
    assert_eq!(page.wait(put("a|2")), Some(Ok(())));
    assert_eq!(page.wait(put("b|1")), Some(Ok(())));
    let kept: Vec<_> = partition.journal().into_iter().collect();
    let entry = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    assert_eq!(kept, [entry("a|1", "0"), entry("a|2", "1"), entry("b|1", "2")]);
    partition.set_journal(Journal::Refuses);
    assert_eq!(page.wait(put("a|3")), Some(Err(Unstored)));
    partition.set_journal(Journal::Hangs);
    assert_eq!(page.wait(put("a|3")), None);
    assert_eq!(partition.journal().len(), 3);
}

#[test]
fn small_texts_are_shared_by_the_browser_or_kept_by_the_tab() {
    let world = World::new();
    let partition = Partition::new(&world);
    let (one, two) = (Page::open(&partition), Page::open(&partition));
    assert!(one.set(Area::Browser, "k.1", "all") && one.set(Area::Tab, "k.2", "mine"));
    assert_eq!(two.get(Area::Browser, "k.1").as_deref(), Some("all"));
    assert_eq!(two.get(Area::Tab, "k.2"), None);
    assert_eq!(one.keys(Area::Tab, "k."), ["k.2"]);
    partition.set_storage_refuses(true);
    assert!(!one.set(Area::Browser, "k.1", "new"));
    assert_eq!(
        two.get(Area::Browser, "k.1").as_deref(),
        Some("all"),
        "what was kept stays"
    );
    assert!(two.remove(Area::Browser, "k.1") && one.get(Area::Browser, "k.1").is_none());
}

#[test]
fn a_page_that_ends_takes_everything_along_that_it_had_under_way() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let reached = Rc::new(Cell::new(false));
    let (told, slept) = (Rc::clone(&reached), page.sleep(100));
    page.spawn(Box::pin(async move {
        slept.await;
        told.set(true);
    }));
    world.run(50);
    page.end();
    world.run(1_000);
    assert!(!reached.get());
    page.spawn(Box::pin(async { unreachable!("it has ended") }));
    world.run(1);
}

#[test]
fn http_dates_and_wall_clocks_are_told_apart() {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    let (early, late) = ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:30 GMT");
    assert_eq!(page.seconds_between(Some(early), late), Some(30));
    assert_eq!(page.seconds_between(Some(early), "soon"), None);
    let before = page.seconds_between(None, late).expect("a date");
    world.set_wall_clock(10_000);
    assert_eq!(page.seconds_between(None, late), Some(before - 10));
}
