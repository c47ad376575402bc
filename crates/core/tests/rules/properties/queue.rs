//! The queue's question: what an address says, the same address says again, and the API accepts.

use omnival_core::queue::{Query, SORTS, VIEWS};
use proptest::prelude::*;

fn sound() -> impl Strategy<Value = Query> {
    let sort = (prop::sample::select(&SORTS[..]), any::<bool>())
        .prop_map(|((key, _), down)| [if down { "-" } else { "" }, key].concat());
    (
        prop::sample::select(&VIEWS[..]),
        prop::option::of(0..1_000_i32),
        "([a-zA-Z0-9&=+%#äöü/'-]{1,10}( [a-zA-Z0-9&=?]{1,10}){0,7})?",
        "([A-Za-z0-9_-]{1,64})?",
        sort,
        1..=1_000_000_u32,
    )
        .prop_map(|(view, status, search, branch, sort, page)| Query {
            view: view.key,
            status,
            search,
            branch,
            sort,
            page,
        })
}

/// Whatever stands in an address.
fn address() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let value = prop_oneof![
        any::<String>(),
        "-?[0-9]{0,12}",
        "[ \\x00-\\x1f]{0,3}[a-z]{0,3}[ \\x00]{0,3}",
        "[a-z ]{90,130}",
        prop::sample::select(vec![
            "qc",
            "drafts",
            "-dueDate",
            "--dueDate",
            "-",
            "br-1",
            "br 1",
            "+16"
        ])
        .prop_map(String::from),
    ];
    let key = prop::sample::select(vec!["view", "status", "search", "branchId", "sort", "page"]);
    prop::collection::vec((key, value), 0..8)
}

fn read(params: &[(&'static str, String)]) -> Query {
    Query::from_params(|key| {
        params
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.clone())
    })
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn a_question_survives_its_address(asked in sound()) {
        prop_assert_eq!(read(&asked.params()), asked);
    }

    #[test]
    fn what_was_read_from_an_address_makes_that_address_again(params in address()) {
        let asked = read(&params);
        prop_assert_eq!(read(&asked.params()), asked);
    }

    /// The contract's bounds; a parameter outside them is answered 400, and the queue would be empty for no reason.
    #[test]
    fn every_part_is_one_that_the_api_accepts(params in address()) {
        let asked = read(&params);
        let key = asked.sort.strip_prefix('-').unwrap_or(&asked.sort);
        prop_assert!(VIEWS.iter().any(|view| view.key == asked.view));
        prop_assert!(SORTS.iter().any(|(known, _)| *known == key), "sort {:?}", asked.sort);
        prop_assert!((1..=1_000_000).contains(&asked.page));
        prop_assert!(asked.status.is_none_or(|code| (0..=999).contains(&code)), "status {:?}", asked.status);
        prop_assert!(asked.search.chars().count() <= 100, "search {:?}", asked.search);
        let is_id = asked.branch.len() <= 64 && asked.branch.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        prop_assert!(is_id, "branchId {:?}", asked.branch);
        for (key, value) in asked.params() {
            prop_assert!(!value.is_empty() && !value.chars().any(char::is_control), "{} {:?}", key, value);
        }
    }

    #[test]
    fn another_view_page_or_order_keeps_the_rest(asked in sound(), page in any::<u32>()) {
        let view = asked.with_view("qc");
        prop_assert_eq!((view.view, view.status, view.page), ("qc", None, 1));
        prop_assert_eq!((&view.search, &view.branch, &view.sort), (&asked.search, &asked.branch, &asked.sort));
        prop_assert_eq!(asked.with_page(page), Query { page: page.max(1), ..asked.clone() });
        let sorted = asked.sorted_by("vendor");
        prop_assert!(sorted.is_sorted_by("vendor").is_some() && sorted.page == 1);
        prop_assert_eq!(&sorted.search, &asked.search);
    }
}

#[test]
fn a_question_is_filtered_by_status_search_or_branch_alone() {
    let plain = Query::default().with_view("qc").with_page(3).sorted_by("vendor");
    assert!(!plain.is_filtered());
    for (key, value) in [("status", "11"), ("search", "elm"), ("branchId", "br-1")] {
        assert!(read(&[(key, value.to_owned())]).is_filtered(), "{key}");
    }
}
