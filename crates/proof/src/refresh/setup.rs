//! One run: which tabs there are, what goes wrong at most how often, and which mistake is built in.

/// One tick of the model's clock: longer than the core's cool-down (3 s), and its margin before expiry (10 s).
pub const TICK_MS: u64 = 10_000;
/// An access token lives so many ticks: fresh, fresh, to be renewed, over.
pub const LIFE: u16 = 3;
/// A refresh request arrives in its tick, or in the next, or never.
pub const DELAY: u16 = 1;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Budget {
    /// Requests that need a token.
    pub wants: u8,
    pub ticks: u8,
    /// All access tokens end early at the platform.
    pub expiries: u8,
    /// Requests or answers that are lost.
    pub losses: u8,
    /// The platform puts a refresh off (429, 503).
    pub put_off: u8,
    /// A tab is too slow to answer the others in time, or to hear its lock.
    pub slow: u8,
    pub sign_outs: u8,
    pub sign_ins: u8,
    pub crashes: u8,
}

#[derive(Clone, Debug)]
pub struct Setup {
    pub name: &'static str,
    /// The storage partition of each tab.
    pub tabs: &'static [u8],
    pub budget: Budget,
    pub bug: Option<Bug>,
}

/// Mistakes to build in, one at a time: the checker must find each of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bug {
    /// An answer counts whatever became of the session meanwhile.
    NoCommitGuard,
    /// Who waits for long takes the lock from who has it.
    LockStolen,
    /// Each tab renews on its own.
    NoLock,
    /// The other tabs are not asked for a fresh token.
    TabsNotAsked,
    /// A spent token is shown again without a question first.
    NoProbe,
    /// No answer to a refresh: it is sent again at once.
    ResentAtOnce,
    /// A lost answer is nobody else's business.
    LossUntold,
    /// Signing out is nobody else's business.
    SignOutUntold,
    /// A token told by another tab is taken whoever's it is.
    AnybodysToken,
}

impl Bug {
    pub const ALL: [Self; 9] = [
        Self::NoCommitGuard,
        Self::LockStolen,
        Self::NoLock,
        Self::TabsNotAsked,
        Self::NoProbe,
        Self::ResentAtOnce,
        Self::LossUntold,
        Self::SignOutUntold,
        Self::AnybodysToken,
    ];
}

impl Setup {
    pub fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }
}
