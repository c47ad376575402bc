//! What completes an order: four things, none of which is forced. Completion then follows by itself.
//!
//! Sources: `completion/four`, `completion/by-itself` and `payment/after-delivery` in docs/sources.md.

use super::full::Order;
use super::step::Section;
use crate::status::Status;
use crate::words::{AgencyStatus, PaymentStatus};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prerequisite {
    Accepted,
    Delivered,
    Agency,
    Paid,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    Met(&'static str),
    /// And what is to be done.
    Open(&'static str),
    /// It goes on by itself; there is only waiting.
    Waiting(&'static str),
}

impl Prerequisite {
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Delivered, Self::Agency, Self::Paid];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Accepted => "Report accepted",
            Self::Delivered => "Delivered to the borrower",
            Self::Agency => "Agency submission",
            Self::Paid => "Paid",
        }
    }

    /// Where it is worked on.
    pub const fn section(self) -> Section {
        match self {
            Self::Accepted => Section::Report,
            Self::Delivered => Section::Delivery,
            Self::Agency => Section::Agency,
            Self::Paid => Section::Money,
        }
    }

    pub fn of(self, order: &Order) -> State {
        match self {
            Self::Accepted => match order.status {
                Status::ReportAccepted | Status::Completed => State::Met("QC has accepted the report."),
                Status::RovBorrower | Status::RovClient => {
                    State::Open("A reconsideration of value is open: decide it first.")
                }
                _ => State::Open("QC has not accepted the report yet."),
            },
            Self::Delivered => {
                if order.delivery.as_ref().is_some_and(|delivery| delivery.delivered) {
                    State::Met("The borrower has the report.")
                } else {
                    State::Open("The borrower does not have the report yet: send it.")
                }
            }
            Self::Agency => match order.agency.as_ref() {
                None => State::Met("No agency takes this loan's appraisal."),
                Some(agency) if !agency.required => State::Met("Not required for this order."),
                Some(agency) => match &agency.status {
                    AgencyStatus::Successful => State::Met("The agency has taken it."),
                    AgencyStatus::SuccessfulWithWarnings => State::Met("The agency has taken it, with warnings."),
                    status if status.is_on_its_way() => {
                        State::Waiting("A submission is on its way. Received is not success: wait for its result.")
                    }
                    AgencyStatus::NotSuccessful => State::Open(
                        "The submission was not successful: look at its findings, then override or correct.",
                    ),
                    _ => State::Open("It is still to be submitted."),
                },
            },
            Self::Paid => match order.payment.as_ref().map(|payment| &payment.status) {
                Some(PaymentStatus::Paid) => State::Met("Everything that was due has been paid."),
                Some(PaymentStatus::Pending) => {
                    State::Waiting("A payment is pending: see how it ends before anything else is collected.")
                }
                _ => State::Open("Payment is still due."),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_prerequisite_has_a_place_of_its_own() {
        for (index, one) in Prerequisite::ALL.iter().enumerate() {
            for other in &Prerequisite::ALL[..index] {
                assert_ne!(one.section(), other.section());
                assert_ne!(one.label(), other.label());
            }
        }
    }
}
