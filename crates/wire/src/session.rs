//! Sign-in and refresh answers.

use crate::json::{Lenient, Unreadable, Value, json, parse};
use crate::request;
use omnival_core::ids::{BranchId, ClientId, UserId};
use omnival_core::session::renewal::Grant;
use omnival_core::session::{Branch, Client, Credential, User};

const DEFAULT_LIFE_S: i64 = 60;
const LONGEST_LIFE_S: i64 = 86_400;

/// What the platform grants. No `Debug`: it holds credentials.
pub struct Session {
    pub grant: Grant,
    /// Present in transport `body` only.
    pub refresh: Option<Credential>,
    pub user: User,
}

pub fn session(body: &str) -> Result<Session, Unreadable> {
    let value = parse(body)?;
    let access = Credential::new(value.must("accessToken")?).ok_or(Unreadable("a usable access token"))?;
    let seconds = value
        .int("expiresIn")
        .unwrap_or(DEFAULT_LIFE_S)
        .clamp(0, LONGEST_LIFE_S);
    Ok(Session {
        grant: Grant {
            access,
            expires_in_ms: seconds.unsigned_abs() * 1000,
        },
        refresh: value.text("refreshToken").and_then(Credential::new),
        user: user(value.object("user").ok_or(Unreadable("user"))?)?,
    })
}

/// The same, as one tab tells it to another; [`session`] reads it. Goes through memory only, never into a storage.
pub fn share(user: &User, grant: &Grant, refresh: Option<&Credential>) -> String {
    let named = |id: &str, name: &str| json!({ "id": id, "name": name });
    request::body(&json!({
        "accessToken": grant.access.exposed(),
        "expiresIn": grant.expires_in_ms / 1000,
        "refreshToken": refresh.map(Credential::exposed),
        "user": json!({
            "id": user.id.as_str(),
            "name": user.name,
            "username": user.username,
            "role": user.role,
            "permissions": user.permissions,
            "clients": user.clients.iter().map(|client| named(client.id.as_str(), &client.name)).collect::<Vec<_>>(),
            "branches": user
                .branches
                .iter()
                .map(|branch| json!({ "id": branch.id.as_str(), "name": branch.name, "clientId": branch.client.as_str() }))
                .collect::<Vec<_>>(),
        }),
    }))
}

fn user(value: &Value) -> Result<User, Unreadable> {
    let username = value.or_empty("username");
    Ok(User {
        id: UserId::new(value.must("id")?),
        name: value.owned("name").unwrap_or_else(|| username.clone()),
        username,
        role: value.or_empty("role"),
        permissions: value
            .list("permissions")
            .iter()
            .filter_map(|permission| permission.as_str().map(str::to_owned))
            .collect(),
        clients: value
            .list("clients")
            .iter()
            .filter_map(|client| {
                Some(Client {
                    id: ClientId::new(client.text("id")?),
                    name: client.or_empty("name"),
                })
            })
            .collect(),
        branches: value
            .list("branches")
            .iter()
            .filter_map(|branch| {
                Some(Branch {
                    id: BranchId::new(branch.text("id")?),
                    name: branch.or_empty("name"),
                    client: ClientId::new(branch.text("clientId")?),
                })
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_token_or_user_is_unreadable() {
        for body in [
            "",
            "{}",
            r#"{"accessToken":"t"}"#,
            r#"{"accessToken":"","user":{"id":"u"}}"#,
            r#"{"accessToken":"a b","user":{"id":"u"}}"#,
            r#"{"accessToken":"t","user":{"name":"x"}}"#,
        ] {
            assert!(session(body).is_err(), "{body}");
        }
    }

    #[test]
    fn odd_lifetimes_and_lists_are_survived() {
        let body = r#"{"accessToken":"t","expiresIn":-5,"user":{"id":"u","clients":[{"name":"no id"},7],"permissions":"all"}}"#;
        let session = session(body);
        assert!(session.is_ok_and(|session| {
            session.grant.expires_in_ms == 0 && session.user.clients.is_empty() && session.user.permissions.is_empty()
        }));
    }
}
