//! Below which path the console is served.

use std::fmt;
use std::str::FromStr;

/// What other parts of the server answer to, at the root whatever the mount.
const TAKEN: [&str; 3] = ["api", "sandbox", "openapi.yaml"];

/// A path that starts and ends with a slash, of plain segments: `/` or `/orders/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount(String);

impl Default for Mount {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

/// Why a path cannot be a mount, as a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MountError {
    #[error("give a path that starts and ends with a slash, such as /orders/")]
    Slashes,
    #[error("two slashes follow each other")]
    EmptySegment,
    #[error("only letters, digits, \"-\", \"_\" and \".\" can stand between slashes, and no segment begins with a dot")]
    Characters,
    #[error("the server itself answers below /api, /sandbox and /openapi.yaml")]
    Taken,
}

impl FromStr for Mount {
    type Err = MountError;

    fn from_str(path: &str) -> Result<Self, MountError> {
        if path == "/" {
            return Ok(Self::default());
        }
        let inner = path
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'))
            .ok_or(MountError::Slashes)?;
        if inner.split('/').any(str::is_empty) {
            return Err(MountError::EmptySegment);
        }
        if !inner.split('/').all(is_plain) {
            return Err(MountError::Characters);
        }
        if inner.split('/').next().is_some_and(|first| TAKEN.contains(&first)) {
            return Err(MountError::Taken);
        }
        Ok(Self(path.to_owned()))
    }
}

fn is_plain(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !segment.starts_with('.') && segment.bytes().all(is_plain)
}

impl fmt::Display for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a path stands to the mount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'path> {
    /// Below it; what follows the mount, starting with a slash.
    Below(&'path str),
    /// Its own name without the last slash, or the server's root: whoever comes here means the console.
    Entrance,
    Outside,
}

impl Mount {
    pub fn place<'path>(&self, path: &'path str) -> Place<'path> {
        // The mount without its last slash, so that what follows begins with one.
        let base = self.0.strip_suffix('/').unwrap_or(&self.0);
        match path.strip_prefix(base) {
            Some(rest) if rest.starts_with('/') => Place::Below(rest),
            Some("") => Place::Entrance,
            _ if path == "/" => Place::Entrance,
            _ => Place::Outside,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_mount_is_a_path_of_plain_segments_between_slashes() {
        for path in ["/", "/orders/", "/a/b/", "/v1.2/my-orders_2/"] {
            assert_eq!(path.parse::<Mount>().unwrap().to_string(), path);
        }
        for (path, why) in [
            ("", MountError::Slashes),
            ("orders/", MountError::Slashes),
            ("/orders", MountError::Slashes),
            ("//", MountError::EmptySegment),
            ("/a//b/", MountError::EmptySegment),
            ("/a b/", MountError::Characters),
            ("/a%20b/", MountError::Characters),
            ("/../", MountError::Characters),
            ("/a/.hidden/", MountError::Characters),
            ("/a?b/", MountError::Characters),
            ("/ü/", MountError::Characters),
            ("/api/", MountError::Taken),
            ("/sandbox/orders/", MountError::Taken),
        ] {
            assert_eq!(path.parse::<Mount>().unwrap_err(), why, "{path}");
        }
    }

    #[test]
    fn a_path_is_below_the_mount_at_its_entrance_or_outside() {
        let root = Mount::default();
        assert_eq!(root.place("/"), Place::Below("/"));
        assert_eq!(root.place("/orders"), Place::Below("/orders"));
        assert_eq!(root.place("*"), Place::Outside);
        let orders: Mount = "/orders/".parse().unwrap();
        assert_eq!(orders.place("/orders/"), Place::Below("/"));
        assert_eq!(orders.place("/orders/c/x"), Place::Below("/c/x"));
        assert_eq!(orders.place("/orders"), Place::Entrance);
        assert_eq!(orders.place("/"), Place::Entrance);
        for outside in ["/ordersx/", "/order", "/other/orders/", "", "*"] {
            assert_eq!(orders.place(outside), Place::Outside, "{outside}");
        }
    }
}
