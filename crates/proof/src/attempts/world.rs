//! What can happen next, and what it does.

use omnival_core::recovery::attempt::{Event, Stage};
use omnival_core::recovery::journal::{self, Record};

use super::bugs::Bug;
use super::network::Flight;
use super::server::Fact;
use super::setup::{Aim, Setup};
use super::state::{Page, State, Told, Work, number};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Order,
    History,
    Payments,
}

/// One thing that happens. Tabs by their place, requests by theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Press {
        tab: u8,
    },
    Ready {
        tab: u8,
    },
    NoToken {
        tab: u8,
    },
    /// The transaction that writes the intent down.
    Store {
        tab: u8,
    },
    StoreFails {
        tab: u8,
    },
    Stored {
        tab: u8,
    },
    Arrives {
        flight: u8,
    },
    ArrivesExpired {
        flight: u8,
    },
    ArrivesRefused {
        flight: u8,
    },
    ChargesAndBreaks {
        flight: u8,
    },
    LostOnTheWay {
        flight: u8,
    },
    /// The connection dies under the first copy, which was carried out by then or is lost.
    BrowserRepeats {
        flight: u8,
        arrived: bool,
    },
    Answered {
        flight: u8,
    },
    AnsweredCut {
        flight: u8,
    },
    NoAnswer {
        tab: u8,
    },
    Wakes {
        tab: u8,
    },
    Reads {
        tab: u8,
        part: Part,
    },
    ReadFails {
        tab: u8,
    },
    NoteWritten {
        tab: u8,
    },
    Dies {
        tab: u8,
    },
    Opens {
        tab: u8,
    },
    /// The page sees an attempt in the journal that nobody follows.
    Finds {
        tab: u8,
        intent: u8,
    },
    TakesOver {
        tab: u8,
    },
    WatchesOn {
        tab: u8,
    },
    MakesSure {
        tab: u8,
    },
    Looks {
        tab: u8,
    },
    Colleague {
        does_the_same: bool,
    },
    HistoryShows,
    PaymentsShow,
    Tick,
}

pub fn possible(setup: &Setup, state: &State, to: &mut Vec<Action>) {
    for (tab, page) in (0..).zip(&state.tabs) {
        if page.alive {
            of_page(setup, state, tab, page, to);
        } else {
            to.push(Action::Opens { tab });
        }
    }
    for (index, flight) in (0..).zip(&state.flights) {
        of_flight(setup, state, index, flight, to);
    }
    if state.left.moves > 0 && setup.aim.has_history() {
        to.extend([true, false].map(|does_the_same| Action::Colleague { does_the_same }));
    }
    if !state.server.hidden.is_empty() {
        to.push(Action::HistoryShows);
    }
    if !state.server.paid_hidden.is_empty() {
        to.push(Action::PaymentsShow);
    }
    if time_passes(state) {
        to.push(Action::Tick);
    }
}

fn of_page(setup: &Setup, state: &State, tab: u8, page: &Page, to: &mut Vec<Action>) {
    let left = &state.left;
    if left.crashes > 0 && (page.work.is_some() || page.note.is_some()) {
        to.push(Action::Dies { tab });
    }
    if page.note.is_some() {
        to.push(Action::NoteWritten { tab });
    }
    if page.found.is_some() {
        to.push(Action::TakesOver { tab });
    }
    if page.is_free() {
        if left.presses > 0 && offers(setup, state, page) {
            to.push(Action::Press { tab });
        }
        for record in state.records(page.partition) {
            if is_left_behind(setup, state, record) {
                to.push(Action::Finds {
                    tab,
                    intent: number(record),
                });
            }
        }
        if left.looks > 0 && page.view != state.server.view() {
            to.push(Action::Looks { tab });
        }
    }
    if let Some(work) = &page.work {
        of_work(setup, state, tab, work, to);
    }
}

fn of_work(setup: &Setup, state: &State, tab: u8, work: &Work, to: &mut Vec<Action>) {
    let left = &state.left;
    match work.attempt.stage() {
        Stage::Preparing => {
            to.push(Action::Ready { tab });
            if left.unsent > 0 {
                to.push(Action::NoToken { tab });
            }
        }
        Stage::Recording { .. } if work.stored.is_some() => to.push(Action::Stored { tab }),
        Stage::Recording { .. } => {
            to.push(Action::Store { tab });
            if left.unsent > 0 {
                to.push(Action::StoreFails { tab });
            }
        }
        Stage::Sending => to.push(Action::NoAnswer { tab }),
        Stage::Verifying(_) => {
            if let Some(reading) = &work.reading {
                for (part, read) in [
                    (Part::Order, reading.order),
                    (Part::History, reading.history),
                    (Part::Payments, reading.payments),
                ] {
                    if read.is_none() && is_read(setup, part) {
                        to.push(Action::Reads { tab, part });
                    }
                }
                if left.unreadable > 0 {
                    to.push(Action::ReadFails { tab });
                }
            } else if work.wake.is_some_and(|wake| wake <= state.now) {
                to.push(Action::Wakes { tab });
            }
        }
        Stage::Concluded(_) if left.doubts > 0 => {
            to.push(Action::WatchesOn { tab });
            if !state.flights.iter().any(|flight| flight.intent == work.intent) {
                to.push(Action::MakesSure { tab });
            }
        }
        Stage::Concluded(_) => {}
    }
}

fn of_flight(setup: &Setup, state: &State, flight: u8, at: &Flight, to: &mut Vec<Action>) {
    if at.answer.is_some() {
        to.push(Action::Answered { flight });
        if setup.has(Bug::CutBodyResent) {
            to.push(Action::AnsweredCut { flight });
        }
        return;
    }
    let left = &state.left;
    to.extend([Action::Arrives { flight }, Action::LostOnTheWay { flight }]);
    if left.expiries > 0 {
        to.push(Action::ArrivesExpired { flight });
    }
    if left.refusals > 0 && at.listener.is_some() {
        to.push(Action::ArrivesRefused { flight });
    }
    if left.charges_alone > 0 && setup.aim.charges() && state.server.allows(setup.aim) {
        to.push(Action::ChargesAndBreaks { flight });
    }
    if left.repeats > 0 && at.listener.is_some() && !at.by_browser {
        to.extend([true, false].map(|arrived| Action::BrowserRepeats { flight, arrived }));
    }
}

/// Which parts a reading has.
pub fn is_read(setup: &Setup, part: Part) -> bool {
    match part {
        Part::Order => true,
        Part::History => setup.aim.has_history(),
        Part::Payments => setup.aim.charges(),
    }
}

/// Does the console offer the button? Nothing open or unsettled about the subject, and nothing that the operator was
/// told says that it is done. The order, as this page shows it, is not there already.
fn offers(setup: &Setup, state: &State, page: &Page) -> bool {
    let mut mine = state.truths.iter().filter(|truth| truth.partition == page.partition);
    let free = !state.records(page.partition).any(Record::blocks);
    let wanted = mine.all(|truth| match truth.told {
        None => true,
        Some(Told::MadeSure) => truth.executed + truth.repeated + truth.charged == 0,
        Some(Told::Unknown) => setup.has(Bug::DoubtUnblocks),
        Some(told) => told.denies(),
    });
    let seen = &state.server.log[..usize::from(page.view.order)];
    let reached = match setup.aim {
        Aim::Create => false,
        Aim::Assign => matches!(seen.last(), Some(Fact::Mine(_) | Fact::Same)),
        Aim::Activate => seen.iter().any(|fact| *fact != Fact::Other),
    };
    free && wanted && !reached
}

/// An open attempt whose page has died, or one that ended unknown and whose page has died.
fn is_left_behind(setup: &Setup, state: &State, record: &Record) -> bool {
    let dead = !state.lives(&record.owner);
    let doubts = record.is_open() || state.left.doubts > 0;
    record.blocks() && doubts && (dead || (setup.has(Bug::LiveTakeover) && record.is_open()))
}

/// Time passes while something waits for it, and never past what must have happened by then.
fn time_passes(state: &State) -> bool {
    let now = state.now;
    let due = |until: &u16| *until <= now;
    let hidden = || state.server.hidden.iter().chain(&state.server.paid_hidden);
    let urgent = state.flights.iter().any(|flight| due(&flight.until)) || hidden().any(due);
    let works = || state.tabs.iter().filter_map(|page| page.work.as_ref());
    let waits = !state.flights.is_empty()
        || hidden().next().is_some()
        || works().any(|work| {
            let writes = matches!(work.attempt.stage(), Stage::Recording { since } if since.until(state.clock()) == 0);
            writes || work.wake.is_some_and(|wake| wake > now)
        });
    waits && !urgent
}

/// The state after an action, which must be possible.
pub fn after(setup: &Setup, state: &State, action: Action) -> State {
    let mut next = state.clone();
    match action {
        Action::Press { tab } => {
            next.left.presses -= 1;
            next.press(setup, tab);
        }
        Action::Ready { tab } => next.heard(setup, tab, Event::Ready),
        Action::NoToken { tab } => {
            next.left.unsent -= 1;
            next.unsent(setup, tab);
        }
        Action::Store { tab } => next.store(setup, tab),
        Action::StoreFails { tab } => {
            next.left.unsent -= 1;
            next.heard(setup, tab, Event::Recorded(journal::Stored::No));
        }
        Action::Stored { tab } => next.stored(setup, tab),
        Action::Wakes { tab } => next.heard(setup, tab, Event::Woke),
        Action::Reads { tab, part } => next.read(setup, tab, part),
        Action::ReadFails { tab } => {
            next.left.unreadable -= 1;
            next.read_failed(setup, tab);
        }
        Action::NoAnswer { tab } => next.gave_up(setup, tab),
        Action::NoteWritten { tab } => next.write_note(setup, tab),
        Action::Dies { tab } => {
            next.left.crashes -= 1;
            next.die(setup, tab);
        }
        Action::Opens { tab } => next.open(tab),
        Action::Finds { tab, intent } => next.find(tab, intent),
        Action::TakesOver { tab } => next.claim(setup, tab),
        Action::WatchesOn { tab } => {
            next.left.doubts -= 1;
            next.heard(setup, tab, Event::WatchOn);
        }
        Action::MakesSure { tab } => {
            next.left.doubts -= 1;
            next.make_sure(tab);
        }
        Action::Looks { tab } => {
            next.left.looks -= 1;
            next.look(tab);
        }
        Action::Colleague { does_the_same } => {
            next.left.moves -= 1;
            next.colleague(setup, does_the_same);
        }
        Action::HistoryShows => next.server.show_history(),
        Action::PaymentsShow => next.server.show_payments(),
        Action::Tick => next.now += 1,
        Action::Arrives { flight }
        | Action::ArrivesExpired { flight }
        | Action::ArrivesRefused { flight }
        | Action::ChargesAndBreaks { flight }
        | Action::LostOnTheWay { flight }
        | Action::BrowserRepeats { flight, .. }
        | Action::Answered { flight }
        | Action::AnsweredCut { flight } => next.fly(setup, flight, action),
    }
    next
}
