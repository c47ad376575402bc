//! The words of the session's [`Machine`](super::Machine): what happens, what another tab says, and what is to be done.

use super::Credential;
use super::refresh::{Epoch, Grant, Serial};

/// The person of a session, as the platform describes them.
pub trait Account: Clone + PartialEq {
    type Id: Clone + PartialEq;
    /// What is kept beside the access token: to refresh it, and to tell other tabs of the session.
    type Kept;

    fn id(&self) -> &Self::Id;
}

/// A session as the platform granted it, or as another tab tells it.
pub struct Granted<A: Account> {
    pub user: A,
    pub grant: Grant,
    pub kept: A::Kept,
}

/// What screens may know of the session.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Who<A> {
    /// Being found out.
    Starting,
    Nobody,
    Someone(A),
    /// The session ended under the operator's hands: sign in again in place, with everything typed kept.
    Lapsed(A),
}

/// What the page found when it was loaded.
pub enum Found<A: Account> {
    /// The boot script's refresh was answered.
    Granted(Granted<A>),
    Refused,
    /// It was put off by the platform (429, 503): certainly not carried out.
    PutOff,
    /// It was sent, and no answer came that makes sense: the refresh token may be spent.
    Lost,
    /// It was answered well, and the answer cannot be read.
    Unreadable,
    /// It was not sent, though a session may exist: the refresh token is in another tab's memory, or the lock was kept.
    Unknown,
    Nothing,
}

/// What another tab says.
pub enum Said<A: Account> {
    SignedIn(Granted<A>),
    SignedOut,
    Refreshed(Granted<A>),
    /// Who has a token that is still fresh?
    AskToken,
    /// The answer of one that has.
    Token(Granted<A>),
    /// The answer of one that has not.
    NoToken,
    /// A refresh of this person's session was sent, and its answer lost.
    RefreshLost(A::Id),
    /// The platform refused to refresh this person's session.
    RefreshRefused(A::Id),
}

/// What the other tabs are told.
#[derive(Clone, PartialEq, Eq)]
pub enum Tell<Id> {
    SignedIn(Id, Grant),
    SignedOut,
    Refreshed(Id, Grant),
    Token(Id, Grant),
    NoToken,
    RefreshLost(Id),
    RefreshRefused(Id),
}

/// How a refresh ended.
pub enum End<A: Account> {
    Granted(Granted<A>),
    /// By the platform. Expiry, a changed role or a reused token: it does not say which.
    Refused,
    /// This page has no refresh token to show. Another may have one.
    NothingToShow,
    /// Certainly not: not sent, put off by the platform (429, 503), or given up before.
    NotCarriedOut,
    /// The answer was lost, or none to make sense of: perhaps the refresh token is spent.
    Lost,
}

pub enum Event<A: Account> {
    /// The page was loaded.
    Began(Found<A>),
    SignedIn(Granted<A>),
    SignedOut,
    Heard(Said<A>),
    /// Somebody needs a token. Told with the effects of this event, or of a later one.
    Wanted,
    /// The platform answered 401 to a request that carried this token.
    Rejected(Serial),
    /// The platform answered 401 although the session was just refreshed.
    Lapsed,
    /// The lock is held, or cannot be had by anybody: nobody else is to be waited for.
    Locked(Epoch),
    /// The other tabs were asked, and had time to answer.
    Asked(Epoch),
    /// The platform answered a harmless question.
    Reachable(Epoch),
    Ended(Epoch, End<A>),
}

/// What is to be done, in this order.
pub enum Effect<A: Account> {
    /// For everybody who wants a token.
    Use(Credential, Serial),
    /// For everybody who wants one: the last refresh failed a moment ago, and the session may be fine.
    TryLater,
    /// For everybody who wants one: only signing in again helps.
    SignIn,
    /// Take the lock, and report that it is held, or [`End::NotCarriedOut`].
    TakeLock(Epoch),
    /// Ask the other tabs for a fresh token, and report when they had time to answer.
    AskOtherTabs(Epoch),
    /// Ask the platform something harmless, and report whether it answers.
    Probe(Epoch),
    /// Send one refresh request, and report its end.
    SendRefresh(Epoch),
    /// This refresh goes no further: give its lock back.
    Finish(Epoch),
    /// Another tab has answered the question for a token; `true`: with a fresh one.
    OtherAnswered(bool),
    Keep(A::Kept),
    /// Leave a trace for the next page load: a session may exist.
    Remember,
    /// Forget what was kept, and the trace.
    Forget,
    Tell(Tell<A::Id>),
    /// Who is signed in has changed; `true`: a lapsed session came back.
    Show(bool),
}
