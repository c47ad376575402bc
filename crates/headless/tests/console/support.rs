//! Pages that are signed in, and what they ask for.

use omnival_core::ids::{ClientId, LoanId, OrderId, OrderRef};
use omnival_core::operation::Call;
use omnival_core::operation::{Operation, Read};
use omnival_headless::api::{Api, Failure};
use omnival_headless::endpoint;
use omnival_headless::fake::{self, Page, Partition, Plan, Server, World};
use omnival_headless::platform::Tasks;
use omnival_wire::config::{Config, Transport};

/// How a console is set up.
pub type Deployment = fn() -> Config;

pub const CONFIG: Deployment = || Config {
    api_base: "https://platform.example".to_owned(),
    ..fake::able()
};
/// With refresh tokens that travel in bodies, and a platform that compares no versions.
pub const IN_BODIES: Deployment = || Config {
    transport: Transport::Body,
    ..fake::config()
};

/// One page with its drivers.
pub struct Tab {
    pub page: Page,
    pub api: Api<Page>,
}

impl Tab {
    /// A page load, up to where the drivers have begun.
    pub fn open(partition: &Partition, config: Deployment) -> Self {
        Self::begin(Page::open(partition), config)
    }

    /// The drivers of a page that has just been loaded.
    pub fn begin(page: Page, config: Deployment) -> Self {
        let api = Api::new(page.clone(), config());
        api.start(Box::new(|_| ()));
        Self { page, api }
    }

    pub fn sign_in(&self, user: &str) {
        let (api, user) = (self.api.clone(), user.to_owned());
        let signed_in = self
            .page
            .wait(async move { api.session().sign_in(&user, "secret").await });
        assert_eq!(signed_in, Some(Ok(())));
    }

    /// Reads an order, and says how it went.
    pub fn read(&self) -> Result<(), Failure> {
        let api = self.api.clone();
        let read = async move { api.repeat(order(), |_| Ok(())).await };
        self.page.wait(read).expect("every read ends")
    }

    /// The same, without waiting for its end.
    pub fn begin_read(&self) -> Reading {
        let (api, ended) = (self.api.clone(), Reading::default());
        let told = ended.clone();
        self.page.spawn(Box::pin(async move {
            let end = api.repeat(order(), |_| Ok(())).await;
            *told.0.borrow_mut() = Some(end);
        }));
        ended
    }

    /// `starting`, `nobody`, or the person; `(person)` if their session has lapsed.
    pub fn who(&self) -> String {
        use omnival_headless::session::Who;
        match self.api.session().who() {
            Who::Starting => "starting".to_owned(),
            Who::Nobody => "nobody".to_owned(),
            Who::Someone(user) => user.id.as_str().to_owned(),
            Who::Lapsed(user) => format!("({})", user.id.as_str()),
        }
    }
}

/// A read that is under way, or has ended.
#[derive(Clone, Default)]
pub struct Reading(std::rc::Rc<std::cell::RefCell<Option<Result<(), Failure>>>>);

impl Reading {
    pub fn has_ended(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub fn end(&self) -> Result<(), Failure> {
        self.0.borrow().clone().expect("it has ended")
    }
}

pub fn at() -> OrderRef {
    OrderRef {
        client: ClientId::new("cli-1"),
        loan: LoanId::new("loan-1"),
        order: OrderId::new("ord-1"),
    }
}

pub fn order() -> Call<Read> {
    endpoint::read_order(&at())
}

pub const ORDER_PATH: &str = "/api/clients/cli-1/loans/loan-1/orders/ord-1";

/// A browser in which this person is signed in, in so many tabs.
pub struct Browser {
    pub world: World,
    pub server: Server,
    pub partition: Partition,
    pub tabs: Vec<Tab>,
}

impl Browser {
    pub fn empty() -> Self {
        let world = World::new();
        Self {
            server: Server::new(&world),
            partition: Partition::new(&world),
            tabs: Vec::new(),
            world,
        }
    }

    pub fn signed_in(tabs: usize) -> Self {
        let mut browser = Self::empty();
        browser.open(CONFIG).sign_in("mia");
        for _ in 1..tabs {
            browser.open(CONFIG);
        }
        for tab in &browser.tabs {
            assert_eq!(tab.who(), "mia");
        }
        assert_eq!(browser.server.refreshes(), 0, "the tabs told each other");
        browser
    }

    /// One more page; it knows who is signed in.
    pub fn open(&mut self, config: Deployment) -> &Tab {
        let tab = Tab::open(&self.partition, config);
        self.world.run(2_000);
        self.tabs.push(tab);
        self.tabs.last().expect("the page")
    }

    pub fn tab(&self, number: usize) -> &Tab {
        &self.tabs[number]
    }

    /// This happens to the requests of one operation, in their order; those after them travel well.
    pub fn network(&self, operation: Operation, plans: Vec<Plan>) {
        let mut plans = plans.into_iter();
        let path = operation.path();
        self.world.route(move |wire| {
            let is_meant = wire.url.ends_with(path) && wire.method == operation.method();
            let plan = if is_meant { plans.next() } else { None };
            plan.unwrap_or_default()
        });
    }

    pub fn who(&self) -> Vec<String> {
        self.tabs.iter().map(Tab::who).collect()
    }
}
