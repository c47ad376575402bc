//! An address's path, once it is safe to be joined to a folder.

use percent_encoding::percent_decode_str;

/// Relative, decoded, made of plain names only: no `..`, no hidden names, no separators or drive
/// letters of any system.
#[derive(Debug, PartialEq, Eq)]
pub struct RelativePath(String);

impl RelativePath {
    /// The path of a request below the mount; `/` means the index.
    pub fn parse(path: &str) -> Option<Self> {
        if path == "/" {
            return Some(Self::index());
        }
        // Decoded once, as a whole: an encoded slash becomes a separator and is judged as one.
        let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
        let path = Self(decoded.strip_suffix('/').unwrap_or(&decoded).to_owned());
        let is_file_as_folder = path.0.len() < decoded.len() && path.name().contains('.');
        (path.0.split('/').all(is_plain) && !is_file_as_folder).then_some(path)
    }

    pub fn index() -> Self {
        Self("index.html".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the address belongs to another part of the server, which has already said no.
    pub fn is_reserved(&self) -> bool {
        matches!(self.0.split('/').next(), Some("api" | "sandbox"))
    }

    /// Whether it is what the server answers from its settings instead of from the file.
    pub fn is_config(&self) -> bool {
        self.0 == "config.json"
    }

    /// A screen's address has no file extension; a missing file must not look like a screen.
    pub fn may_be_a_screen(&self) -> bool {
        self.0 == "index.html" || !self.name().contains('.')
    }

    /// Below `assets/` and named by its content, so that it can never change.
    pub fn is_hashed_asset(&self) -> bool {
        self.0.starts_with("assets/")
            && self.name().split(['-', '.', '_']).any(|part| {
                part.len() >= 8
                    && part.bytes().all(|byte| byte.is_ascii_hexdigit())
                    && part.bytes().any(|byte| byte.is_ascii_digit())
            })
    }

    pub fn content_type(&self) -> &'static str {
        let extension = self.name().rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "html" => "text/html; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "wasm" => "application/wasm",
            "json" | "map" => "application/json",
            "webmanifest" => "application/manifest+json",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "webp" => "image/webp",
            "ico" => "image/x-icon",
            "woff2" => "font/woff2",
            "txt" => "text/plain; charset=utf-8",
            "pdf" => "application/pdf",
            _ => "application/octet-stream",
        }
    }

    fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(|character: char| matches!(character, '\\' | ':') || character.is_control())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_outside_the_folder_can_be_named() {
        for hostile in [
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/assets/%2E%2E/%2E%2E/secret",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/assets//app.js",
            "/.git/config",
            "/assets/.hidden",
            "/a\\..\\secret",
            "/a%5c..%5csecret",
            "/C:/secret",
            "/a%00.js",
            "/console.js/",
            "/%ff%fe",
            "relative",
            "*",
            "",
        ] {
            assert_eq!(RelativePath::parse(hostile), None, "{hostile}");
        }
        assert_eq!(RelativePath::parse("/").unwrap().as_str(), "index.html");
        assert_eq!(RelativePath::parse("/a%20b/c.js").unwrap().as_str(), "a b/c.js");
        assert_eq!(RelativePath::parse("/orders/").unwrap().as_str(), "orders");
    }

    #[test]
    fn only_names_that_carry_a_hash_are_immutable() {
        let hashed = |path: &str| RelativePath::parse(path).unwrap().is_hashed_asset();
        assert!(hashed("/assets/console-3f2a9c81.js"));
        assert!(hashed("/assets/console-3f2a9c81e0b4_bg.wasm"));
        assert!(hashed("/assets/console.0123456789abcdef.css"));
        assert!(!hashed("/assets/console.js"));
        assert!(!hashed("/assets/defaced-facade.js"), "a word made of a-f is not a hash");
        assert!(!hashed("/console-3f2a9c81.js"));
    }

    #[test]
    fn screens_have_no_extension() {
        let screen = |path: &str| RelativePath::parse(path).unwrap().may_be_a_screen();
        assert!(screen("/"));
        assert!(screen("/orders/abc_1-2"));
        assert!(!screen("/favicon.ico"));
        assert!(!screen("/assets/console.js"));
    }
}
