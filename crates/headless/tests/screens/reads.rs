use omnival_core::time::{Mono, Timestamp};
use omnival_headless::reads::{Loaded, Read, Taken, Turn};

use crate::given::Random;

type Number = Read<u32, &'static str>;

const fn wall(now: Mono) -> Timestamp {
    Timestamp(1_000_000 + now.0 as i64)
}

#[test]
fn a_first_read_is_awaited_then_settled() {
    let mut read = Number::default();
    assert!(read.is_awaited() && !read.is_settled() && !read.loading);
    let turn = read.begin(Mono(10));
    assert!(read.is_awaited() && read.loading && !read.is_settled());
    assert_eq!(read.take(turn, Ok(7), Timestamp(99)), Taken::Value);
    assert!(read.is_settled() && !read.is_awaited());
    let known = Loaded {
        value: Some(7),
        failure: None,
        loading: false,
        as_of: Some(Timestamp(99)),
        read_at: Some(Mono(10)),
    };
    assert_eq!(*read, known, "as old as its beginning, shown with the time of its end");
}

#[test]
fn a_failure_says_why_and_takes_nothing_away() {
    let mut read = Number::default();
    let turn = read.begin(Mono(10));
    assert_eq!(read.take(turn, Err("lost"), Timestamp(0)), Taken::Failure);
    assert!(!read.is_awaited() && read.has_failed() && read.value.is_none() && read.as_of.is_none());
    read.put(7, Mono(20), Timestamp(20));
    assert!(read.is_settled());
    let turn = read.begin(Mono(30));
    assert!(
        !read.is_settled() && read.value == Some(7),
        "shown while it is read anew"
    );
    assert_eq!(read.take(turn, Err("lost"), Timestamp(40)), Taken::Failure);
    assert_eq!((read.value, read.failure), (Some(7), Some("lost")));
    assert_eq!((read.as_of, read.read_at), (Some(Timestamp(20)), Some(Mono(20))));
    let turn = read.begin(Mono(50));
    assert!(read.has_failed(), "still said while it is tried again");
    assert_eq!(read.take(turn, Ok(8), Timestamp(50)), Taken::Value);
    assert!(read.is_settled());
}

#[test]
fn of_several_reads_the_one_that_began_last_wins_whichever_ends_first() {
    let mut read = Number::default();
    let (slow, quick) = (read.begin(Mono(1)), read.begin(Mono(2)));
    assert_eq!(read.take(quick, Ok(2), Timestamp(3)), Taken::Value);
    assert_eq!(read.take(slow, Ok(1), Timestamp(4)), Taken::Overtaken);
    assert_eq!(
        (read.value, read.as_of, read.loading),
        (Some(2), Some(Timestamp(3)), false)
    );
    let (slow, quick) = (read.begin(Mono(5)), read.begin(Mono(6)));
    assert_eq!(read.take(slow, Err("lost"), Timestamp(7)), Taken::Overtaken);
    assert!(read.loading && !read.has_failed(), "the other one is still under way");
    assert_eq!(read.take(quick, Ok(3), Timestamp(8)), Taken::Value);
}

#[test]
fn what_comes_by_another_way_or_is_forgotten_overtakes_reads_under_way() {
    let mut read = Number::default();
    let turn = read.begin(Mono(1));
    read.put(5, Mono(2), Timestamp(2));
    assert_eq!(read.take(turn, Ok(1), Timestamp(3)), Taken::Overtaken);
    assert_eq!(
        (read.value, read.read_at, read.loading),
        (Some(5), Some(Mono(2)), false)
    );
    let turn = read.begin(Mono(4));
    read.clear();
    assert_eq!(*read, Loaded::default());
    assert_eq!(read.take(turn, Ok(1), Timestamp(5)), Taken::Overtaken);
    assert_eq!(*read, Loaded::default());
}

#[test]
fn a_value_may_keep_something_of_the_one_before_it() {
    let mut read = Number::merging(|before, new| before.unwrap_or(100) + new);
    let turn = read.begin(Mono(1));
    assert_eq!(read.take(turn, Ok(1), Timestamp(1)), Taken::Value);
    assert_eq!(read.value, Some(101));
    let turn = read.begin(Mono(2));
    assert_eq!(read.take(turn, Err("lost"), Timestamp(2)), Taken::Failure);
    assert_eq!(read.value, Some(101));
    read.put(4, Mono(3), Timestamp(3));
    assert_eq!(read.value, Some(105));
    read.clear();
    read.put(4, Mono(4), Timestamp(4));
    assert_eq!(read.value, Some(104), "forgotten is not kept");
}

#[test]
fn adding_to_a_value_makes_it_no_younger_and_overtakes_nothing() {
    let mut read = Number::default();
    read.amend(|_| unreachable!("there is nothing to add to"));
    read.put(5, Mono(2), Timestamp(2));
    let turn = read.begin(Mono(3));
    read.amend(|value| *value += 1);
    assert_eq!(
        (read.value, read.read_at, read.as_of),
        (Some(6), Some(Mono(2)), Some(Timestamp(2)))
    );
    assert_eq!(read.take(turn, Ok(9), Timestamp(4)), Taken::Value);
}

#[test]
fn age_counts_from_the_beginning_of_the_read() {
    let mut read = Number::default();
    assert!(read.is_older_than(5_000, Mono(0)), "never read");
    let turn = read.begin(Mono(1_000));
    assert!(!read.is_older_than(0, Mono(900_000)), "it is being read");
    assert_eq!(read.take(turn, Ok(1), Timestamp(0)), Taken::Value);
    assert!(!read.is_older_than(5_000, Mono(6_000)));
    assert!(read.is_older_than(5_000, Mono(6_001)));
    assert!(!read.is_from_before(Mono(1_000)) && read.is_from_before(Mono(1_001)));
    let turn = read.begin(Mono(6_001));
    assert_eq!(read.take(turn, Err("lost"), Timestamp(0)), Taken::Failure);
    assert!(
        read.is_older_than(5_000, Mono(6_002)),
        "not to be had when it was last asked for"
    );
    assert!(Number::default().is_from_before(Mono(0)));
}

/// What [`Read`] promises, written down another way: every read with its own end, and what was known when.
#[derive(Default)]
struct Model {
    open: Vec<(Turn, Mono, bool)>,
    value: Option<(u32, Mono, Timestamp)>,
    failure: Option<&'static str>,
}

impl Model {
    fn overtake(&mut self) {
        for (_, _, counts) in &mut self.open {
            *counts = false;
        }
    }

    fn check(&self, read: &Number, step: usize) {
        assert_eq!(read.value, self.value.map(|(value, ..)| value), "step {step}");
        assert_eq!(read.read_at, self.value.map(|(_, at, _)| at), "step {step}");
        assert_eq!(read.as_of, self.value.map(|(.., wall)| wall), "step {step}");
        assert_eq!(read.failure, self.failure, "step {step}");
        assert_eq!(
            read.loading,
            self.open.iter().any(|(.., counts)| *counts),
            "step {step}"
        );
    }
}

fn run(seed: u64) {
    let (mut random, mut read, mut model) = (Random::new(seed), Number::default(), Model::default());
    let mut now = Mono(0);
    for step in 0..200 {
        now = now.plus(random.below(3) as u64);
        let value = step as u32;
        match random.below(8) {
            0..=2 => {
                model.overtake();
                model.open.push((read.begin(now), now, true));
            }
            3..=5 if !model.open.is_empty() => {
                let (turn, began, counts) = model.open.remove(random.below(model.open.len()));
                let end = if random.below(3) == 0 { Err("lost") } else { Ok(value) };
                let taken = read.take(turn, end, wall(now));
                let expected = match (counts, end) {
                    (false, _) => Taken::Overtaken,
                    (true, Ok(_)) => {
                        model.value = Some((value, began, wall(now)));
                        model.failure = None;
                        Taken::Value
                    }
                    (true, Err(failure)) => {
                        model.failure = Some(failure);
                        Taken::Failure
                    }
                };
                assert_eq!(taken, expected, "seed {seed} step {step}");
            }
            6 => {
                model.overtake();
                read.put(value, now, wall(now));
                (model.value, model.failure) = (Some((value, now, wall(now))), None);
            }
            7 if random.below(4) == 0 => {
                model.overtake();
                read.clear();
                (model.value, model.failure) = (None, None);
            }
            _ => {}
        }
        model.check(&read, step);
    }
}

#[test]
fn whatever_the_order_of_beginnings_and_ends() {
    for seed in 0..500 {
        run(seed);
    }
}
