use omnival_core::draft::Field;
use omnival_core::time::{Mono, Timestamp};
use omnival_headless::drafts::{Compared, by_loan, by_place, nothing_found, only_newest, place};
use omnival_headless::reads::Read;
use omnival_wire::order::Page;

use crate::given::page;

#[test]
fn a_place_is_looked_for_once_it_can_be() {
    let place = |street: &str, zip: &str| {
        place(|field| match field {
            Field::Street => street.to_owned(),
            Field::Zip => zip.to_owned(),
            other => unreachable!("{other:?} says nothing about the place"),
        })
    };
    assert_eq!(place(" 12 Elm ", " 78701"), Some(("12 Elm".into(), "78701".into())));
    assert_eq!(place("12 Elm", "7870"), None);
    assert_eq!(place(" ", "78701"), None);
}

#[test]
fn how_far_the_comparison_got() {
    let mut orders = Read::<Page, &str>::default();
    assert_eq!(
        (by_loan(&orders), by_place(&orders)),
        (Compared::NotAsked, Compared::NotAsked)
    );
    orders.put(page(1, 50, 3, 3), Mono(0), Timestamp(0));
    assert_eq!(
        (by_loan(&orders), by_place(&orders)),
        (Compared::WithAll, Compared::WithAll)
    );
    orders.put(page(1, 50, 3, 9), Mono(0), Timestamp(0));
    assert_eq!(
        (by_loan(&orders), by_place(&orders)),
        (Compared::WithAll, Compared::InPart)
    );
    let turn = orders.begin(Mono(0));
    let _ = orders.take(turn, Err("lost"), Timestamp(0));
    assert_eq!(
        (by_loan(&orders), by_place(&orders)),
        (Compared::Failed, Compared::Failed),
        "the newest is not known"
    );
}

#[test]
fn a_comparison_in_part_says_so() {
    assert_eq!(only_newest(&page(1, 50, 3, 3)), None);
    let words = only_newest(&page(1, 50, 3, 9)).unwrap();
    assert_eq!(
        words,
        "Only the newest 3 of 9 orders with such an address were compared."
    );
}

#[test]
fn nothing_is_claimed_beyond_what_was_compared() {
    use Compared::{Failed, InPart, NotAsked, WithAll};
    let all = [NotAsked, Failed, InPart, WithAll];
    for loan in all {
        for place in all {
            let words = nothing_found(loan, place);
            let has_read = |compared| matches!(compared, InPart | WithAll);
            assert_eq!(
                words.contains("No other order"),
                has_read(loan) || has_read(place),
                "{words}"
            );
            assert_eq!(
                words.contains("could be read") || words.contains("could not be read"),
                loan == Failed || place == Failed,
                "{words}"
            );
            assert_eq!(
                words.contains("looked for once"),
                loan == NotAsked || place == NotAsked,
                "{words}"
            );
            assert!(words.ends_with('.') && !words.contains("  "), "{words}");
        }
    }
    assert_eq!(
        nothing_found(WithAll, WithAll),
        "No other order of this loan or at this address is open or completed."
    );
    assert_eq!(
        nothing_found(WithAll, Failed),
        "No other order of this loan is open or completed. Orders at this address could not be read."
    );
    assert_eq!(
        nothing_found(NotAsked, InPart),
        "No other order at this address is open or completed. Those of the same loan are looked for once it is chosen."
    );
}
