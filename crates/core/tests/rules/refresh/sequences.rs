//! Random events in every order, against a reference that is written down from the rules.

use omnival_core::session::Refresh;
use omnival_core::session::refresh::{Epoch, Event, Next, Serial};
use omnival_core::time::Mono;

use super::{bare, grant};
use crate::prng::Prng;

const MARGIN_MS: u64 = 10_000;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Step {
    Locking,
    Asking,
    Probing,
    Sent,
}

/// What must be true of the session after everything that was told.
#[derive(Default)]
struct Reference {
    ended: bool,
    /// The refresh under way, and how far it has come.
    open: Option<(Epoch, Step)>,
    /// The token that may be used, and its end.
    token: Option<(u32, u64)>,
    /// All of them: no run is longer than what is remembered.
    refused: Vec<u32>,
    /// The serial under which it was handed out last.
    serial: Option<Serial>,
    /// Lost answers since the last grant.
    lost: u8,
    cool_until: u64,
}

/// How often each occasion arose.
#[derive(Default, Debug)]
struct Tally {
    sends: u32,
    second_sends: u32,
    spared: u32,
    spared_spent: u32,
    spent: u32,
    later: u32,
}

impl Reference {
    fn left(&self, now: u64) -> u64 {
        self.token.map_or(0, |(_, end)| end.saturating_sub(now))
    }

    fn is_at(&self, epoch: Epoch, step: Step) -> bool {
        self.open == Some((epoch, step))
    }

    fn grant(&mut self, token: u32, ms: u64, now: u64) {
        self.token = Some((token, now + ms.max(MARGIN_MS + 1_000)));
        self.serial = None;
        self.cool_until = 0;
    }

    /// The step that a report allows next, if the report is awaited at all.
    fn follows(&self, told: &Told) -> Option<Step> {
        match *told {
            Told::Locked(epoch) if self.is_at(epoch, Step::Locking) => Some(Step::Asking),
            Told::Asked(epoch) if self.is_at(epoch, Step::Asking) && self.lost > 0 => Some(Step::Probing),
            Told::Asked(epoch) if self.is_at(epoch, Step::Asking) => Some(Step::Sent),
            Told::Reachable(epoch) if self.is_at(epoch, Step::Probing) => Some(Step::Sent),
            _ => None,
        }
    }

    fn cool(&mut self, now: u64) {
        self.open = None;
        self.cool_until = now + 3_000;
    }

    /// Two lost answers, no request on its way, and the last token is over.
    fn is_over(&self, now: u64) -> bool {
        let sent = self.open.is_some_and(|(_, step)| step == Step::Sent);
        self.lost > 1 && self.left(now) == 0 && !sent
    }

    fn end_if_spent(&mut self, now: u64) {
        if self.is_over(now) {
            (self.ended, self.token, self.open) = (true, None, None);
        }
    }

    /// What another tab tells is answered each time, since nobody awaits it.
    fn ended_by_doubt(&mut self, now: u64) -> Next {
        self.end_if_spent(now);
        if self.is_over(now) { Next::SignIn } else { Next::Nothing }
    }

    /// What is told changes the reference, and what the machine must answer follows.
    fn hear(&mut self, told: &Told, now: u64, tally: &mut Tally) -> Next {
        let was_ended = self.ended;
        match *told {
            Told::SignedIn(token, ms) => {
                (self.ended, self.open, self.lost) = (false, None, 0);
                self.refused.clear();
                self.grant(token, ms, now);
            }
            Told::SignedOut => {
                *self = Self {
                    ended: true,
                    ..Self::default()
                }
            }
            Told::Rejected(serial) => {
                if self.serial == Some(serial)
                    && let Some((token, _)) = self.token.take()
                {
                    self.refused.push(token);
                }
            }
            Told::Shared(token, ms) | Told::RefreshedElsewhere(token, ms) => {
                let newer = matches!(told, Told::RefreshedElsewhere(..));
                if newer {
                    self.lost = 0;
                }
                let known = self.refused.contains(&token) || self.token.is_some_and(|(held, _)| held == token);
                if !self.ended && !known && (newer || ms > self.left(now).max(MARGIN_MS)) {
                    self.grant(token, ms, now);
                }
            }
            Told::Refreshed(epoch, token, ms) if self.is_at(epoch, Step::Sent) => {
                (self.open, self.lost) = (None, 0);
                self.grant(token, ms, now);
            }
            Told::LostElsewhere => {
                self.lost += 1;
                return self.ended_by_doubt(now);
            }
            Told::RefusedElsewhere => {
                self.lost = 2;
                return self.ended_by_doubt(now);
            }
            Told::Refused(epoch) if self.is_at(epoch, Step::Sent) => {
                (self.open, self.token, self.ended) = (None, None, true);
            }
            Told::NotCarriedOut(epoch) if self.open.is_some_and(|(open, _)| open == epoch) => self.cool(now),
            Told::Lost(epoch) if self.is_at(epoch, Step::Sent) => {
                self.cool(now);
                self.lost += 1;
                tally.spent += u32::from(self.lost == 2);
                self.end_if_spent(now);
            }
            Told::Locked(epoch) | Told::Asked(epoch) | Told::Reachable(epoch) => {
                let Some(step) = self.follows(told) else {
                    return Next::Nothing;
                };
                if self.lost > 1 {
                    tally.spared_spent += 1;
                    self.open = None;
                    return self.ended_by_doubt(now);
                }
                if self.left(now) > MARGIN_MS {
                    tally.spared += 1;
                    self.open = None;
                    return Next::Nothing;
                }
                self.open = Some((epoch, step));
                return match step {
                    Step::Locking => unreachable!("nothing leads back"),
                    Step::Asking => Next::Ask(epoch),
                    Step::Probing => Next::Probe(epoch),
                    Step::Sent => {
                        assert!(self.lost < 2, "a refresh token is not shown a third time");
                        tally.sends += 1;
                        tally.second_sends += u32::from(self.lost == 1);
                        Next::Send(epoch)
                    }
                };
            }
            Told::Refreshed(..) | Told::Refused(_) | Told::NotCarriedOut(_) | Told::Lost(_) => {}
        }
        let ends = matches!(told, Told::Refused(_) | Told::Lost(_));
        if self.ended && !was_ended && ends {
            Next::SignIn
        } else {
            Next::Nothing
        }
    }

    /// Is this the right answer to somebody who wants a token?
    fn expect(&mut self, next: &Next, now: u64, tally: &mut Tally) -> Result<(), &'static str> {
        self.end_if_spent(now);
        let left = self.left(now);
        let cooling = now < self.cool_until;
        let serves = left > MARGIN_MS || left > 0 && (self.lost > 1 || cooling && self.open.is_none());
        match next {
            Next::SignIn => self.ended.then_some(()).ok_or("signed out by nobody"),
            _ if self.ended => Err("something after the end"),
            Next::Use(token, serial) => {
                let is = self.token.is_some_and(|(held, _)| held.to_string() == bare(token));
                self.serial = Some(*serial);
                (is && serves)
                    .then_some(())
                    .ok_or("a token that is over, refused or not the last")
            }
            _ if serves => Err("a token would serve"),
            Next::Lock(epoch) => {
                let may = self.open.is_none() && !cooling && self.lost < 2;
                self.open = Some((*epoch, Step::Locking));
                may.then_some(())
                    .ok_or("a second refresh, one too early, or one of a spent token")
            }
            Next::Wait => self.open.is_some().then_some(()).ok_or("waits for nothing"),
            Next::TryLater => {
                tally.later += 1;
                (self.open.is_none() && cooling).then_some(()).ok_or("why later?")
            }
            Next::Nothing | Next::Ask(_) | Next::Probe(_) | Next::Send(_) => Err("no answer"),
        }
    }
}

/// An event, with names instead of tokens.
#[derive(Clone, Copy, Debug)]
enum Told {
    SignedIn(u32, u64),
    SignedOut,
    Rejected(Serial),
    Shared(u32, u64),
    Locked(Epoch),
    Asked(Epoch),
    Reachable(Epoch),
    Refreshed(Epoch, u32, u64),
    Refused(Epoch),
    NotCarriedOut(Epoch),
    Lost(Epoch),
    RefreshedElsewhere(u32, u64),
    LostElsewhere,
    RefusedElsewhere,
}

fn event(told: &Told) -> Event {
    let grant = |token: u32, ms: u64| {
        let mut grant = grant(&token.to_string(), 0);
        grant.expires_in_ms = ms;
        grant
    };
    match *told {
        Told::SignedIn(token, ms) => Event::SignedIn(grant(token, ms)),
        Told::SignedOut => Event::SignedOut,
        Told::Rejected(serial) => Event::Rejected(serial),
        Told::Shared(token, ms) => Event::Shared(grant(token, ms)),
        Told::Locked(epoch) => Event::Locked(epoch),
        Told::Asked(epoch) => Event::Asked(epoch),
        Told::Reachable(epoch) => Event::Reachable(epoch),
        Told::Refreshed(epoch, token, ms) => Event::Refreshed(epoch, grant(token, ms)),
        Told::Refused(epoch) => Event::Refused(epoch),
        Told::NotCarriedOut(epoch) => Event::NotCarriedOut(epoch),
        Told::Lost(epoch) => Event::Lost(epoch),
        Told::RefreshedElsewhere(token, ms) => Event::RefreshedElsewhere(grant(token, ms)),
        Told::LostElsewhere => Event::LostElsewhere,
        Told::RefusedElsewhere => Event::RefusedElsewhere,
    }
}

/// Everything that was ever handed out, so that late and repeated reports come as often as timely ones.
struct World {
    rng: Prng,
    tokens: u32,
    epochs: Vec<Epoch>,
    serials: Vec<Serial>,
}

impl World {
    fn told(&mut self) -> Option<Told> {
        let life = self.rng.up_to(60_000);
        let new = self.tokens + 1;
        let epoch = if self.rng.percent(80) {
            self.epochs.last().copied()
        } else {
            (!self.epochs.is_empty()).then(|| *self.rng.pick(&self.epochs))
        };
        let told = match self.rng.up_to(27) {
            0 if self.rng.percent(50) => Some(Told::SignedIn(new, life)),
            1 if self.rng.percent(50) => Some(Told::SignedOut),
            2 | 3 => (!self.serials.is_empty()).then(|| Told::Rejected(*self.rng.pick(&self.serials))),
            4 => Some(Told::Shared(new, life)),
            // Any token that ever was, and that another tab may still hold.
            5 => Some(Told::Shared(
                u32::try_from(self.rng.up_to(u64::from(self.tokens))).unwrap_or(0),
                life,
            )),
            6..=9 => epoch.map(Told::Locked),
            10..=13 => epoch.map(Told::Asked),
            14..=16 => epoch.map(Told::Reachable),
            17 => epoch.map(|epoch| Told::Refreshed(epoch, new, life)),
            18 => epoch.map(Told::Refused),
            19 => epoch.map(Told::NotCarriedOut),
            20..=23 => epoch.map(Told::Lost),
            24 => Some(Told::RefreshedElsewhere(new, life)),
            25 => Some(Told::LostElsewhere),
            26 if self.rng.percent(50) => Some(Told::RefusedElsewhere),
            _ => None,
        };
        self.tokens += u32::from(matches!(
            told,
            Some(Told::SignedIn(..) | Told::Refreshed(..) | Told::Shared(..) | Told::RefreshedElsewhere(..))
        ));
        told
    }
}

/// Never two refreshes at once, never a token after the end, never an old answer believed, never a third showing of a
/// refresh token whose answers were lost.
#[test]
fn no_sequence_of_events_breaks_the_invariants() {
    let mut tally = Tally::default();
    for seed in 0..4_000 {
        let mut world = World {
            rng: Prng::new(seed),
            tokens: 0,
            epochs: vec![],
            serials: vec![],
        };
        let mut reference = Reference::default();
        let mut session = Refresh::default();
        if world.rng.percent(30) {
            session = Refresh::doubtful();
            reference.lost = 1;
        }
        let (mut now, mut trace) = (0, Vec::new());
        for _ in 0..80 {
            let longest = if world.rng.percent(70) { 800 } else { 20_000 };
            now += world.rng.up_to(longest);
            if let Some(told) = world.told() {
                trace.push((now, told));
                let expected = reference.hear(&told, now, &mut tally);
                let next = session.step(event(&told), Mono(now));
                assert!(next == expected, "seed {seed}: wrong answer to the last of {trace:?}");
            }
            if let Some((epoch, step)) = reference.open {
                assert_eq!(session.expects(epoch), step == Step::Sent, "seed {seed}: {trace:?}");
            }
            let next = session.step(Event::Wanted, Mono(now));
            if let Err(wrong) = reference.expect(&next, now, &mut tally) {
                panic!("seed {seed}: {wrong}, after {trace:?}");
            }
            match next {
                Next::Lock(epoch) => world.epochs.push(epoch),
                Next::Use(_, serial) => world.serials.push(serial),
                _ => {}
            }
        }
    }
    let occasions = [
        tally.sends,
        tally.second_sends,
        tally.spared,
        tally.spared_spent,
        tally.spent,
        tally.later,
    ];
    assert!(occasions.iter().all(|count| *count > 100), "{tally:?}");
}
