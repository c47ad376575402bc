//! The Content-Security-Policy that fits the built page: what every host must send with it, word for word.
//!
//! The page's own script is allowed by its hash, so nothing else in the page's text ever runs.

use anyhow::{Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Beside `index.html`.
pub const FILE: &str = "csp.txt";

/// `trusted-types default`: the framework sets `innerHTML` for its static templates, and the page's own script lets it.
pub fn of(page: &str) -> Result<String> {
    let script = own_script(page)?;
    let hash = STANDARD.encode(Sha256::digest(script));
    Ok([
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'"),
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "frame-src blob:",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ]
    .join("; "))
}

/// The text of the one script that the page holds.
fn own_script(page: &str) -> Result<&str> {
    let scripts: Vec<&str> = page.split("<script").skip(1).collect();
    let [script] = scripts.as_slice() else {
        anyhow::bail!("index.html must hold one script, not {}", scripts.len());
    };
    let script = script
        .strip_prefix('>')
        .and_then(|script| script.split_once("</script>"));
    ensure!(
        script.is_some(),
        "index.html's script must have no attribute, and an end"
    );
    Ok(script.map_or("", |(text, _)| text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_script_is_allowed_by_the_hash_of_its_very_text() {
        // Of "alert('Hello, world.');", as the standard's own example has it.
        let policy = of("<head><script>alert('Hello, world.');</script></head>").unwrap();
        let allowed = "script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; ";
        assert!(policy.contains(allowed), "{policy}");
    }

    #[test]
    fn the_policy_is_one_line_that_begins_with_nothing_allowed() {
        let policy = of("<script></script>").unwrap();
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(!policy.contains('\n') && !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn a_page_of_no_script_or_two_or_of_a_fetched_one_stops_the_build() {
        for page in [
            "<p>",
            "<script>a</script><script>b</script>",
            "<script src=a.js></script>",
            "<script>a",
        ] {
            assert!(of(page).is_err(), "{page}");
        }
    }
}
