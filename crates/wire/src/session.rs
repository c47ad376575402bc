//! Sign-in and refresh answers.

use crate::json::{Lenient, Unreadable, Value, parse};
use omnival_core::ids::{BranchId, ClientId, UserId};
use omnival_core::session::refresh::Grant;
use omnival_core::session::{Branch, Client, Credential, User};

const DEFAULT_LIFE_S: i64 = 60;
const LONGEST_LIFE_S: i64 = 86_400;

/// What the platform grants. No `Debug`: it holds credentials.
pub struct Session {
    pub grant: Grant,
    /// Present in transport `body` only.
    pub refresh: Option<Credential>,
    pub user: User,
    /// The answer itself, to be told to another tab.
    pub answer: String,
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
        answer: body.to_owned(),
    })
}

/// A session as one tab tells it to another: the answer that granted it, and how long its token still lasts. Goes through
/// memory only, never into a storage.
pub fn share(answer: &str, left_ms: u64) -> String {
    [&left_ms.to_string(), " ", answer].concat()
}

/// What [`share`] wrote.
pub fn shared(text: &str) -> Result<Session, Unreadable> {
    let (left, answer) = text.split_once(' ').ok_or(Unreadable("a shared session"))?;
    let left: u64 = left.parse().map_err(|_| Unreadable("a lifetime"))?;
    let mut session = session(answer)?;
    session.grant.expires_in_ms = session.grant.expires_in_ms.min(left);
    Ok(session)
}

fn user(value: &Value) -> Result<User, Unreadable> {
    let username = value.or_empty("username");
    Ok(User {
        id: UserId::new(value.must("id")?),
        name: value.owned("name").unwrap_or_else(|| username.clone()),
        username,
        role: value.word("role"),
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
