//! `index.html`, whose placeholders become the addresses of this build, and the one inline script.
//!
//! The page names `%APP_JS%` (the JavaScript that binds the wasm), `%APP_WASM%`, `%BOOT_JS%` (the boot script), `%APP_CSS%`,
//! `%SCREENS_WASM%` and `%SCREENS_CSS%` (the chunk of the screens behind the queue, and its style): all of them relative,
//! because the page does not know where it will lie. `%BASE_PATH_JS%` becomes a script, which finds that out; nothing else
//! is ever inlined, since the Content-Security-Policy would refuse it.

use anyhow::{Result, bail, ensure};

/// What the page is made of: addresses relative to its folder, and the text of the script.
#[derive(Debug)]
pub struct Links {
    pub app_js: String,
    pub app_wasm: String,
    pub boot_js: String,
    pub app_css: String,
    pub screens_wasm: String,
    pub screens_css: String,
    pub base_path_js: String,
}

pub fn render(source: &str, links: &Links) -> Result<String> {
    let required = [
        ("%APP_JS%", &links.app_js),
        ("%APP_WASM%", &links.app_wasm),
        ("%BOOT_JS%", &links.boot_js),
        ("%APP_CSS%", &links.app_css),
        ("%SCREENS_WASM%", &links.screens_wasm),
        ("%SCREENS_CSS%", &links.screens_css),
    ];
    let mut page = without_indents(&without_comments(source));
    for (placeholder, address) in required {
        ensure!(page.contains(placeholder), "index.html does not use {placeholder}");
        page = page.replace(placeholder, address);
    }
    let Some((head, rest)) = page.split_once("%BASE_PATH_JS%") else {
        bail!("index.html does not use %BASE_PATH_JS%");
    };
    for part in [head, rest] {
        if let Some(placeholder) = placeholder_in(part) {
            bail!("index.html uses {placeholder}, which means nothing");
        }
    }
    let script = links.base_path_js.trim();
    ensure!(
        !script.contains("</"),
        "the page's own script would end early, at a \"</\""
    );
    Ok([head, script, rest].concat())
}

/// Comments explain the source; nobody fetches them.
fn without_comments(source: &str) -> String {
    let mut page = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, comment)) = rest.split_once("<!--") {
        page.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    page.push_str(rest);
    page
}

/// The page keeps no text as it is written.
fn without_indents(page: &str) -> String {
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// `%NAME%` in capitals, which no address and no text of the page contains.
fn placeholder_in(page: &str) -> Option<&str> {
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('%') {
        let name = after.split('%').next().unwrap_or_default();
        let closed = after.len() > name.len();
        let capitals = |c: char| c.is_ascii_uppercase() || c == '_';
        if closed && !name.is_empty() && name.chars().all(capitals) {
            return Some(name);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PAGE: &str = "<html>\n<head><!-- why\n -->\n\n  <link rel=stylesheet data-href=%APP_CSS%>\
        <meta name=omnival-app content=%APP_JS% data-boot=%BOOT_JS% data-wasm=%APP_WASM% data-screens=%SCREENS_WASM% data-style=%SCREENS_CSS%>\
        <script>%BASE_PATH_JS%</script></head><body style=\"width:50%\">100% and 7%</body></html>";

    fn links() -> Links {
        Links {
            app_js: "assets/app-1.js".to_owned(),
            app_wasm: "assets/app-2.wasm".to_owned(),
            boot_js: "assets/boot-3.js".to_owned(),
            app_css: "assets/app-4.css".to_owned(),
            screens_wasm: "assets/screens-5.wasm".to_owned(),
            screens_css: "assets/screens-6.css".to_owned(),
            base_path_js: "(()=>{let a=100%PLACE_X%1})();\n".to_owned(),
        }
    }

    #[test]
    fn every_placeholder_becomes_its_address_or_its_script() {
        let page = render(PAGE, &links()).unwrap();
        assert!(page.contains("content=assets/app-1.js data-boot=assets/boot-3.js data-wasm=assets/app-2.wasm"));
        assert!(page.contains("data-screens=assets/screens-5.wasm data-style=assets/screens-6.css"));
        assert!(page.contains("data-href=assets/app-4.css"));
        assert!(page.contains("<script>(()=>{let a=100%PLACE_X%1})();</script>"));
        assert!(page.contains("100% and 7%"));
        assert!(
            page.starts_with("<html>\n<head>\n<link"),
            "no comment, no indent: {page}"
        );
    }

    #[test]
    fn a_missing_or_misspelt_placeholder_stops_the_build() {
        for placeholder in ["%APP_CSS%", "%BASE_PATH_JS%"] {
            let said = render(&PAGE.replace(placeholder, ""), &links())
                .unwrap_err()
                .to_string();
            assert!(said.contains(&format!("does not use {placeholder}")), "{said}");
        }
        for (place, misspelt) in [("<link", "%BASIS%<link"), ("</body>", "%BASIS%</body>")] {
            let said = render(&PAGE.replace(place, misspelt), &links())
                .unwrap_err()
                .to_string();
            assert!(said.contains("BASIS"), "{said}");
        }
    }

    #[test]
    fn a_script_that_would_end_early_stops_the_build() {
        let mut links = links();
        links.base_path_js = "let a = '</script>'".to_owned();
        assert!(render(PAGE, &links).is_err());
    }
}
