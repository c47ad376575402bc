//! Passwords: Argon2id with parameters far cheaper than a real system's, because every demo user
//! shares one printed password and tests sign in often.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use crate::problem::Problem;

/// What an unknown user's password is compared with, so that a wrong name takes as long as a wrong
/// password. No password matches it: nobody knows one.
const NOBODY: &str = "$argon2id$v=19$m=512,t=1,p=1$bm9ib2R5LW5vYm9keQ$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn hasher() -> Result<Argon2<'static>, Problem> {
    let params = Params::new(512, 1, 1, None).map_err(Problem::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string to store.
pub fn hash(password: &str, salt: &[u8]) -> Result<String, Problem> {
    hasher()?
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(Problem::internal)
}

/// Compares in constant time, off the async threads.
pub async fn matches(password: String, stored: Option<String>) -> Result<bool, Problem> {
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let fits = hasher()?.verify_password(password.as_bytes(), stored.as_str()).is_ok();
        Ok(known && fits)
    })
    .await
    .map_err(Problem::internal)?
}
