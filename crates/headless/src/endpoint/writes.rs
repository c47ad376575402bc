//! What is changed on an order. The fence is set here, for every operation that carries one, and nowhere else.

use omnival_core::ids::OrderRef;
use omnival_core::operation::{Call, Class, Guarded, Idempotent, Marker, Once, Op, Operation};
use omnival_wire::Value;
use omnival_wire::config::Config;
use omnival_wire::request::{self, ChecklistAnswer};

use super::path::Place;

/// The members of a request's body.
pub type Members = Vec<(&'static str, Value)>;

/// What a write is about, as the operator saw it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub at: &'a OrderRef,
    /// The order's version when the operator decided. A write is fenced against this, not against what a refresh behind
    /// the dialog found.
    pub version: Option<u64>,
    /// The report, payment, … of the order that it is about; empty if it is about the order.
    pub id: &'a str,
}

impl Seen<'_> {
    /// The version that the platform is to compare, where it can and the operation carries one.
    pub(super) fn fence(&self, operation: Operation, config: &Config) -> Option<u64> {
        self.version.filter(|_| operation.fenced() && config.fence)
    }
}

/// A write that is sent once, of either class.
pub enum OnceCall {
    Once(Call<Once>),
    Guarded(Call<Guarded>),
}

/// The parts of a form that goes along with a file, in their order.
pub type Parts = Vec<(&'static str, String)>;

/// A write on an order whose operation is known when the program runs. `None` if that may be repeated, is not about an
/// order that exists, or does not name what it is about.
pub fn once(operation: Operation, seen: &Seen<'_>, members: Members, config: &Config) -> Option<OnceCall> {
    let fence = seen.fence(operation, config);
    let fence = fence.map(|version| ("expectedVersion", Value::Number(version.to_string())));
    let members = members.into_iter().chain(fence);
    let members = members.map(|(name, value)| (name.to_owned(), value)).collect();
    once_call(operation, seen, Some(request::body(&Value::Object(members))))
}

/// The same with a file, and the parts of its form: these and the fence.
pub fn upload(operation: Operation, seen: &Seen<'_>, parts: Parts, config: &Config) -> Option<(OnceCall, Parts)> {
    let fence = seen.fence(operation, config);
    let fence = fence.map(|version| ("expectedVersion", version.to_string()));
    let parts = fence.into_iter().chain(parts).collect();
    Some((once_call(operation, seen, None)?, parts))
}

fn once_call(operation: Operation, seen: &Seen<'_>, body: Option<String>) -> Option<OnceCall> {
    let path = operation.path();
    if !path.starts_with("{order}") || path.contains("{id}") == seen.id.is_empty() {
        return None;
    }
    let place = Place::order(seen.at).of(seen.id);
    match operation.class() {
        Class::Once => Op::of(operation).map(|op| OnceCall::Once(call(op, place, body))),
        Class::Guarded => Op::of(operation).map(|op| OnceCall::Guarded(call(op, place, body))),
        Class::Read | Class::Idempotent => None,
    }
}

pub(super) fn call<C: Marker>(op: Op<C>, place: Place<'_>, body: Option<String>) -> Call<C> {
    let operation = op.operation();
    Call::new(op, operation.method(), place.fill(operation.path()), body)
}

/// `party`: `vendor` or `client`.
pub fn access(at: &OrderRef, document: &str, party: &str, granted: bool) -> Call<Idempotent> {
    const GRANT: Op<Idempotent> = Op::new(Operation::GrantAccess);
    const REVOKE: Op<Idempotent> = Op::new(Operation::RevokeAccess);
    let op = if granted { GRANT } else { REVOKE };
    call(op, Place::order(at).of(document).by(party), None)
}

pub fn answer_item(at: &OrderRef, item: &str, answer: Option<&str>, note: Option<&str>) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::AnswerItem);
    let body = request::body(&ChecklistAnswer { answer, note });
    call(OP, Place::order(at).of(item), Some(body))
}

pub fn delete_draft(at: &OrderRef) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::DeleteDraft);
    call(OP, Place::order(at), None)
}

#[cfg(test)]
mod tests {
    use omnival_core::ids::{ClientId, LoanId, OrderId, OrderRef};
    use omnival_core::operation::Operation;

    use super::Seen;
    use crate::fake;

    #[test]
    fn an_operation_is_fenced_if_its_row_says_so_and_the_platform_can_check_it() {
        let at = OrderRef {
            client: ClientId::new("c"),
            loan: LoanId::new("l"),
            order: OrderId::new("o"),
        };
        let seen = |version| Seen {
            at: &at,
            version,
            id: "",
        };
        let (able, unable) = (fake::able(), fake::config());
        for operation in Operation::ALL.iter().copied() {
            let expected = operation.fenced().then_some(7);
            assert_eq!(seen(Some(7)).fence(operation, &able), expected, "{operation:?}");
            assert_eq!(seen(Some(7)).fence(operation, &unable), None);
            assert_eq!(seen(None).fence(operation, &able), None);
        }
    }
}
