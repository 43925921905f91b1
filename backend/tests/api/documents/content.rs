//! What is served back, and how.

use super::{client, says};
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, json};
use ebenezer::demo::files::png;
use std::io::Write as _;
use std::process::Command;

db_tests! {
    a_download_is_what_other_programs_read,
    a_download_is_saved_under_its_name,
    parts_are_served,
    only_what_is_safe_is_shown,
    a_lost_file_is_told_and_not_made_up,
}

/// The file in which a download was kept.
fn kept(content: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    file
}

async fn filed(owner: &Member, name: &str, content: &[u8]) -> String {
    let (_, inbox) = client(owner).await;
    let inbox = inbox.to_string();
    let reply = owner.upload("/api/documents", &[("folder_id", &inbox)], name, content).await;
    format!("/api/documents/{}", id(&reply.created()))
}

async fn a_download_is_what_other_programs_read(app: TestApp) {
    let owner = app.owner().await;
    let content = says("Declaración de renta");
    let path = filed(&owner, "renta.pdf", &content).await;
    let served = owner.bytes(&format!("{path}/download")).await;
    assert!(served.status == 200 && served.body == content);
    let file = kept(&served.body);
    let checked = Command::new("qpdf").arg("--check").arg(file.path()).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    let read = Command::new("pdftotext").arg(file.path()).arg("-").output().unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    assert!(text.contains("Declaración de renta") && text.contains("(y paréntesis)"), "{text}");
    let picture = png(40, 30, |x, y| u8::try_from((x * 5 + y) % 256).unwrap());
    let path = filed(&owner, "foto.png", &picture).await;
    assert!(owner.bytes(&format!("{path}/preview")).await.body == picture);
    // A browser that takes compressed answers gets the same bytes.
    let eager = owner.with("Accept-Encoding", "gzip, br");
    let served = eager.bytes(&format!("{path}/download")).await;
    assert!(served.headers.get("content-encoding").is_none_or(|it| it == "identity"));
    assert!(served.body == picture);
}

async fn a_download_is_saved_under_its_name(app: TestApp) {
    let owner = app.owner().await;
    let path = filed(&owner, "Año \u{201C}2024\u{201D}; final.pdf", &says("hola")).await;
    let sha = owner.get(&path).await.ok()["sha256"].as_str().unwrap().to_owned();
    let reply = owner.get(&format!("{path}/download")).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/pdf");
    assert_eq!(
        reply.header("content-disposition"),
        "attachment; filename=\"Ano _2024_; final.pdf\"; \
         filename*=UTF-8''A%C3%B1o%20%E2%80%9C2024%E2%80%9D%3B%20final.pdf"
    );
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("etag"), format!("\"{sha}\""));
    assert_eq!(reply.header("content-length"), says("hola").len().to_string());
}

async fn parts_are_served(app: TestApp) {
    let owner = app.owner().await;
    let content = says("hola");
    let path = format!("{}/download", filed(&owner, "a.pdf", &content).await);
    let whole = owner.get(&path).await;
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let tag = whole.header("etag").to_owned();
    let part = owner.with("Range", "bytes=5-14").bytes(&path).await;
    assert_eq!((part.status, &part.body[..]), (206, &content[5..15]));
    let range = part.headers["content-range"].to_str().unwrap();
    assert_eq!(range, format!("bytes 5-14/{}", content.len()));
    let end = owner.with("Range", "bytes=-6").with("If-Range", &tag).bytes(&path).await;
    assert_eq!((end.status, &end.body[..]), (206, b"%%EOF\n".as_slice()));
    for (name, value) in [("Range", "bytes=99999-"), ("Range", "words=1-2")] {
        let all = owner.with(name, value).bytes(&path).await;
        assert!(all.status == 200 && all.body == content);
    }
    let stale = owner.with("Range", "bytes=0-1").with("If-Range", "\"otro\"").bytes(&path).await;
    assert_eq!(stale.status, 200);
    // Who reads part after part has read once: the first time whole, then from its beginning.
    let log = owner.get(&path.replace("download", "access-log")).await.ok();
    let reads = log["items"].as_array().unwrap().iter().filter(|it| it["action"] == "download");
    assert_eq!(reads.count(), 4);
}

async fn only_what_is_safe_is_shown(app: TestApp) {
    let owner = app.owner().await;
    let pdf = filed(&owner, "a.pdf", &says("hola")).await;
    let shown = owner.get(&format!("{pdf}/preview")).await.expect(200);
    assert_eq!(shown.header("content-type"), "application/pdf");
    assert!(shown.header("content-disposition").starts_with("inline; "));
    let text = filed(&owner, "a.txt", b"<script>alert(1)</script>").await;
    owner.get(&format!("{text}/preview")).await.problem(409, "state_conflict");
    let saved = owner.get(&format!("{text}/download")).await.expect(200);
    assert_eq!(saved.header("content-type"), "text/plain");
    assert!(saved.header("content-disposition").starts_with("attachment; "));
    assert_eq!(saved.text, "<script>alert(1)</script>");
    assert_eq!(owner.get(&text).await.ok()["previewable"], json!(false));
}

async fn a_lost_file_is_told_and_not_made_up(app: TestApp) {
    let owner = app.owner().await;
    let path = filed(&owner, "a.pdf", &says("hola")).await;
    std::fs::remove_dir_all(app.folder().join("uploads")).unwrap();
    owner.get(&format!("{path}/download")).await.problem(503, "unavailable");
    let log = owner.get(&format!("{path}/access-log")).await.ok();
    assert_eq!(log["total"], 1);
}
