//! What belongs to a loan.
#![deny(clippy::wildcard_enum_match_arm)]

use rusqlite::Connection;

use super::shapes::dated;
use crate::contract::answer::Answer;
use crate::contract::operations::LoanRead;
use crate::contract::roles::Permission;
use crate::input::call::Call;
use crate::model::user::User;
use crate::problem::Problem;
use crate::rules::visibility::visible_loan;
use crate::store::{orders, queue};

/// Answers a read that belongs to a loan.
pub fn of_loan(connection: &Connection, call: &Call, user: &User, operation: LoanRead) -> Result<Answer, Problem> {
    let scope = user.scope(&call.ids.client)?;
    call.parameters()?;
    let (loan, _) = visible_loan(connection, &scope, &call.ids.loan)?;
    user.require(Permission::View)?;
    match operation {
        LoanRead::GetLoan => Answer::json(&loan),
        LoanRead::ListLoanOrders => {
            let rows = queue::of_loan(connection, &scope, &loan.id)?;
            dated(orders::summaries(connection, &rows)?, call.now)
        }
    }
}
