use omnival_core::time::{Mono, Timestamp};
use omnival_headless::reads::{Read, Taken};
use omnival_headless::timeline::{Older, from_evidence, refreshed};
use omnival_wire::order::History;

use crate::given::{Random, history, numbers};

type Loaded = Read<History, &'static str>;

fn shown(read: &Loaded) -> Vec<usize> {
    numbers(read.value.as_ref().unwrap())
}

fn loaded(history: History) -> Loaded {
    let mut read = Loaded::merging(refreshed);
    read.put(history, Mono(0), Timestamp(0));
    read
}

fn refresh(read: &mut Loaded, newest: History) {
    let turn = read.begin(Mono(1));
    assert_eq!(read.take(turn, Ok(newest), Timestamp(1)), Taken::Value);
}

/// Asks for older entries, and answers with these.
fn show_older(read: &mut Loaded, older: &mut Older<&'static str>, answer: History) {
    older.begin(read).unwrap();
    let more = older.end(Ok(answer)).unwrap();
    read.amend(|known| more.add_to(known));
}

#[test]
fn older_entries_are_added_and_stay_when_the_newest_are_read_again() {
    let (mut read, mut older) = (loaded(history([9, 8, 7], true)), Older::default());
    assert_eq!(older.begin(&read).unwrap().as_str(), "h-7");
    let more = older.end(Ok(history([6, 5], true))).unwrap();
    read.amend(|known| more.add_to(known));
    assert_eq!(shown(&read), [9, 8, 7, 6, 5]);
    assert_eq!(read.as_of, Some(Timestamp(0)), "the newest are as old as before");
    refresh(&mut read, history([11, 10, 9], true));
    assert_eq!(shown(&read), [11, 10, 9, 8, 7, 6, 5]);
    show_older(&mut read, &mut older, history([4], false));
    assert!(!read.value.as_ref().unwrap().has_older);
    refresh(&mut read, history([11, 10, 9], true));
    assert_eq!(shown(&read), [11, 10, 9, 8, 7, 6, 5, 4]);
    assert!(
        !read.value.as_ref().unwrap().has_older,
        "nothing is older than the oldest that is known"
    );
}

#[test]
fn a_single_older_entry_stays_and_what_is_older_still_is_said_by_whoever_read_furthest() {
    let (mut read, mut older) = (loaded(history([9, 8], true)), Older::default());
    show_older(&mut read, &mut older, history([7], false));
    refresh(&mut read, history([9, 8], true));
    assert_eq!(shown(&read), [9, 8, 7]);
    assert!(!read.value.as_ref().unwrap().has_older);
    let mut read = loaded(history([9, 8], true));
    refresh(&mut read, history([10, 9, 8], false));
    assert!(
        !read.value.as_ref().unwrap().has_older,
        "the newest page reaches as far, and is newer"
    );
}

#[test]
fn an_overlap_shows_no_entry_twice() {
    let (mut read, mut older) = (loaded(history([9, 8, 7], true)), Older::default());
    show_older(&mut read, &mut older, history([8, 7, 6], false));
    assert_eq!(shown(&read), [9, 8, 7, 6]);
    refresh(&mut read, history([10, 7, 9, 8], true));
    assert_eq!(shown(&read), [10, 7, 9, 8, 6], "the platform's order counts");
}

#[test]
fn where_entries_may_be_missing_the_newest_page_stands_alone() {
    let mut read = loaded(history([3, 2, 1], false));
    refresh(&mut read, history([99, 98], true));
    assert_eq!(shown(&read), [99, 98]);
    assert!(read.value.as_ref().unwrap().has_older);
    refresh(&mut read, history([], false));
    assert_eq!(shown(&read), Vec::<usize>::new());
    refresh(&mut read, history([5], true));
    assert_eq!(shown(&read), [5]);
    refresh(&mut read, history([5, 4, 3], false));
    assert_eq!(shown(&read), [5, 4, 3], "it reaches further than what was known");
    assert!(!read.value.as_ref().unwrap().has_older);
}

#[test]
fn older_entries_are_read_one_page_at_a_time() {
    let (read, mut older) = (loaded(history([2, 1], true)), Older::<&str>::default());
    assert!(!older.is_busy() && older.begin(&read).is_some() && older.is_busy());
    assert_eq!(older.begin(&read), None, "a second click on the way");
    assert!(older.end(Err("lost")).is_none());
    assert!(!older.is_busy() && older.failure() == Some(&"lost"));
    assert!(older.begin(&read).is_some(), "tried again");
    assert_eq!(older.failure(), None);
    let mut idle = Older::<&str>::default();
    assert_eq!(idle.end(Ok(history([1], false))), None, "nobody asked");
    assert_eq!(idle.begin(&Loaded::default()), None, "nothing was read yet");
    assert_eq!(idle.begin(&loaded(history([], false))), None);
    assert!(!idle.is_busy());
}

#[test]
fn older_entries_that_do_not_follow_on_what_is_shown_are_dropped() {
    let (mut read, mut older) = (loaded(history([3, 2], true)), Older::default());
    older.begin(&read).unwrap();
    refresh(&mut read, history([99, 98], true));
    let more = older.end(Ok(history([1], false))).unwrap();
    read.amend(|known| more.add_to(known));
    assert_eq!(shown(&read), [99, 98]);
    assert!(read.value.as_ref().unwrap().has_older, "the button is still there");
    older.begin(&read).unwrap();
    refresh(&mut read, history([], false));
    let more = older.end(Ok(history([97], false))).unwrap();
    read.amend(|known| more.add_to(known));
    assert_eq!(shown(&read), Vec::<usize>::new(), "there is nothing to follow on");
}

#[test]
fn a_history_read_as_evidence_may_go_on_where_its_page_is_full() {
    assert!(!from_evidence(history(0..199, false).entries).has_older);
    assert!(from_evidence(history(0..200, false).entries).has_older);
}

/// The platform's history: numbers from `len` down to 1, in pages.
struct Server {
    len: usize,
    page: usize,
}

impl Server {
    fn before(&self, before: usize) -> History {
        let first = before.saturating_sub(self.page).max(1);
        history((first..before).rev(), first > 1)
    }

    fn newest(&self) -> History {
        self.before(self.len + 1)
    }
}

#[test]
fn what_is_shown_has_no_gaps_and_no_doubles_whatever_happens_when() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut server = Server { len: 5, page: 4 };
        let (mut read, mut older) = (loaded(server.newest()), Older::default());
        let mut asked: Option<History> = None;
        for _ in 0..60 {
            match random.below(5) {
                0 => server.len += random.below(7),
                1 => refresh(&mut read, server.newest()),
                2 => {
                    let begun = older.begin(&read);
                    asked = match begun {
                        Some(id) => Some(server.before(id.as_str().trim_start_matches("h-").parse().unwrap())),
                        None => asked,
                    };
                }
                _ => {
                    let Some(answer) = asked.take() else { continue };
                    let end = if random.below(4) == 0 { Err("lost") } else { Ok(answer) };
                    if let Some(more) = older.end(end) {
                        read.amend(|known| more.add_to(known));
                    }
                }
            }
            let shown = shown(&read);
            let (newest, oldest) = (*shown.first().unwrap(), *shown.last().unwrap());
            assert_eq!(shown, (oldest..=newest).rev().collect::<Vec<_>>(), "seed {seed}");
            assert_eq!(read.value.as_ref().unwrap().has_older, oldest > 1, "seed {seed}");
        }
    }
}
