//! Mistakes to build in, one at a time: the checker must find each of them.
//!
//! Each replaces or skips a step of the protocol in the model's shell; the production core stays as it is.

/// What is wrong. The first seven are the unsafe rows of the design's table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bug {
    /// No answer: the shell sends it again by itself.
    ResendOnNoAnswer,
    /// 401: the shell renews the session and sends the write again, as interceptors do.
    ReplayOn401,
    /// `conflict/retry-if-proven` (docs/sources.md) taken literally: the history is read once, and "not there" counts
    /// as "not done".
    NoWindow,
    /// Settle window, but the journal lives in the page and dies with it.
    JournalDiesWithPage,
    /// Nothing is written down at all.
    NoJournal,
    /// The retry takes the version that the order has then.
    FenceReadAnew,
    /// The window is one tick shorter than what the deployment promises.
    ShortWindow,
    /// The entry is removed before the request leaves.
    DeletedBeforeSending,
    /// The request leaves first; the entry is written when its answer is in doubt.
    WrittenAfterSending,
    /// The entry is written without asking what else the journal holds.
    NoAdmission,
    /// The journal is asked for what is open, not for what has come and ended since the press.
    AdmissionForgetsPress,
    /// A dead page's attempt is taken over without comparing whose it is by then.
    ClaimWithoutCompare,
    /// The attempt of a page that lives is taken over, and sent again.
    LiveTakeover,
    /// An attempt that a crash left behind is sent again.
    ResendAfterCrash,
    /// An attempt that a crash left behind is given no window of its own.
    ResumeWithoutWindow,
    /// 409 means somebody else.
    ConflictMeansSomebodyElse,
    /// A 2xx whose body is cut counts as no answer, and is sent again.
    CutBodyResent,
    /// Payments are not read for an activation.
    PaymentsNotRead,
    /// A reading is answered from what the page holds already.
    ReadFromCache,
    /// "Still unknown" gives the button back.
    DoubtUnblocks,
}

impl Bug {
    pub const ALL: [Self; 20] = [
        Self::ResendOnNoAnswer,
        Self::ReplayOn401,
        Self::NoWindow,
        Self::JournalDiesWithPage,
        Self::NoJournal,
        Self::FenceReadAnew,
        Self::ShortWindow,
        Self::DeletedBeforeSending,
        Self::WrittenAfterSending,
        Self::NoAdmission,
        Self::AdmissionForgetsPress,
        Self::ClaimWithoutCompare,
        Self::LiveTakeover,
        Self::ResendAfterCrash,
        Self::ResumeWithoutWindow,
        Self::ConflictMeansSomebodyElse,
        Self::CutBodyResent,
        Self::PaymentsNotRead,
        Self::ReadFromCache,
        Self::DoubtUnblocks,
    ];
}
