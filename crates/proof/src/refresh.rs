//! Refreshing the session in several tabs against a platform that rotates strictly.

pub mod properties;
pub mod setup;
mod shell;
pub mod state;
pub mod world;

use std::collections::VecDeque;

use omnival_core::session::Machine;
use omnival_core::session::events::Event;
use stateright::{Model, Property};

use setup::Setup;
use state::{Page, Partition, Session, State, granted};
use world::Action;

impl Model for Setup {
    type State = State;
    type Action = Action;

    /// Somebody has signed in, in each partition anew, and every tab knows it.
    fn init_states(&self) -> Vec<State> {
        let mut state = State {
            now: 0,
            sessions: Vec::new(),
            tokens: Vec::new(),
            partitions: [Partition::default(), Partition::default()],
            tabs: Vec::new(),
            flights: Vec::new(),
            left: self.budget,
            wrong: state::Wrong::default(),
        };
        let grants = [0, 1].map(|partition: u8| {
            state.sessions.push(Session {
                generation: 0,
                revoked: false,
            });
            state.partitions[usize::from(partition)].cookie = Some((partition, 0));
            state.issue(partition)
        });
        let now = state.clock();
        for partition in self.tabs {
            let mut session = Machine::default();
            let grant = grants[usize::from(*partition)].clone();
            // Nobody has to be told: every tab begins like this.
            drop(session.step(Event::SignedIn(granted(*partition, grant)), now));
            state.tabs.push(Page {
                partition: *partition,
                alive: true,
                session,
                refreshes: Vec::new(),
                inbox: VecDeque::new(),
            });
        }
        vec![state]
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
