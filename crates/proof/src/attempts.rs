//! Attempts and journal against platform, network and crashes.

pub mod bugs;
mod moves;
mod network;
pub mod properties;
pub mod server;
pub mod setup;
mod shell;
pub mod state;
pub mod world;

use stateright::{Model, Property};

use setup::Setup;
use state::{Page, State};
use world::Action;

impl Model for Setup {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let page = |partition: &u8| Page {
            partition: *partition,
            life: 0,
            alive: true,
            view: server::View::default(),
            work: None,
            found: None,
            note: None,
        };
        vec![State {
            now: 0,
            server: server::Server::default(),
            flights: Vec::new(),
            journals: [Vec::new(), Vec::new()],
            tabs: self.tabs.iter().map(page).collect(),
            truths: Vec::new(),
            left: self.budget,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        world::possible(self, state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        Some(world::after(self, state, action))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::of(self)
    }
}
