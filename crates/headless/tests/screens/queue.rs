use omnival_core::ids::{ClientId, UserId};
use omnival_core::queue::{PAGE_SIZE, Query};
use omnival_core::time::{Mono, Timestamp};
use omnival_headless::endpoint::question;
use omnival_headless::platform::BootOrders;
use omnival_headless::queue::{
    FirstAnswer, Memory, advice, cleared, count, home, is_due_on_beat, is_due_on_return, last_client, next, previous,
    remember_client, searched, span, title, with_branch, with_sort, with_status,
};
use omnival_headless::reads::Read;
use omnival_wire::order::Page;

use crate::given::{Random, browser, client, keys, page, page_body, person, user};

const LIST: &str = "https://api.example.com/api/clients/cl-1/orders";

fn asked() -> Query {
    Query {
        view: "qc",
        status: Some(11),
        search: "smith & co".into(),
        branch: "br-1".into(),
        sort: "dueDate".into(),
        page: 3,
    }
}

/// As the boot script writes it.
fn form_encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn url(query: &Query) -> String {
    let pair = |(key, value): (&str, String)| format!("{key}={}", form_encoded(&value));
    let params = query.params().into_iter().chain([("pageSize", "50".to_owned())]);
    let pairs: Vec<_> = params.map(pair).collect();
    format!("{LIST}?{}", pairs.join("&"))
}

/// As the console asks, at this address.
fn wanted(list: &str, query: &Query) -> String {
    let params = query.params().into_iter().chain([("pageSize", "50".to_owned())]);
    [list, &question(params)].concat()
}

fn answer(url: &str, status: u16) -> FirstAnswer {
    FirstAnswer::from(BootOrders {
        url: url.to_owned(),
        status,
        body: page_body(1, 50, 3, 3),
    })
}

#[test]
fn the_scripts_answer_is_taken_if_it_asked_the_same() {
    for query in [
        Query::default(),
        asked(),
        Query {
            search: "Ünï 100%+".into(),
            ..Query::default()
        },
    ] {
        let taken = answer(&url(&query), 200).page(&wanted(LIST, &query), &query);
        assert_eq!(taken.map(|page| page.rows.len()), Some(3), "{}", url(&query));
    }
    let said = format!("{LIST}?view=all&sort=-updatedAt&page=1&pageSize=50");
    assert!(
        answer(&said, 200)
            .page(&wanted(LIST, &Query::default()), &Query::default())
            .is_some(),
        "what is asked anyway may be said"
    );
    let lower = format!("{LIST}?search=%c3%bc&pageSize=50");
    let umlaut = Query {
        search: "ü".into(),
        ..Query::default()
    };
    assert!(
        answer(&lower, 200).page(&wanted(LIST, &umlaut), &umlaut).is_some(),
        "in whichever letters"
    );
    let odd = "https://api.example.com/api/clients/cl%201/orders";
    let url = "https://api.example.com/api/clients/cl 1/orders?pageSize=50";
    assert!(
        answer(url, 200)
            .page(&wanted(odd, &Query::default()), &Query::default())
            .is_some(),
        "the same address, written in two ways"
    );
}

#[test]
fn the_scripts_answer_is_not_taken_if_it_asked_anything_else() {
    let refused = |url: &str, query: &Query| answer(url, 200).page(&wanted(LIST, query), query).is_none();
    for end in [
        "",
        "?",
        "?view=qc&pageSize=50",
        "?page=2&pageSize=50",
        "?pageSize=25",
        "?pageSize=50&status=11",
        "?pageSize=50&view=nope",
        "?pageSize=50&page=0",
        "?pageSize=50&page=x",
        "?pageSize=50&search=%20",
        "?pageSize=50&archived=true",
        "?pageSize=50&pageSize=25",
    ] {
        assert!(refused(&format!("{LIST}{end}"), &Query::default()), "{end}");
    }
    assert!(refused(
        "https://api.example.com/api/clients/cl-2/orders?pageSize=50",
        &Query::default()
    ));
    assert!(refused(
        "https://other.example.com/api/clients/cl-1/orders?pageSize=50",
        &Query::default()
    ));
    assert!(refused(
        "https://api.example.com/api/clients/cl-1/orders/x?pageSize=50",
        &Query::default()
    ));
    assert!(
        refused(&format!("{LIST}?pageSize=50&view=%zz"), &Query::default()),
        "malformed"
    );
    assert!(refused(&url(&Query::default()), &asked()));
    assert!(
        answer(&url(&asked()), 500)
            .page(&wanted(LIST, &asked()), &asked())
            .is_none(),
        "no rows"
    );
    let broken = FirstAnswer::from(BootOrders {
        url: url(&asked()),
        status: 200,
        body: "<html>".into(),
    });
    assert!(broken.page(&wanted(LIST, &asked()), &asked()).is_none());
}

/// Of any two questions, each is answered by its own answer alone.
#[test]
fn an_answer_fits_no_other_question() {
    let mut random = Random::new(7);
    let mut query = || Query {
        view: ["all", "qc", "drafts"][random.below(3)],
        status: [None, Some(4)][random.below(2)],
        search: ["", "a b", "a+b", "a%20b", "ä&page=2"][random.below(5)].into(),
        branch: ["", "br-1"][random.below(2)].into(),
        sort: ["-updatedAt", "updatedAt"][random.below(2)].into(),
        page: [1, 2, 50][random.below(3)],
    };
    for _ in 0..2_000 {
        let (one, other) = (query(), query());
        let fits = answer(&url(&one), 200).page(&wanted(LIST, &other), &other).is_some();
        assert_eq!(fits, one == other, "{one:?} {other:?}");
    }
}

#[test]
fn the_toolbar_changes_one_part_and_goes_to_the_first_page() {
    let query = asked();
    let first = query.with_page(1);
    assert_eq!(searched(&query, "  smith & co "), None, "that is asked already");
    assert_eq!(
        searched(&query, " jones "),
        Some(Query {
            search: "jones".into(),
            ..first.clone()
        })
    );
    assert_eq!(
        searched(&query, " "),
        Some(Query {
            search: String::new(),
            ..first.clone()
        })
    );
    assert_eq!(
        with_status(&query, "4"),
        Query {
            status: Some(4),
            ..first.clone()
        }
    );
    assert_eq!(
        with_status(&query, ""),
        Query {
            status: None,
            ..first.clone()
        }
    );
    assert_eq!(
        with_branch(&query, ""),
        Query {
            branch: String::new(),
            ..first.clone()
        }
    );
    assert_eq!(
        with_sort(&query, "-vendor"),
        Query {
            sort: "-vendor".into(),
            ..first
        }
    );
    let bare = Query {
        view: "qc",
        sort: "dueDate".into(),
        ..Query::default()
    };
    assert_eq!(cleared(&query), bare);
}

#[test]
fn pages_lead_to_their_neighbours() {
    let words = |page: &Page| span(page).map(|span| span.words());
    let at = |page| Query::default().with_page(page);
    let first = page(1, 50, 50, 230);
    assert_eq!(words(&first).as_deref(), Some("1–50 of 230"));
    assert_eq!((previous(&at(1)), next(&at(1), Some(&first))), (None, Some(at(2))));
    let last = page(5, 50, 30, 230);
    assert_eq!(words(&last).as_deref(), Some("201–230 of 230"));
    assert_eq!((previous(&at(5)), next(&at(5), Some(&last))), (Some(at(4)), None));
    assert_eq!(
        (words(&page(1, 50, 0, 0)), next(&at(1), Some(&page(1, 50, 0, 0)))),
        (None, None)
    );
    assert_eq!(next(&at(1), None), None, "nothing is known yet");
    assert_eq!(
        next(&at(1), Some(&page(1, 50, 3, 9))),
        None,
        "less than a page is the last one"
    );
    assert_eq!(
        previous(&at(3).with_view("qc")),
        None,
        "another view begins at its first page"
    );
    let absurd = page(u32::MAX, u32::MAX, 2, 9);
    assert!(words(&absurd).is_some(), "whatever the platform says");
}

/// Walking by the links alone shows each row once.
#[test]
fn the_links_lead_through_all_rows_and_end() {
    for total in [0_u32, 1, 49, 50, 51, 99, 100, 101, 230] {
        let (mut query, mut seen) = (Query::default(), 0);
        loop {
            let rows = (total - seen).min(PAGE_SIZE);
            let shown = page(query.page, PAGE_SIZE, rows as usize, total);
            if let Some(span) = span(&shown) {
                assert_eq!((span.first, span.last), (seen + 1, seen + rows));
            }
            seen += rows;
            match next(&query, Some(&shown)) {
                Some(next) => query = next,
                None => break,
            }
        }
        assert_eq!(seen, total);
        while let Some(before) = previous(&query) {
            query = before;
        }
        assert_eq!(query.page, 1);
    }
}

#[test]
fn the_last_page_is_shown_again_for_its_own_question_only() {
    let (ann, query) = (user(), asked());
    let mut memory = Memory::default();
    memory.belongs_to(Some(&ann));
    assert_eq!(memory.last(&client(), &query), None);
    memory.keep(&ann, client(), query.clone(), page(1, 50, 3, 3));
    assert_eq!(memory.last(&client(), &query).map(|page| page.rows.len()), Some(3));
    assert_eq!(memory.last(&client(), &query.with_page(4)), None);
    assert_eq!(memory.last(&ClientId::new("cl-2"), &query), None);
    memory.keep(&ann, client(), query.with_page(4), page(4, 50, 1, 3));
    assert_eq!(memory.last(&client(), &query), None, "one page is remembered");
}

#[test]
fn nobody_is_shown_another_persons_rows() {
    let (ann, bob) = (user(), UserId::new("usr-2"));
    let mut memory = Memory::default();
    memory.belongs_to(Some(&ann));
    memory.keep(&ann, client(), asked(), page(1, 50, 3, 3));
    memory.belongs_to(Some(&ann));
    assert!(memory.last(&client(), &asked()).is_some(), "still the same person");
    memory.belongs_to(None);
    assert_eq!(memory.last(&client(), &asked()), None);
    memory.keep(&ann, client(), asked(), page(1, 50, 3, 3));
    memory.belongs_to(Some(&bob));
    memory.keep(&ann, client(), asked(), page(1, 50, 3, 3));
    assert_eq!(
        memory.last(&client(), &asked()),
        None,
        "an answer that comes after they have gone"
    );
    memory.keep(&bob, client(), asked(), page(1, 50, 2, 2));
    memory.belongs_to(Some(&ann));
    assert_eq!(memory.last(&client(), &asked()), None);
}

#[test]
fn the_boot_scripts_rows_are_looked_at_once_and_by_the_first_person_only() {
    let (ann, bob) = (user(), UserId::new("usr-2"));
    let mut memory = Memory::default();
    memory.belongs_to(Some(&ann));
    assert!(memory.takes_first() && !memory.takes_first());
    let mut left = Memory::default();
    left.belongs_to(Some(&ann));
    left.belongs_to(Some(&bob));
    assert!(!left.takes_first(), "somebody else asked for them");
    let mut outside = Memory::default();
    outside.belongs_to(None);
    outside.belongs_to(Some(&bob));
    assert!(!outside.takes_first(), "the session that asked was not taken up");
}

#[test]
fn the_queue_is_read_anew_when_it_is_old_enough() {
    let mut orders = Read::<Page, &str>::default();
    assert!(is_due_on_return(&orders, Mono(0)) && is_due_on_beat(&orders, false, Mono(0)));
    orders.put(page(1, 50, 3, 3), Mono(1_000), Timestamp(0));
    assert!(!is_due_on_return(&orders, Mono(6_000)) && is_due_on_return(&orders, Mono(6_001)));
    assert!(!is_due_on_beat(&orders, false, Mono(1_000)) && is_due_on_beat(&orders, false, Mono(1_001)));
    assert!(
        !is_due_on_beat(&orders, true, Mono(900_000)),
        "nothing can be read without a session"
    );
    let _ = orders.begin(Mono(7_000));
    assert!(!is_due_on_return(&orders, Mono(900_000)) && !is_due_on_beat(&orders, false, Mono(900_000)));
}

#[test]
fn without_a_client_in_the_address_it_is_the_one_last_worked_for() {
    let store = browser();
    assert_eq!(last_client(&store), None);
    remember_client(&store, &ClientId::new("cl-2"));
    assert_eq!(keys(&store), ["omnival.client"]);
    let last = last_client(&store);
    let home_of = |clients: &[&str]| home(&person("operations", clients), last.as_ref()).cloned();
    assert_eq!(home_of(&["cl-1", "cl-2"]), Some(ClientId::new("cl-2")));
    assert_eq!(
        home_of(&["cl-1", "cl-3"]),
        Some(ClientId::new("cl-1")),
        "it is not theirs"
    );
    assert_eq!(home_of(&[]), None);
    assert_eq!(home(&person("operations", &["cl-1", "cl-2"]), None), Some(&client()));
}

#[test]
fn words_around_the_rows() {
    assert_eq!((title(&Query::default()), title(&asked())), ("All orders", "To review"));
    assert_eq!(
        (count(0), count(1), count(12)),
        ("0 orders".into(), "1 order".into(), "12 orders".into())
    );
    assert!(advice(&asked()).starts_with("Clear the search") && advice(&Query::default()).starts_with("Nothing waits"));
}
