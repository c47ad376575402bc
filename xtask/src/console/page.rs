//! `index.html`: its placeholders become the addresses of this build.
//!
//! The page names `%APP_JS%` (the JavaScript that binds the wasm), `%APP_WASM%`, `%BOOT_JS%` (the
//! boot script), `%APP_CSS%`, `%SCREENS_WASM%` and `%SCREENS_CSS%` (the chunk of the screens behind the queue, and its
//! style), and may use `%BASE%` (the path it is served under, with a slash at its end). Nothing is ever inlined: a strict Content-Security-Policy forbids it.

use anyhow::{Result, bail, ensure};

#[derive(Debug)]
pub struct Links {
    pub base: String,
    pub app_js: String,
    pub app_wasm: String,
    pub boot_js: String,
    pub app_css: String,
    pub screens_wasm: String,
    pub screens_css: String,
}

/// The page with all its addresses, and with hints that start the two big fetches at once
/// instead of after the boot script has run.
pub fn render(source: &str, links: &Links) -> Result<String> {
    let required = [
        ("%APP_JS%", &links.app_js),
        ("%APP_WASM%", &links.app_wasm),
        ("%BOOT_JS%", &links.boot_js),
        ("%APP_CSS%", &links.app_css),
        ("%SCREENS_WASM%", &links.screens_wasm),
        ("%SCREENS_CSS%", &links.screens_css),
    ];
    let mut page = without_comments(source);
    for (placeholder, address) in required {
        ensure!(page.contains(placeholder), "index.html does not use {placeholder}");
        page = page.replace(placeholder, address);
    }
    page = page.replace("%BASE%", &links.base);
    if let Some(placeholder) = placeholder_in(&page) {
        bail!("index.html uses {placeholder}, which means nothing");
    }
    let Some((head, rest)) = page.split_once("</head>") else {
        bail!("index.html has no </head>");
    };
    let hints = format!(
        "<link rel=\"modulepreload\" href=\"{}\">\n<link rel=\"preload\" href=\"{}\" as=\"fetch\" \
         type=\"application/wasm\" crossorigin>\n",
        links.app_js, links.app_wasm
    );
    Ok(format!("{head}{hints}</head>{rest}"))
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

    const PAGE: &str = "<html><head><!-- why\n --><link rel=stylesheet href=%APP_CSS%>\
        <meta name=omnival-app content=%APP_JS% data-wasm=%APP_WASM% data-screens=%SCREENS_WASM% data-style=%SCREENS_CSS%>\
        <link rel=icon href=%BASE%icon.svg><script src=%BOOT_JS%></script>\
        </head><body style=\"width:50%\">100% and 7%</body></html>";

    fn links() -> Links {
        Links {
            base: "/orders/".to_owned(),
            app_js: "/orders/assets/app-1.js".to_owned(),
            app_wasm: "/orders/assets/app-2.wasm".to_owned(),
            boot_js: "/orders/assets/boot-3.js".to_owned(),
            app_css: "/orders/assets/app-4.css".to_owned(),
            screens_wasm: "/orders/assets/screens-5.wasm".to_owned(),
            screens_css: "/orders/assets/screens-6.css".to_owned(),
        }
    }

    #[test]
    fn every_placeholder_becomes_its_address() {
        let page = render(PAGE, &links()).unwrap();
        assert!(page.contains("content=/orders/assets/app-1.js data-wasm=/orders/assets/app-2.wasm"));
        assert!(page.contains("data-screens=/orders/assets/screens-5.wasm data-style=/orders/assets/screens-6.css"));
        assert!(page.contains("href=/orders/assets/app-4.css"));
        assert!(page.contains("src=/orders/assets/boot-3.js"));
        assert!(page.contains("href=/orders/icon.svg"));
        assert!(page.contains("100% and 7%"));
    }

    #[test]
    fn the_big_fetches_are_hinted_in_the_head_and_comments_are_gone() {
        let page = render(PAGE, &links()).unwrap();
        let (head, _) = page.split_once("</head>").unwrap();
        assert!(head.contains("rel=\"modulepreload\" href=\"/orders/assets/app-1.js\""));
        assert!(head.contains("href=\"/orders/assets/app-2.wasm\" as=\"fetch\""));
        assert!(!page.contains("why"));
    }

    #[test]
    fn a_missing_or_misspelt_placeholder_stops_the_build() {
        let missing = PAGE.replace("%APP_CSS%", "app.css");
        let said = render(&missing, &links()).unwrap_err().to_string();
        assert!(said.contains("does not use %APP_CSS%"), "{said}");

        let misspelt = PAGE.replace("%BASE%", "%BASIS%");
        let said = render(&misspelt, &links()).unwrap_err().to_string();
        assert!(said.contains("BASIS"), "{said}");
    }

    #[test]
    fn a_page_without_a_head_stops_the_build() {
        let said = render(&PAGE.replace("</head>", ""), &links()).unwrap_err();
        assert!(said.to_string().contains("</head>"));
    }
}
