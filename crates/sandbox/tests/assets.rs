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
    let folder = TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    build(&dist);
    let options = Options {
        orders: 30,
        dist: Some(dist),
        ..Options::default()
    };
    Host {
        app: omnival_sandbox::app(omnival_sandbox::open(options).unwrap()),
        _folder: folder,
    }
}

fn built() -> Host {
    host(|dist| {
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
    })
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
