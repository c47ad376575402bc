//! Records, a browser, and random numbers for the tests.

use omnival_core::ids::{ClientId, OrderId, UserId};
use omnival_core::order::{Order, Summary};
use omnival_core::session::User;
use omnival_headless::api::Api;
use omnival_headless::fake::{Page, Partition, World};
use omnival_headless::platform::{Area, BootSession, KeyValue};
use omnival_wire::config::Config;
use omnival_wire::order::{self as decode, History};
use omnival_wire::session::session;

pub fn user() -> UserId {
    UserId::new("usr-1")
}

pub fn client() -> ClientId {
    ClientId::new("cl-1")
}

pub fn order_id() -> OrderId {
    OrderId::new("ord-1")
}

/// Ann, in this role, with these clients.
pub fn person(role: &str, clients: &[&str]) -> User {
    let clients: Vec<_> = clients
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","name":"{id}"}}"#))
        .collect();
    let clients = clients.join(",");
    let body =
        format!(r#"{{"accessToken":"t","user":{{"id":"usr-1","name":"Ann","role":"{role}","clients":[{clients}]}}}}"#);
    session(&body).map(|session| session.user).unwrap()
}

/// Order `ord-1` of loan `loan-1`, with these further fields.
pub fn order(fields: &str) -> Order {
    let body = format!(r#"{{"id":"ord-1","clientId":"cl-1","loanId":"loan-1",{fields}}}"#);
    decode::order(&body).unwrap()
}

/// A whole draft, in this version.
pub fn draft(version: u64, instructions: &str) -> Order {
    decode::order(&draft_body(version, instructions)).unwrap()
}

/// The same as the platform answers it.
pub fn draft_body(version: u64, instructions: &str) -> String {
    format!(
        r#"{{"id":"ord-1","clientId":"cl-1","loanId":"loan-1","isDraft":true,"version":{version},
        "specialInstructions":"{instructions}",
        "product":{{"id":"p-1","name":"1004"}},"preferredVendorId":"v-1","dueDate":"2026-12-11",
        "loan":{{"number":"L-7","borrowers":[{{"name":"Maria Lopez"}}]}},
        "property":{{"street":"12 Elm St","city":"Austin","county":"Travis","state":"TX","zip":"78701","type":"condo"}},
        "contacts":[{{"role":"agent","name":"Al"}},{{"role":"borrower","name":"Maria Lopez","phone":"512-555-0100"}}]}}"#
    )
}

/// Lets Ann in on this page, by its boot script.
pub fn sign_in(page: &Page, config: Config) -> Api<Page> {
    page.hand_over_session(BootSession::Answered {
        status: 200,
        body: r#"{"accessToken":"t","expiresIn":900,"user":{"id":"usr-1","name":"Ann"}}"#.into(),
    });
    let api = Api::new(page.clone(), config);
    let session = api.session().clone();
    page.wait(async move { session.start().await }).unwrap();
    api
}

pub fn summary(id: &str, reference: &str) -> Summary {
    let body =
        format!(r#"{{"items":[{{"id":"{id}","clientId":"cl-1","loanId":"loan-1","clientReference":"{reference}"}}]}}"#);
    decode::summaries(&body).unwrap().remove(0)
}

/// A page of the queue as the platform answers it: `rows` of `total`.
pub fn page_body(page: u32, page_size: u32, rows: usize, total: u32) -> String {
    let row = |number| format!(r#"{{"id":"ord-{number}","clientId":"cl-1","loanId":"loan-1"}}"#);
    let rows: Vec<_> = (0..rows).map(row).collect();
    let rows = rows.join(",");
    format!(r#"{{"items":[{rows}],"page":{page},"pageSize":{page_size},"total":{total}}}"#)
}

pub fn page(page: u32, page_size: u32, rows: usize, total: u32) -> decode::Page {
    decode::page(&page_body(page, page_size, rows, total)).unwrap()
}

/// The entries with these numbers, in their order.
pub fn history(numbers: impl IntoIterator<Item = usize>, has_older: bool) -> History {
    let entry = |number| format!(r#"{{"id":"h-{number}"}}"#);
    let entries: Vec<_> = numbers.into_iter().map(entry).collect();
    let entries = entries.join(",");
    decode::history(&format!(r#"{{"items":[{entries}],"hasOlder":{has_older}}}"#)).unwrap()
}

/// The numbers of what [`history`] made.
pub fn numbers(history: &History) -> Vec<usize> {
    let number = |id: &str| id.trim_start_matches("h-").parse().unwrap();
    history.entries.iter().map(|entry| number(entry.id.as_str())).collect()
}

/// A page of a browser that keeps nothing yet.
pub fn browser() -> Page {
    Page::open(&Partition::new(&World::new()))
}

/// All keys that the browser keeps.
pub fn keys(page: &Page) -> Vec<String> {
    let mut keys = page.keys(Area::Browser, "");
    keys.sort();
    keys
}

/// xorshift64: the same seed gives the same run.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Less than `below`.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}
