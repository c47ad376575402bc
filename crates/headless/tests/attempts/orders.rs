//! A platform's orders: what each write really did, by a ledger; and what reads show of it, late if it is told to.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use omnival_core::time::Timestamp;
use omnival_headless::fake::{Answering, Page, Server, Wire, World};
use omnival_headless::platform::Clock;

pub const ME: &str = "usr-me";
const ANN: &str = "usr-ann";

const ASSIGNED: i32 = 1;
const ON_HOLD: i32 = 9;

/// What was carried out, and for which attempt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution {
    pub intent: String,
    pub act: &'static str,
    pub order: String,
}

struct Order {
    version: u64,
    status: i32,
    vendor: Option<String>,
    updated_at: Timestamp,
    history: Vec<String>,
    documents: Vec<String>,
}

/// A handle; clones are the same orders.
#[derive(Clone)]
pub struct Orders(Rc<Inner>);

struct Inner {
    clock: Page,
    orders: RefCell<BTreeMap<String, Order>>,
    ledger: RefCell<Vec<Execution>>,
    /// Every write that arrived, carried out or not.
    arrived: RefCell<Vec<Wire>>,
    unreadable: Cell<bool>,
    refusal: Cell<Option<u16>>,
}

impl Orders {
    /// `clock` is a page that is nobody's, to tell the time.
    pub fn new(world: &World, server: &Server, clock: Page) -> Self {
        let orders = Self(Rc::new(Inner {
            clock,
            orders: RefCell::default(),
            ledger: RefCell::default(),
            arrived: RefCell::default(),
            unreadable: Cell::new(false),
            refusal: Cell::new(None),
        }));
        let serving = orders.clone();
        server.route(move |wire| serving.answer(wire));
        // Everything here lies before the first second.
        world.run(5_000);
        orders
    }

    pub fn add(&self, id: &str) {
        let order = Order {
            version: 1,
            status: ASSIGNED,
            vendor: None,
            updated_at: Timestamp(self.now().0 - 3_600_000),
            history: vec![entry(&Entry {
                id: "evt-0",
                kind: "orderUpdated",
                by: ANN,
                at: Timestamp(self.now().0 - 3_600_000),
                vendor: None,
            })],
            documents: Vec::new(),
        };
        self.0.orders.borrow_mut().insert(id.to_owned(), order);
    }

    fn now(&self) -> Timestamp {
        self.0.clock.wall()
    }

    pub fn ledger(&self) -> Vec<Execution> {
        self.0.ledger.borrow().clone()
    }

    /// The writes that arrived, by the attempt that they carry.
    pub fn arrived(&self) -> Vec<String> {
        let arrived = self.0.arrived.borrow();
        arrived.iter().map(intent_of).collect()
    }

    pub fn last_write(&self) -> Option<Wire> {
        self.0.arrived.borrow().last().cloned()
    }

    /// History and payments cannot be read for now, by anybody.
    pub fn set_unreadable(&self, unreadable: bool) {
        self.0.unreadable.set(unreadable);
    }

    /// The next write is refused with this status.
    pub fn refuse_next(&self, status: u16) {
        self.0.refusal.set(Some(status));
    }

    /// A colleague puts the order on hold.
    pub fn colleague_holds(&self, id: &str) {
        self.carry_out(id, "hold", ANN, "");
    }

    fn answer(&self, wire: &Wire) -> Option<Answering> {
        let (_, rest) = wire.url.split_once("/orders/")?;
        let (id, act) = rest.split_once('/').unwrap_or((rest, ""));
        let act = act.split('?').next().unwrap_or_default();
        if !self.0.orders.borrow().contains_key(id) {
            return None;
        }
        Some(match (wire.method.as_str(), act) {
            ("GET", _) => self.read(id, act),
            ("POST", "hold") => self.write(wire, id, "hold"),
            ("POST", "assign") => self.write(wire, id, "assign"),
            ("POST", "documents") => self.write(wire, id, "documents"),
            _ => return None,
        })
    }

    fn read(&self, id: &str, what: &str) -> Answering {
        let orders = self.0.orders.borrow();
        let Some(order) = orders.get(id) else {
            return Answering::status(404);
        };
        if self.0.unreadable.get() && !what.is_empty() {
            return Answering::status(503);
        }
        let items = |items: &[String]| Answering::new(200, &format!(r#"{{"items":[{}]}}"#, items.join(",")));
        match what {
            "" => Answering::new(200, &order_text(id, order)),
            "history" => items(&order.history),
            "documents" => items(&order.documents),
            _ => items(&[]),
        }
    }

    fn write(&self, wire: &Wire, id: &str, act: &'static str) -> Answering {
        self.0.arrived.borrow_mut().push(wire.clone());
        if let Some(status) = self.0.refusal.take() {
            return Answering::new(status, r#"{"detail":"The platform has its reasons to refuse this."}"#);
        }
        let expected = wire.body.as_deref().and_then(|body| {
            let (_, rest) = body.split_once("\"expectedVersion\":")?;
            rest.trim_end_matches('}').parse::<u64>().ok()
        });
        let refused = {
            let orders = self.0.orders.borrow();
            let Some(order) = orders.get(id) else {
                return Answering::status(404);
            };
            expected.is_some_and(|expected| expected != order.version) || (act == "hold" && order.status == ON_HOLD)
        };
        if refused {
            return Answering::new(409, r#"{"detail":"The order has moved on meanwhile."}"#);
        }
        let intent = intent_of(wire);
        self.carry_out(id, act, ME, &intent);
        self.0.ledger.borrow_mut().push(Execution {
            intent,
            act,
            order: id.to_owned(),
        });
        Answering::new(200, &order_text(id, &self.0.orders.borrow()[id]))
    }

    fn carry_out(&self, id: &str, act: &str, by: &str, intent: &str) {
        let at = self.now();
        let mut orders = self.0.orders.borrow_mut();
        let order = orders.get_mut(id).expect("a known order");
        order.version += 1;
        order.updated_at = at;
        let (kind, vendor) = match act {
            "hold" => ("held", None),
            "assign" => ("assigned", Some("ven-1")),
            _ => ("documentAdded", None),
        };
        match act {
            "hold" => order.status = ON_HOLD,
            "assign" => order.vendor = vendor.map(str::to_owned),
            _ => order.documents.push(format!(
                r#"{{"id":"doc-{version}","name":"plan.pdf","size":4096,"uploadedAt":"{at}","uploadedBy":{by},"correlationId":"{intent}"}}"#,
                version = order.version,
                at = at.rfc3339(),
                by = actor(by),
            )),
        }
        let id = format!("evt-{}", order.version);
        let told = entry(&Entry {
            id: &id,
            kind,
            by,
            at,
            vendor,
        });
        order.history.insert(0, told);
    }
}

/// The attempt that a request carries.
fn intent_of(wire: &Wire) -> String {
    wire.header("X-Correlation-Id").unwrap_or_default().to_owned()
}

struct Entry<'a> {
    id: &'a str,
    kind: &'a str,
    by: &'a str,
    at: Timestamp,
    vendor: Option<&'a str>,
}

fn actor(id: &str) -> String {
    let name = if id == ME { "Mia Operator" } else { "Ann Colleague" };
    format!(r#"{{"id":"{id}","name":"{name}","role":"operations"}}"#)
}

fn entry(entry: &Entry<'_>) -> String {
    let refs = entry
        .vendor
        .map(|vendor| format!(r#","refs":{{"vendorId":"{vendor}"}}"#));
    format!(
        r#"{{"id":"{}","type":"{}","occurredAt":"{}","actor":{},"source":"user","summary":"It happened."{}}}"#,
        entry.id,
        entry.kind,
        entry.at.rfc3339(),
        actor(entry.by),
        refs.unwrap_or_default()
    )
}

fn order_text(id: &str, order: &Order) -> String {
    let vendor = order.vendor.as_ref();
    let vendor = vendor.map(|id| format!(r#","vendor":{{"id":"{id}","name":"Pine Valuations"}}"#));
    format!(
        r#"{{"id":"{id}","clientId":"cli-1","loanId":"loan-1","orderNumber":"{id}","statusCode":{},"version":{},"updatedAt":"{}"{}}}"#,
        order.status,
        order.version,
        order.updated_at.rfc3339(),
        vendor.unwrap_or_default()
    )
}
