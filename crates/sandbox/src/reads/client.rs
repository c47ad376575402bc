//! What belongs to a client: the queue, and what changes rarely.
#![deny(clippy::wildcard_enum_match_arm)]

use rusqlite::Connection;

use super::{queue, reference};
use crate::contract::answer::Answer;
use crate::contract::operations::ClientRead;
use crate::contract::roles::Permission;
use crate::input::Parameters;
use crate::input::call::Call;
use crate::model::user::User;
use crate::problem::Problem;
use crate::state::AppState;

/// Answers a read that belongs to a client.
pub fn of_client(
    state: &AppState,
    connection: &Connection,
    call: &Call,
    user: &User,
    operation: ClientRead,
) -> Result<Answer, Problem> {
    let scope = user.scope(&call.ids.client)?;
    let parameters = Parameters::new(call.parameters()?);
    user.require(Permission::View)?;
    match operation {
        ClientRead::ListOrders => queue::page(state, connection, call, &scope, &parameters),
        ClientRead::ListHistoryTypes => reference::history_types(),
        ClientRead::ListLoans => reference::loans(connection, &scope, &parameters),
        ClientRead::ListProducts => reference::products(connection, &scope),
        ClientRead::ListBranches => reference::branches(connection, &scope),
        ClientRead::ListVendors => reference::vendors(connection, &scope, &parameters),
        ClientRead::ListPaymentMethods => reference::payment_methods(connection, &scope),
        ClientRead::ListDeliveryConfigurations => reference::delivery_configurations(&scope),
        ClientRead::ResolveFee => reference::fee(connection, &scope, &parameters),
    }
}
