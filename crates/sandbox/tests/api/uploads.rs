//! Forms that nobody should send.

use serde_json::json;

use crate::world::{PDF, World, form};

const FORM: &str = "multipart/form-data; boundary=edge";

/// Bodies that are no form of one file, under the type of one.
fn broken_forms() -> Vec<Vec<u8>> {
    let (_, good) = form(&[("a.pdf", "application/pdf", PDF)], &[]);
    let (_, two) = form(
        &[("a.pdf", "application/pdf", PDF), ("b.pdf", "application/pdf", PDF)],
        &[],
    );
    let (_, none) = form(&[], &[("expectedVersion", "1")]);
    let (_, twice) = form(&[("a.pdf", "application/pdf", PDF)], &[("note", "1"), ("note", "2")]);
    let many: Vec<(String, String)> = (0..40).map(|n| (format!("part{n}"), "x".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (_, many) = form(&[("a.pdf", "application/pdf", PDF)], &many);
    let endless = good[..good.len() - 12].to_vec();
    let headless = b"--edge\r\n\r\n%PDF-1.4\r\n--edge--\r\n".to_vec();
    let not_utf8 = b"--edge\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\xff\xfe\r\n--edge--\r\n".to_vec();
    let long_head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n",
        "x".repeat(200_000)
    );
    vec![
        endless,
        Vec::new(),
        b"--edge--\r\n".to_vec(),
        vec![0xff; 100_000],
        two,
        none,
        twice,
        many,
        headless,
        not_utf8,
        long_head.into_bytes(),
    ]
}

#[tokio::test]
async fn broken_forms_are_refused_and_change_nothing() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    let url = format!("{path}/reports");
    let (_, good) = form(&[("a.pdf", "application/pdf", PDF)], &[]);
    let unbounded = [
        ("multipart/form-data", good.clone()),
        ("multipart/form-data; boundary=", good.clone()),
        ("multipart/form-data; boundary=other", good.clone()),
    ];
    let broken = broken_forms().into_iter().map(|body| (FORM, body));
    for (kind, body) in unbounded.into_iter().chain(broken) {
        let answer = person.send_form(&url, kind, body.clone(), &[]).await;
        assert_eq!(
            answer.status,
            400,
            "{kind} {}",
            String::from_utf8_lossy(&body[..body.len().min(200)])
        );
        answer.refused(400, "validation_failed");
    }
    for kind in [
        "application/json",
        "application/pdf",
        "text/plain",
        "multipart/mixed; boundary=edge",
        "",
    ] {
        person
            .send_form(&url, kind, good.clone(), &[])
            .await
            .refused(415, "unsupported_media_type");
    }
    assert!(world.ledger(Some(&path)).await.is_empty());
    person.send_form(&url, FORM, good, &[]).await.expect(200);
}

#[tokio::test]
async fn files_are_what_they_say_and_their_names_are_names() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    let url = format!("{path}/reports");
    for name in [
        "",
        "../../etc/passwd",
        "C:\\\\report.pdf",
        "a/b.pdf",
        "..",
        "re\u{202e}fdp.exe",
        "next\u{85}line.pdf",
        &"x".repeat(201),
    ] {
        let answer = person.upload(&url, (name, "application/pdf", PDF), &[]).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["file"], "{name:?}");
    }
    // These break the part's own head.
    for name in ["bell\u{7}.pdf", "line\nbreak.pdf", "nul\0.pdf"] {
        let answer = person.upload(&url, (name, "application/pdf", PDF), &[]).await;
        answer.refused(400, "validation_failed");
    }
    for (kind, bytes) in [
        ("application/pdf", &b"PK\x03\x04"[..]),
        ("application/zip", PDF),
        ("application/pdf", b""),
    ] {
        let answer = person.upload(&url, ("a.pdf", kind, bytes), &[]).await;
        assert_eq!(answer.refused(400, "validation_failed").fields(), ["file"]);
    }
    for kind in ["image/png", "text/html", "application/octet-stream", "nonsense"] {
        let answer = person.upload(&url, ("a.pdf", kind, PDF), &[]).await;
        assert!([400, 415].contains(&answer.status), "{kind}");
    }
    let stale = person
        .upload(&url, ("a.pdf", "application/pdf", PDF), &[("expectedVersion", "1")])
        .await;
    stale.refused(409, "stale_version");
    let odd = person
        .upload(&url, ("a.pdf", "application/pdf", PDF), &[("expectedVersion", "one")])
        .await;
    assert_eq!(odd.refused(400, "validation_failed").fields(), ["expectedVersion"]);
    assert!(world.ledger(Some(&path)).await.is_empty());
}

#[tokio::test]
async fn a_file_may_be_large_but_not_larger() {
    let world = World::new();
    let person = world.sign_in("operations").await;
    let path = world.one_in("15").await;
    let url = format!("{path}/reports");
    let mut file = PDF.to_vec();
    file.resize(20 * 1024 * 1024 + 1, b' ');
    person
        .upload(&url, ("a.pdf", "application/pdf", &file), &[])
        .await
        .refused(413, "payload_too_large");
    file.resize(22 * 1024 * 1024, b' ');
    person
        .upload(&url, ("a.pdf", "application/pdf", &file), &[])
        .await
        .refused(413, "payload_too_large");
    file.truncate(20 * 1024 * 1024);
    let order = person
        .upload(&url, ("a.pdf", "application/pdf", &file), &[])
        .await
        .expect(200)
        .body;
    assert_eq!(order["statusCode"], json!(11));
    let report = person.get(&format!("{url}/latest")).await.expect(200).body;
    assert_eq!(report["size"], file.len());
}

#[tokio::test]
async fn who_may_not_is_told_so_before_the_file_is_looked_at() {
    let world = World::new();
    let path = world.one_in("15").await;
    let client = world.sign_in("client").await;
    let answer = client
        .upload(&format!("{path}/reports"), ("x/y", "text/plain", b""), &[])
        .await;
    answer.refused(403, "forbidden");
    let foreign = world.sign_in("client3").await;
    let answer = foreign
        .upload(&format!("{path}/reports"), ("x/y", "text/plain", b""), &[])
        .await;
    answer.refused(404, "not_found");
}
