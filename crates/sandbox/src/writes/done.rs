//! What a write left behind, and how it is answered.

use axum::http::StatusCode;
use serde_json::Value;

use crate::contract::answer::Answer;
use crate::model::user::User;
use crate::problem::Problem;
use crate::rules::visibility;
use crate::store::orders::Stored;

/// What a write left behind.
#[derive(Debug)]
pub enum Done {
    Created(Box<Stored>),
    Changed(Box<Stored>),
    /// Nothing is left to show.
    Nothing,
    /// A part of the order is shown instead of the order.
    Part(Value),
    /// It was tried and told, and it failed: what it left behind stays.
    Refused(Problem),
}

impl Done {
    /// The inner refusal is the answer to something that was done and is to stay.
    pub(super) fn answer(self, user: &User) -> Result<Result<Answer, Problem>, Problem> {
        Ok(Ok(match self {
            Done::Nothing => Answer::empty(),
            Done::Part(part) => Answer::json(&part)?,
            Done::Refused(problem) => return Ok(Err(problem)),
            Done::Changed(stored) => Answer::raw(visibility::shown_to(user, &stored.order)?),
            Done::Created(stored) => {
                let order = &stored.order;
                let location = format!(
                    "/api/clients/{}/loans/{}/orders/{}",
                    order.client_id, order.loan_id, order.id
                );
                Answer {
                    status: StatusCode::CREATED,
                    location: Some(location),
                    ..Answer::json(order)?
                }
            }
        }))
    }
}
