//! The console's files as a browser, a cache and an attacker ask for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use omnival_sandbox::state::Options;
use tempfile::TempDir;
use tower::ServiceExt;

const PLAIN: &str = "console.log('plain')";
const BROTLI: &str = "(brotli twin)";
const GZIP: &str = "(gzip twin)";
const INDEX: &str = "<!doctype html><title>console</title>";
const SECRET: &str = "outside";

struct Host {
    app: axum::Router,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn host(build: impl FnOnce(&std::path::Path)) -> Host {
    mounted("/", build)
}

fn mounted(mount: &str, build: impl FnOnce(&std::path::Path)) -> Host {
    let folder = TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    build(&dist);
    let options = Options {
        orders: 30,
        dist: Some(dist),
        mount: mount.parse().unwrap(),
        ..Options::default()
    };
    Host {
        app: omnival_sandbox::app(omnival_sandbox::open(options).unwrap()),
        _folder: folder,
    }
}

fn built() -> Host {
    host(build)
}

fn build(dist: &std::path::Path) {
    std::fs::create_dir_all(dist.join("assets")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(dist.join(name), text).unwrap();
    write("index.html", INDEX);
    write(
        "config.json",
        r#"{"brand":{"name":"House of Appraisal"},"settleWindowMs":1}"#,
    );
    write("boot.js", PLAIN);
    write("assets/app-3f2a9c81.js", PLAIN);
    write("assets/app-3f2a9c81.js.br", BROTLI);
    write("assets/app-3f2a9c81.js.gz", GZIP);
    write("assets/app-3f2a9c81_bg.wasm", "\0asm");
    write("../secret.txt", SECRET);
}

impl Host {
    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    async fn get(&self, path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
        self.ask(request("GET", path, headers)).await
    }
}

fn request(method: &str, path: &str, headers: &[(header::HeaderName, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_all_others_are_asked_about() {
    let host = built();
    let hashed = host.get("/assets/app-3f2a9c81_bg.wasm", &[]).await;
    assert_eq!(hashed.status, StatusCode::OK);
    assert_eq!(hashed.header(header::CONTENT_TYPE), "application/wasm");
    assert_eq!(
        hashed.header(header::CACHE_CONTROL),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(hashed.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    for path in ["/boot.js", "/"] {
        let answer = host.get(path, &[]).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache", "{path}");
        let etag = answer.header(header::ETAG).to_owned();
        let again = host.get(path, &[(header::IF_NONE_MATCH, &etag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.body.is_empty());
        assert_eq!(again.header(header::ETAG), etag);
        let changed = host.get(path, &[(header::IF_NONE_MATCH, "\"another\"")]).await;
        assert_eq!(changed.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_smallest_accepted_encoding_is_sent_and_named() {
    let host = built();
    let path = "/assets/app-3f2a9c81.js";
    let mut etags = Vec::new();
    for (accept, encoding, body) in [
        ("gzip, deflate, br", "br", BROTLI),
        ("gzip;q=1.0, br;q=0", "gzip", GZIP),
        ("identity", "", PLAIN),
    ] {
        let answer = host.get(path, &[(header::ACCEPT_ENCODING, accept)]).await;
        assert_eq!(answer.header(header::CONTENT_ENCODING), encoding, "{accept}");
        assert_eq!(answer.body, body);
        assert_eq!(answer.header(header::VARY), "Accept-Encoding");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        etags.push(answer.header(header::ETAG).to_owned());
    }
    etags.dedup();
    assert_eq!(etags.len(), 3, "each encoding is a representation of its own");
    let without_twin = host.get("/boot.js", &[(header::ACCEPT_ENCODING, "br, gzip")]).await;
    assert_eq!(without_twin.header(header::CONTENT_ENCODING), "");
    assert_eq!(without_twin.body, PLAIN);
}

#[tokio::test]
async fn only_a_navigation_to_a_screen_gets_the_index() {
    let host = built();
    let html = (header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
    for path in ["/", "/orders", "/clients/c1/orders/o_1-a?view=qc"] {
        let answer = host.get(path, std::slice::from_ref(&html)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.body, INDEX);
    }
    for (path, accept) in [
        ("/assets/gone-3f2a9c81.js", html.1),
        ("/favicon.ico", html.1),
        ("/orders", "*/*"),
        ("/orders", "application/json"),
        ("/sandbox/nothing", html.1),
        ("/assets", "*/*"),
        ("/assets/app-3f2a9c81.js/", html.1),
    ] {
        let answer = host.get(path, &[(header::ACCEPT, accept)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} as {accept}");
        assert_ne!(answer.body, INDEX);
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let host = built();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", host._folder.path().join("dist/link.txt")).unwrap();
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5c..%5csecret.txt",
        "/link.txt",
        "/%00",
        "/%ff",
    ] {
        let answer = host.get(path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_ne!(answer.body, SECRET, "{path}");
    }
}

#[tokio::test]
async fn head_tells_the_length_without_the_body_and_other_methods_are_refused() {
    let host = built();
    let head = host.ask(request("HEAD", "/boot.js", &[])).await;
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.header(header::CONTENT_LENGTH), PLAIN.len().to_string());
    assert!(head.body.is_empty());
    let post = host.ask(request("POST", "/boot.js", &[])).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(post.header(header::ALLOW), "GET, HEAD");
}

#[tokio::test]
async fn documents_carry_a_policy_that_forbids_inline_code() {
    let host = built();
    for path in ["/", "/sandbox"] {
        let answer = host.get(path, &[(header::ACCEPT, "text/html")]).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(policy.contains("require-trusted-types-for 'script'"));
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(answer.headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
    let page = host.get("/sandbox", &[]).await;
    let page = std::str::from_utf8(&page.body).unwrap();
    assert!(!page.contains("style=") && !page.contains("<style") && !page.contains("onclick"));
}

/// The policy of a page: its `script-src`.
fn script_sources(answer: &Answer) -> String {
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    let sources = policy.split("; ").find(|part| part.starts_with("script-src "));
    sources.unwrap_or_else(|| panic!("{policy}")).to_owned()
}

#[tokio::test]
async fn an_inline_script_is_allowed_by_its_hash_in_every_encoding() {
    const PAGE: &str = "<!doctype html><script src=/boot.js></script><script>go(1)</script>";
    let host = host(|dist| {
        build(dist);
        std::fs::write(dist.join("index.html"), PAGE).unwrap();
        std::fs::write(dist.join("index.html.br"), "(compressed)").unwrap();
    });
    // `printf 'go(1)' | openssl dgst -sha256 -binary | base64`
    let expected = "script-src 'self' 'wasm-unsafe-eval' 'sha256-oopyQloGglvWmMz5jW49OLcPG4Zf/xbfwxZIQgBfJ+w='";
    let plain = host.get("/", &[(header::ACCEPT, "text/html")]).await;
    assert_eq!(plain.body, PAGE);
    assert_eq!(script_sources(&plain), expected);
    assert!(
        plain
            .header(header::CONTENT_SECURITY_POLICY)
            .contains("; base-uri 'none';")
    );
    let compressed = host.get("/", &[(header::ACCEPT_ENCODING, "br")]).await;
    assert_eq!(compressed.body, "(compressed)");
    assert_eq!(script_sources(&compressed), expected);
    let known = plain.header(header::ETAG);
    let unchanged = host.get("/", &[(header::IF_NONE_MATCH, known)]).await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    assert_eq!(script_sources(&unchanged), expected);
    // Changed while the server runs: the next answer names the new one.
    std::fs::write(host._folder.path().join("dist/index.html"), "<script>go(2)</script>").unwrap();
    let changed = script_sources(&host.get("/", &[]).await);
    assert!(changed.contains("'sha256-") && changed != expected, "{changed}");
}

#[tokio::test]
async fn below_a_mount_lie_the_files_the_screens_and_the_config() {
    let html = [(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")];
    for mount in ["/orders/", "/a/b.2/"] {
        let host = mounted(mount, build);
        let get = async |path: &str| host.get(&format!("{mount}{path}"), &html).await;
        for screen in ["", "index.html", "c/cli-aspen/orders/ord-000001", "new?client=x"] {
            let answer = get(screen).await;
            assert_eq!(answer.status, StatusCode::OK, "{mount}{screen}");
            assert_eq!(answer.body, INDEX);
        }
        let script = get("assets/app-3f2a9c81.js").await;
        assert_eq!(script.body, PLAIN);
        assert!(script.header(header::CACHE_CONTROL).contains("immutable"));
        assert_eq!(get("boot.js").await.body, PLAIN);
        let config: serde_json::Value = serde_json::from_slice(&get("config.json").await.body).unwrap();
        assert_eq!(
            (&config["brand"]["name"], &config["apiBase"]),
            (&"House of Appraisal".into(), &"".into())
        );
        for wrong in [
            "assets/gone-3f2a9c81.js",
            "../secret.txt",
            "%2e%2e/secret.txt",
            "/etc/passwd",
            "api/auth/me",
        ] {
            let answer = get(wrong).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{mount}{wrong}");
            assert!(answer.body != INDEX && answer.body != SECRET, "{mount}{wrong}");
        }
    }
}

#[tokio::test]
async fn the_root_and_the_mount_without_its_slash_lead_to_the_console() {
    let host = mounted("/orders/", build);
    for (path, location) in [
        ("/", "/orders/"),
        ("/orders", "/orders/"),
        ("/?view=qc", "/orders/?view=qc"),
        ("/orders?view=qc&page=2", "/orders/?view=qc&page=2"),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = host.ask(request(method, path, &[])).await;
            assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{path}");
            assert_eq!(answer.header(header::LOCATION), location);
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        }
        let post = host.ask(request("POST", path, &[])).await;
        assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn outside_the_mount_there_is_nothing_but_the_api_and_the_sandbox_page() {
    let host = mounted("/orders/", build);
    for path in [
        "/index.html",
        "/boot.js",
        "/config.json",
        "/ordersx/",
        "/other/orders/",
        "/c/x/orders/o1",
        "/assets/app-3f2a9c81.js",
    ] {
        let page = host.get(path, &[(header::ACCEPT, "text/html")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
        assert!(
            page.header(header::CONTENT_SECURITY_POLICY)
                .starts_with("default-src 'none'")
        );
        let text = String::from_utf8_lossy(&page.body).into_owned();
        assert!(
            text.contains(r#"href="/orders/""#) && text.contains("Nothing at this address"),
            "{text}"
        );
        let other = host.get(path, &[(header::ACCEPT, "*/*")]).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(other.header(header::CONTENT_TYPE), "text/plain; charset=utf-8");
    }
    assert_eq!(host.get("/api/auth/me", &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(host.get("/sandbox/settings", &[]).await.status, StatusCode::OK);
    let page = host.get("/sandbox", &[(header::ACCEPT, "text/html")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(String::from_utf8_lossy(&page.body).contains(r#"<a class="button" href="/orders/" target"#));
    let page = built().get("/sandbox", &[(header::ACCEPT, "text/html")]).await;
    assert!(String::from_utf8_lossy(&page.body).contains(r#"<a class="button" href="/" target"#));
}

#[tokio::test]
async fn without_a_build_the_page_says_how_to_make_one() {
    for host in [host(|_| ()), host(|dist| std::fs::create_dir(dist).unwrap())] {
        let answer = host.get("/", &[(header::ACCEPT, "text/html")]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(String::from_utf8_lossy(&answer.body).contains("cargo xtask build"));
    }
}

#[tokio::test]
async fn the_config_is_the_live_settings_with_the_builds_brand() {
    let host = built();
    let read = async || {
        let answer = host.get("/config.json", &[]).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
        serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()
    };
    let config = read().await;
    assert_eq!(config["brand"]["name"], "House of Appraisal");
    assert_eq!(config["apiBase"], "");
    assert_eq!(config["settleWindowMs"], 120_000);
    let change = r#"{"fence":false,"refreshTransport":"body","settleWindowMs":5000}"#;
    let patched = Request::patch("/sandbox/settings").body(Body::from(change)).unwrap();
    assert_eq!(host.ask(patched).await.status, StatusCode::OK);
    let config = read().await;
    assert_eq!(config["abilities"]["fence"], false);
    assert_eq!(config["abilities"]["idempotencyKey"], true);
    assert_eq!(config["refreshTransport"], "body");
    assert_eq!(config["settleWindowMs"], 5000);
}
