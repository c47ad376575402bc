//! For which client the queue is, where the address names none. The boot script decides the same, for its first read.

use omnival_core::ids::ClientId;
use omnival_core::session::User;
use omnival_wire::boot::CLIENT_KEY;

use crate::platform::{Area, KeyValue};

/// Remembers the client for the next address that names none.
pub fn remember_client(store: &impl KeyValue, client: &ClientId) {
    store.set(Area::Browser, CLIENT_KEY, client.as_str());
}

pub fn last_client(store: &impl KeyValue) -> Option<ClientId> {
    store.get(Area::Browser, CLIENT_KEY).map(|id| ClientId::new(&id))
}

/// The client last worked for, if it is one of the user's; else their first. `None` if they have none.
pub fn home<'a>(user: &'a User, last: Option<&ClientId>) -> Option<&'a ClientId> {
    let mut clients = user.clients.iter().map(|client| &client.id);
    let first = clients.clone().next();
    clients.find(|id| last == Some(*id)).or(first)
}
