//! What must hold in every state.

use omnival_core::session::Who;
use omnival_core::session::events::{Effect, Event};
use stateright::Property;

use super::setup::Setup;
use super::state::{Person, Phase, State};
use super::world;

pub const ONE_AT_A_TIME: &str = "one refresh at a time in a partition";
pub const ONE_PER_EXPIRY: &str = "no refresh while a tab of the partition has a good token";
pub const NEVER_BLIND: &str = "a refresh token that may be spent is never shown blindly, nor a third time";
pub const SESSION_LIVES: &str = "without losses no session ends by a spent token";
pub const OUT_IS_OUT: &str = "a page that is signed out stays out";
pub const OWN_TOKEN: &str = "a page uses nobody else's token";
pub const EVERY_TAB: &str = "signing out reaches every tab";
pub const NOBODY_WAITS: &str = "no request waits for ever";

pub fn of(setup: &Setup) -> Vec<Property<Setup>> {
    let mut all = vec![
        Property::always(ONE_AT_A_TIME, one_at_a_time),
        Property::always(OUT_IS_OUT, out_is_out),
        Property::always(OWN_TOKEN, own_token),
        Property::always(EVERY_TAB, every_tab),
        Property::always(NOBODY_WAITS, nobody_waits),
    ];
    let left = &setup.budget;
    // Who is not heard in time cannot be asked, and who died with a request under way cannot tell of it. Then a refresh
    // too many may leave, and the session may end; nothing worse.
    if left.slow == 0 && left.crashes == 0 {
        all.push(Property::always(ONE_PER_EXPIRY, |_, state: &State| {
            !state.wrong.needless
        }));
        all.push(Property::always(NEVER_BLIND, |_, state: &State| !state.wrong.blind));
        if left.losses == 0 {
            all.push(Property::always(SESSION_LIVES, |_, state: &State| !state.wrong.reused));
        }
    }
    all
}

fn one_at_a_time(_: &Setup, state: &State) -> bool {
    (0..2).all(|partition| {
        let sent = state
            .tabs
            .iter()
            .filter(|page| page.partition == partition)
            .flat_map(|page| &page.refreshes);
        sent.filter(|(_, phase)| matches!(phase, Phase::Answer { .. })).count() <= 1
    })
}

/// Asked for a token, the production machine sends to the sign-in, and tells no other tab a token.
fn out_is_out(_: &Setup, state: &State) -> bool {
    let out = state
        .tabs
        .iter()
        .filter(|page| page.alive && *page.session.who() == Who::Nobody);
    out.into_iter().all(|page| {
        let mut session = page.session.clone();
        let answer = session.step(Event::Wanted, state.clock());
        session.to_share(state.clock()).is_none() && !answer.iter().any(|effect| matches!(effect, Effect::Use(..)))
    })
}

fn own_token(_: &Setup, state: &State) -> bool {
    state.tabs.iter().all(|page| {
        let (Who::Someone(Person(user)), Some(grant)) = (page.session.who(), state.shareable(page)) else {
            return true;
        };
        state.token(&grant.access).is_none_or(|token| token.session == *user)
    })
}

fn is_quiet(setup: &Setup, state: &State) -> bool {
    let mut actions = Vec::new();
    world::possible(setup, state, &mut actions);
    actions.is_empty()
}

fn every_tab(setup: &Setup, state: &State) -> bool {
    let out = |partition| {
        state
            .tabs
            .iter()
            .any(|page| page.partition == partition && *page.session.who() == Who::Nobody)
    };
    let both = state
        .tabs
        .iter()
        .any(|page| page.alive && page.is_signed_in() && out(page.partition));
    !both || setup.budget.sign_ins > 0 || setup.budget.crashes > 0 || !is_quiet(setup, state)
}

fn nobody_waits(setup: &Setup, state: &State) -> bool {
    let waits = state
        .tabs
        .iter()
        .any(|page| page.session.is_asked() || !page.refreshes.is_empty());
    !waits || !is_quiet(setup, state)
}
