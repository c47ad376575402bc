//! The ways in which an operation that is sent once is spoken of, when it has ended.

#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// "The order was activated"
    pub done: &'static str,
    /// "The order was not activated"
    pub not_done: &'static str,
    /// "activated this order"
    pub by_other: &'static str,
    /// What to do about a plain refusal.
    pub mend: &'static str,
    /// What follows [`Self::done`] while money is on its way.
    pub pending: &'static str,
    /// What is to do once it is done.
    pub then: &'static str,
}

impl Words {
    /// For what has none of its own: reads and repeatable writes are spoken of by `message::failure`.
    pub const PLAIN: Self = Self::new(
        "It was carried out",
        "It was not carried out",
        "did the same",
        "Check the details, then try again.",
    );

    pub(super) const fn new(
        done: &'static str,
        not_done: &'static str,
        by_other: &'static str,
        mend: &'static str,
    ) -> Self {
        Self {
            done,
            not_done,
            by_other,
            mend,
            pending: ", and a payment that belongs to it is still pending.",
            then: "Nothing more to do here.",
        }
    }

    /// What is pending is the operation itself.
    pub(super) const fn moves_money(self) -> Self {
        Self {
            pending: " and is still pending.",
            ..self
        }
    }

    /// The answer says that it has arrived, and no more.
    pub(super) const fn has_a_later_result(self) -> Self {
        Self {
            then: "Received is not success: the result comes later, and is watched for on this page.",
            ..self
        }
    }
}
