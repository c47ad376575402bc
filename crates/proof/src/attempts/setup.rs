//! One run of the checker: what the platform can do, what goes wrong at most how often, and which mistake is built in.

use super::bugs::Bug;

/// One tick of the model's clock. Longer than the core's patience with writing down (10 s) and than its longest pause
/// between two reads (6 s), so both elapse within one.
pub const TICK_MS: u64 = 20_000;
/// A request arrives in the tick in which it was sent, or in the next one, or never.
pub const DELAY: u16 = 1;
/// With lag, history shows an entry in the tick in which it was made, or in the next one.
pub const LAG: u16 = 1;

/// The write that the operator wants carried out once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Aim {
    /// No state protects it, and no fence: a second call makes a second draft.
    Create,
    /// The weakest platform: it assigns the same vendor as often as it is asked.
    Assign,
    /// The platform's state allows it once, but it charges first.
    Activate,
}

impl Aim {
    pub const ALL: [Self; 3] = [Self::Create, Self::Assign, Self::Activate];

    pub const fn has_history(self) -> bool {
        !matches!(self, Self::Create)
    }

    pub const fn charges(self) -> bool {
        matches!(self, Self::Activate)
    }
}

/// What the platform offers. None of it is printed, so each may be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Abilities {
    pub fence: bool,
    pub key: bool,
    pub lag: bool,
}

impl Abilities {
    pub fn all() -> impl Iterator<Item = Self> {
        (0..8_u8).map(|bits| Self {
            fence: bits & 4 != 0,
            key: bits & 2 != 0,
            lag: bits & 1 != 0,
        })
    }
}

/// How often something may still happen in a run. Every action that no request or timer pays for takes from here, so
/// every run ends: "when faults stop" is a state without further actions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Budget {
    pub presses: u8,
    pub crashes: u8,
    /// The platform finds the access token expired (401).
    pub expiries: u8,
    /// The platform refuses in other words (403, 422).
    pub refusals: u8,
    /// A colleague changes the order.
    pub moves: u8,
    /// The browser itself sends a request again whose connection died.
    pub repeats: u8,
    /// The platform charges and breaks before it does what it charged for.
    pub charges_alone: u8,
    /// A reading fails.
    pub unreadable: u8,
    /// The operator has a "still unknown" watched on, or makes sure of it elsewhere.
    pub doubts: u8,
    /// The journal's store fails, or there is no token to send with.
    pub unsent: u8,
    /// A page reads the order anew without cause.
    pub looks: u8,
}

#[derive(Clone, Debug)]
pub struct Setup {
    pub name: &'static str,
    pub aim: Aim,
    pub abilities: Abilities,
    /// The storage partition of each tab.
    pub tabs: &'static [u8],
    pub budget: Budget,
    /// A note to the journal may be lost in a crash, and seen late by other tabs.
    pub late_notes: bool,
    /// A charge stays pending.
    pub pending: bool,
    pub bug: Option<Bug>,
}

impl Setup {
    pub fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// A token may be missing, or take a while.
    pub const fn awaits_tokens(&self) -> bool {
        self.budget.unsent > 0
    }

    pub fn lag(&self) -> u16 {
        if self.abilities.lag { LAG } else { 0 }
    }

    /// The window that the deployment promises: nothing is under way or hidden any more when it is over.
    pub fn settle_ms(&self) -> u64 {
        let ticks = u64::from(DELAY + self.lag() + 1);
        match self.bug {
            Some(Bug::NoWindow) => 0,
            Some(Bug::ShortWindow) => (ticks - 1) * TICK_MS,
            _ => ticks * TICK_MS,
        }
    }
}
