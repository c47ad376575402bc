use std::cell::Cell;
use std::rc::Rc;

use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_headless::api::Api;
use omnival_headless::fake::{self, Answering, Page, Partition, World};
use omnival_headless::platform::BootOrders;
use omnival_headless::queue::Reader;
use omnival_wire::order;

use crate::given::{client, page_body, sign_in, user};

const LIST: &str = "/api/clients/cl-1/orders";

/// A page that Ann is signed in on, by its boot script, and a platform that answers each read with one row more.
struct Desk {
    world: World,
    page: Page,
    api: Api<Page>,
    reader: Reader<Page>,
    asked: Rc<Cell<u32>>,
}

fn desk(boot: Option<BootOrders>) -> Desk {
    let world = World::new();
    let page = Page::open(&Partition::new(&world));
    if let Some(orders) = boot {
        page.hand_over_orders(orders);
    }
    let asked = Rc::new(Cell::new(0));
    let count = Rc::clone(&asked);
    world.serve(move |wire| {
        if !wire.url.contains(LIST) {
            return Answering::status(204);
        }
        count.set(count.get() + 1);
        Answering::new(200, &page_body(1, 50, count.get() as usize, 9))
    });
    let api = sign_in(&page, fake::config());
    let reader = Reader::new(api.clone());
    reader.belongs_to(Some(&user()));
    Desk {
        world,
        page,
        api,
        reader,
        asked,
    }
}

impl Desk {
    /// How many rows the read brought.
    fn read(&self, query: &Query) -> Option<usize> {
        let read = self.reader.clone().read(client(), query.clone());
        self.page.wait(read).unwrap().ok().map(|page| page.rows.len())
    }

    fn last(&self) -> Option<usize> {
        let last: Option<order::Page> = self.reader.last(&client(), &Query::default());
        last.map(|page| page.rows.len())
    }
}

fn boot(url: &str) -> Option<BootOrders> {
    Some(BootOrders {
        url: url.to_owned(),
        status: 200,
        body: page_body(1, 50, 7, 9),
    })
}

#[test]
fn what_the_boot_script_was_answered_is_not_asked_again() {
    let desk = desk(boot("/api/clients/cl-1/orders?pageSize=50"));
    assert_eq!((desk.read(&Query::default()), desk.asked.get()), (Some(7), 0));
    assert_eq!(desk.last(), Some(7));
    assert_eq!((desk.read(&Query::default()), desk.asked.get()), (Some(1), 1), "once");
    assert_eq!(desk.last(), Some(1));
}

#[test]
fn where_the_script_asked_something_else_the_console_asks() {
    for boot in [
        None,
        boot("/api/clients/cl-2/orders?pageSize=50"),
        boot("/api/clients/cl-1/orders?pageSize=50&view=qc"),
    ] {
        let desk = desk(boot);
        assert_eq!((desk.read(&Query::default()), desk.asked.get()), (Some(1), 1));
    }
    let desk = desk(boot("/api/clients/cl-1/orders?pageSize=50"));
    assert_eq!(desk.read(&Query::default().with_page(2)), Some(1));
    assert_eq!(
        (desk.read(&Query::default()), desk.asked.get()),
        (Some(2), 2),
        "it was for the first question only"
    );
}

#[test]
fn an_answer_that_comes_after_its_person_has_gone_is_not_remembered() {
    let desk = desk(None);
    let read = desk.reader.clone().read(client(), Query::default());
    let (reader, session) = (desk.reader.clone(), desk.api.session().clone());
    let leave = async move {
        session.sign_out();
        reader.belongs_to(None);
    };
    let both = futures::future::join(read, leave);
    assert!(desk.page.wait(both).unwrap().0.is_ok());
    assert_eq!(desk.last(), None);
    assert_eq!(desk.reader.last(&ClientId::new("cl-2"), &Query::default()), None);
}

#[test]
fn a_failure_leaves_what_is_remembered() {
    let desk = desk(None);
    assert_eq!(desk.read(&Query::default()), Some(1));
    desk.world.serve(|_| Answering::status(404));
    assert_eq!(desk.read(&Query::default()), None);
    assert_eq!(desk.last(), Some(1));
}
