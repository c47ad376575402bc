//! An order being looked at, and what its reads have in common.

use rusqlite::Connection;

use crate::input::call::Call;
use crate::model::record::Record;
use crate::model::user::User;
use crate::problem::Problem;
use crate::store::orders::Stored;
use crate::store::records;

/// An order that may be seen, and who looks at it when.
pub(super) struct Look<'a> {
    pub connection: &'a Connection,
    pub call: &'a Call,
    pub user: &'a User,
    pub stored: &'a Stored,
}

impl Look<'_> {
    /// The order's records of a kind, newest first.
    pub fn records<T: Record>(&self) -> Result<Vec<T>, Problem> {
        records::list(self.connection, self.stored.row, self.call.now)
    }

    /// The newest record of a kind; 404 if there is none.
    pub fn latest<T: Record>(&self, what: &str) -> Result<T, Problem> {
        records::latest(self.connection, self.stored.row, self.call.now)?.ok_or_else(|| Problem::not_found(what))
    }

    /// The record that the path names; 404 if the order has none such.
    pub fn named<T: Record>(&self, what: &str) -> Result<T, Problem> {
        let id = &self.call.ids.part;
        records::get(self.connection, self.stored.row, self.call.now, id)?.ok_or_else(|| Problem::not_found(what))
    }
}
