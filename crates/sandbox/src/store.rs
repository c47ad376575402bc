//! Reading and writing the tables: the only room with SQL, but for the seed, which makes the tables. No rule of the workflow
//! lives here.

pub mod agency;
pub mod checklist;
pub mod contents;
pub mod db;
pub mod documents;
pub mod history;
pub mod intents;
pub mod ledger;
pub mod loans;
pub mod orders;
pub mod payments;
pub mod queue;
pub mod records;
pub mod reference;
pub mod samples;
pub mod tasks;
pub mod tokens;
pub mod users;
pub mod vendors;
