//! Creating a draft, and saving its parts.

use omnival_core::ids::{ClientId, LoanId};
use omnival_core::operation::{Call, Idempotent, Once, Op, Operation};
use omnival_wire::config::Config;
use omnival_wire::request::{self, Conditions, Contact, Contacts, Create, Fenced, Preferred, Property, WithFence};
use serde::Serialize;

use super::path::Place;
use super::writes::{Seen, call};

pub fn create_draft(client: &ClientId, under: &LoanId, body: &Create<'_>) -> Call<Once> {
    const OP: Op<Once> = Op::new(Operation::CreateDraft);
    call(OP, Place::loan(client, under), Some(request::body(body)))
}

pub fn save_property(seen: &Seen<'_>, body: Property<'_>, config: &Config) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::SaveProperty);
    save(OP, seen, body, config)
}

pub fn save_contacts(seen: &Seen<'_>, contacts: Vec<Contact<'_>>, config: &Config) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::SaveContacts);
    save(OP, seen, Contacts { contacts }, config)
}

pub fn save_conditions(seen: &Seen<'_>, body: Conditions<'_>, config: &Config) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::SaveConditions);
    save(OP, seen, body, config)
}

pub fn save_vendor(seen: &Seen<'_>, body: Preferred<'_>, config: &Config) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::SaveVendor);
    save(OP, seen, body, config)
}

fn save(op: Op<Idempotent>, seen: &Seen<'_>, body: impl Serialize, config: &Config) -> Call<Idempotent> {
    let fence = Fenced {
        expected_version: seen.fence(op.operation(), config),
    };
    call(
        op,
        Place::order(seen.at),
        Some(request::body(&WithFence { body, fence })),
    )
}
