//! Users of all six roles, and colleagues to collide with.

use rusqlite::{Transaction, params};

use super::world::World;
use crate::auth::password;
use crate::contract::roles::Role;
use crate::model::actor::Actor;
use crate::problem::Problem;

/// The demo users that are printed at start; everyone's password is [`PASSWORD`].
pub const DEMO_USERS: [&str; 6] = ["admin", "operations", "client", "finance", "qc", "vendor"];
pub const PASSWORD: &str = "sandbox";
/// Whoever is said to have written what makes an order big.
pub const GROWER: &str = "usr-operations";

/// Which clients (by index) and branches (by index, `None` for all) a user sees.
type Sees = (&'static [usize], Option<usize>);

/// User name, name, role, sight.
const STAFF: [(&str, &str, Role, Sees); 11] = [
    ("admin", "Avery Stone", Role::Admin, (&[0, 1, 2], None)),
    ("operations", "Olivia Grant", Role::Operations, (&[0, 1, 2], None)),
    ("operations2", "Marcus Lee", Role::Operations, (&[0, 1, 2], None)),
    ("operations3", "Ingrid Solberg", Role::Operations, (&[0, 1], None)),
    ("client", "Clara Jensen", Role::Client, (&[0, 1], None)),
    // Sees one branch only: the way to show that scope is enforced.
    ("client2", "Devon Price", Role::Client, (&[0], Some(1))),
    ("client3", "Noemi Castillo", Role::Client, (&[2], None)),
    ("finance", "Farah Nasser", Role::Finance, (&[0, 1, 2], None)),
    ("finance2", "Peter Walsh", Role::Finance, (&[0], None)),
    ("qc", "Quentin Abara", Role::Qc, (&[0, 1, 2], None)),
    ("qc2", "Ruth Feldman", Role::Qc, (&[0, 1], None)),
];

pub(super) fn insert(tx: &Transaction<'_>, world: &World) -> Result<(), Problem> {
    // One hash for all: they share the password, and a hundred hashings would slow every reset.
    let hash = password::hash(PASSWORD, b"sandbox-demo-salt")?;
    for (username, name, role, (clients, branch)) in STAFF {
        let id = format!("usr-{username}");
        insert_user(tx, [&id, username, name, &hash], role, None)?;
        for client in clients.iter().filter_map(|index| world.clients.get(*index)) {
            for (index, seen) in client.branches.iter().enumerate() {
                if branch.is_none_or(|branch| branch == index) {
                    grant(tx, &id, &seen.id)?;
                }
            }
        }
    }
    for (index, vendor) in world.vendors.iter().enumerate() {
        let username = match index {
            0 => "vendor".to_owned(),
            _ => format!("vendor{}", index + 1),
        };
        let id = user_of_vendor(&vendor.id);
        insert_user(
            tx,
            [&id, &username, &vendor.name, &hash],
            Role::Vendor,
            Some(&vendor.id),
        )?;
        for client in &world.clients {
            for branch in &client.branches {
                grant(tx, &id, &branch.id)?;
            }
        }
    }
    Ok(())
}

/// The id of the person who answers for a vendor.
pub(super) fn user_of_vendor(vendor_id: &str) -> String {
    format!("usr-{vendor_id}")
}

fn insert_user(
    tx: &Transaction<'_>,
    [id, username, name, hash]: [&str; 4],
    role: Role,
    vendor_id: Option<&str>,
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO users (id, username, name, role, password_hash, vendor_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, username, name, role, hash, vendor_id],
    )?;
    Ok(())
}

fn grant(tx: &Transaction<'_>, user_id: &str, branch_id: &str) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO user_branches (user_id, branch_id) VALUES (?1, ?2)",
        [user_id, branch_id],
    )?;
    Ok(())
}

/// A member of staff as orders repeat them.
pub(super) fn actor(user_id: &str) -> Actor {
    let known = STAFF
        .iter()
        .find(|(username, ..)| user_id.strip_prefix("usr-") == Some(username));
    let (name, role) = known.map_or((user_id, Role::Operations), |(_, name, role, _)| (*name, *role));
    Actor {
        id: user_id.to_owned(),
        name: name.to_owned(),
        role,
    }
}
