//! An operator at a page of the console, and the world around them.

use omnival_core::ids::{ClientId, IntentId, LoanId, OrderId, OrderRef, VendorId};
use omnival_core::operation::Operation;
use omnival_core::order::Order;
use omnival_core::recovery::attempt::Stage;
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::outcome::Reply;
use omnival_core::recovery::snapshot::Snapshot;
use omnival_headless::api::Api;
use omnival_headless::attempts::{Attempts, Tracked};
use omnival_headless::endpoint::{self, OnceCall, Seen};
use omnival_headless::fake::{self, FakeFile, Page, Partition, Plan, Server, Wire, World};
use omnival_headless::http::UploadBody;
use omnival_headless::platform::{Clock, Random};
use omnival_headless::tabs::TabMessage;
use omnival_wire::config::Config;
use omnival_wire::order as decode;

use super::orders::{ME, Orders};

pub const SETTLE_MS: u64 = 120_000;

pub struct Office {
    pub world: World,
    pub partition: Partition,
    pub server: Server,
    pub orders: Orders,
    pub config: Config,
}

impl Office {
    /// With the orders `ord-1` to `ord-3`.
    pub fn new() -> Self {
        Self::with_only(&["ord-1", "ord-2", "ord-3"])
    }

    pub fn with_only(orders: &[&str]) -> Self {
        let ids = orders;
        let world = World::new();
        let server = Server::new(&world);
        let clock = Page::open(&Partition::new(&world));
        let orders = Orders::new(&world, &server, clock);
        for id in ids {
            orders.add(id);
        }
        Self {
            partition: Partition::new(&world),
            config: fake::config(),
            world,
            server,
            orders,
        }
    }

    /// The platform compares versions.
    pub fn fenced() -> Self {
        let mut office = Self::new();
        office.config = fake::able();
        office
    }

    /// A first page, where the operator signs in.
    pub fn desk(&self) -> Desk {
        let desk = Desk::load(self);
        desk.sign_in(ME);
        desk
    }

    /// Another page of the same browser, opened while they are signed in.
    pub fn another(&self) -> Desk {
        let desk = Desk::load(self);
        self.world.run(2_000);
        desk.attempts.session_changed();
        self.world.run(100);
        assert!(desk.api.session().user().is_some(), "signed in by the other page");
        desk
    }

    /// What becomes of writes from here on; reads are quick.
    pub fn writes_go(&self, plan: &Plan) {
        let plan = plan.clone();
        self.world
            .route(move |wire| if is_write(wire) { plan.clone() } else { Plan::default() });
    }

    pub fn run_until(&self, what: &str, is_so: impl Fn() -> bool) {
        assert!(self.world.run_until(is_so), "never: {what}");
    }

    /// The journal's stages, by attempt, as the store has them.
    pub fn stages(&self) -> Vec<String> {
        let journal = self.partition.journal();
        let stage = |text: &String| {
            let (_, rest) = text.split_once("\"stage\":{\"is\":\"")?;
            rest.split('"').next().map(str::to_owned)
        };
        journal.values().filter_map(stage).collect()
    }
}

pub fn is_write(wire: &Wire) -> bool {
    wire.method.as_str() == "POST" && wire.url.contains("/orders/")
}

pub fn order(id: &str) -> OrderRef {
    OrderRef {
        client: ClientId::new("cli-1"),
        loan: LoanId::new("loan-1"),
        order: OrderId::new(id),
    }
}

pub fn assign() -> Goal {
    Goal::Assign {
        vendor: VendorId::new("ven-1"),
        name: "Pine Valuations".into(),
    }
}

/// What the operator saw when they opened the dialog.
#[derive(Clone)]
pub struct View {
    pub order: Order,
    baseline: Baseline,
}

pub struct Desk {
    pub page: Page,
    pub api: Api<Page>,
    pub attempts: Attempts<Page>,
}

impl Desk {
    fn load(office: &Office) -> Self {
        let page = Page::open(&office.partition);
        let api = Api::new(page.clone(), office.config.clone());
        let attempts = Attempts::new(api.clone());
        let hears = attempts.clone();
        api.start(Box::new(move |message: &TabMessage| {
            hears.session_changed();
            hears.heard(message);
        }));
        Self { page, api, attempts }
    }

    pub fn sign_in(&self, user: &str) {
        let (session, user) = (self.api.session().clone(), user.to_owned());
        let signed_in = self.page.wait(async move { session.sign_in(&user, "x").await });
        assert!(matches!(signed_in, Some(Ok(()))), "not signed in");
        self.attempts.session_changed();
        self.page.wait(self.page.sleep(100));
    }

    pub fn look(&self, id: &str) -> View {
        let (api, at) = (self.api.clone(), order(id));
        let read = async move {
            let order = api.repeat(endpoint::read_order(&at), decode::order).await.ok()?;
            let history = api.repeat(endpoint::history(&at, None), decode::history).await.ok()?;
            Some((order, history))
        };
        let (order, history) = self.page.wait(read).flatten().expect("it can be read");
        let baseline = Baseline {
            order: Some(Snapshot::of(&order)),
            newest: history.entries.first().map(|entry| entry.id.clone()),
            payments: Vec::new(),
            records: Vec::new(),
        };
        View { order, baseline }
    }

    fn intent(&self, view: &View, goal: Goal) -> Intent {
        let user = self.api.session().user().expect("signed in");
        Intent {
            id: IntentId::new(&self.page.uuid()),
            goal,
            at: Some(view.order.at.clone()),
            user: user.id,
            user_name: user.name,
            asked: Vec::new(),
            baseline: view.baseline.clone(),
            pressed_at: self.page.wall(),
            endpoint: "POST /x".into(),
        }
    }

    /// The button is pressed on what was seen. Nothing of it has happened when this returns.
    pub fn press(&self, view: &View, goal: Goal) -> IntentId {
        let operation = match &goal {
            Goal::Hold => Operation::Hold,
            Goal::Assign { .. } => Operation::Assign,
            other => panic!("no test presses {other:?}"),
        };
        let call = endpoint::once(operation, &target(view), Vec::new(), self.api.config());
        let intent = self.intent(view, goal);
        match call.expect("a write on an order that is sent once") {
            OnceCall::Once(call) => self.attempts.begin(intent, call),
            OnceCall::Guarded(call) => self.attempts.begin(intent, call),
        }
    }

    /// The same with a file of 4 KiB.
    pub fn upload(&self, view: &View) -> IntentId {
        let uploaded = endpoint::upload(Operation::AddDocument, &target(view), Vec::new(), self.api.config());
        let Some((OnceCall::Once(call), parts)) = uploaded else {
            panic!("adding a document is sent once, with a file");
        };
        let body = UploadBody {
            parts,
            file: FakeFile {
                name: "plan.pdf".into(),
                size: 4_096,
            },
            media_type: "application/pdf",
        };
        let intent = self.intent(view, Goal::act(Operation::AddDocument));
        self.attempts.begin_upload(intent, call, body)
    }

    pub fn tracked(&self, id: &IntentId) -> Tracked {
        self.attempts.get(id).expect("followed by this page")
    }

    pub fn has_ended(&self, id: &IntentId) -> bool {
        self.attempts.get(id).is_some_and(|tracked| !tracked.is_open())
    }

    pub fn is_verifying(&self, id: &IntentId) -> bool {
        let tracked = self.attempts.get(id);
        tracked.is_some_and(|tracked| matches!(tracked.attempt.stage(), Stage::Verifying(_)))
    }

    /// How it ends, sooner or later.
    pub fn verdict(&self, office: &Office, id: &IntentId) -> Verdict {
        office.run_until("a verdict", || self.has_ended(id));
        // What follows from it is written down.
        office.world.run(50);
        let tracked = self.tracked(id);
        tracked.attempt.conclusion().expect("an end").verdict.clone()
    }

    pub fn reply(&self, id: &IntentId) -> Reply {
        let tracked = self.tracked(id);
        tracked.attempt.conclusion().expect("an end").reply.clone()
    }

    pub fn happened(&self, id: &IntentId) -> String {
        self.tracked(id).message().expect("an end").happened
    }
}

fn target(view: &View) -> Seen<'_> {
    Seen {
        at: &view.order.at,
        version: view.order.version,
        id: "",
    }
}
