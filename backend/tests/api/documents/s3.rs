//! Files in a bucket, with another program's server (moto).

use super::{client, says};
use crate::support::fixtures::id;
use crate::support::mail::{python, wait_for};
use crate::support::{Setup, json};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

db_tests! { files_lie_in_the_bucket }

/// A server that speaks S3, with one bucket.
struct Bucket {
    process: Child,
    url: String,
}

impl Bucket {
    async fn start() -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (host, port) = (address.ip().to_string(), address.port().to_string());
        let process = python()
            .args(["-m", "moto.server", "-H", &host, "-p", &port])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let bucket = Self { process, url: format!("http://{address}") };
        wait_for("the bucket's server", async || TcpStream::connect(address).ok()).await;
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let made = http.put(format!("{}/papeles", bucket.url)).send().await.unwrap();
        assert_eq!(made.status(), 200);
        bucket
    }

    /// The keys in the bucket, as the server lists them.
    async fn keys(&self) -> Vec<String> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let list = http.get(format!("{}/papeles?list-type=2", self.url)).send().await.unwrap();
        let text = list.text().await.unwrap();
        let keys = text.split("<Key>").skip(1);
        keys.map(|rest| rest.split("</Key>").next().unwrap().to_owned()).collect()
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn files_lie_in_the_bucket(setup: Setup) {
    let bucket = Bucket::start().await;
    let app = setup
        .set("USE_S3", "true")
        .set("AWS_STORAGE_BUCKET_NAME", "papeles")
        .set("AWS_ENDPOINT_URL", &bucket.url)
        .set("AWS_ACCESS_KEY_ID", "prueba")
        .set("AWS_SECRET_ACCESS_KEY", "prueba")
        .start()
        .await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    assert_eq!(app.client.get("/health").await.ok()["checks"]["storage"], "ok");
    let inbox = inbox.to_string();
    // In one piece, and in several.
    let mut large = says("grande");
    large.resize(12 << 20, b' ');
    let mut paths = Vec::new();
    for content in [says("chico"), large] {
        let fields = [("folder_id", inbox.as_str())];
        let document = owner.upload("/api/documents", &fields, "a.pdf", &content).await.created();
        let path = format!("/api/documents/{}", id(&document));
        assert!(owner.bytes(&format!("{path}/download")).await.body == content);
        let part = owner.with("Range", "bytes=-5").bytes(&format!("{path}/download")).await;
        assert_eq!((part.status, &part.body[..]), (206, &content[content.len() - 5..]));
        paths.push(path);
    }
    let keys = bucket.keys().await;
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key.starts_with(&format!("{}/", owner.tenant))), "{keys:?}");
    assert!(!app.folder().join("uploads").exists());
    for path in paths {
        owner.delete(&path).await.no_content();
    }
    owner.post("/api/documents/empty-trash", json!({})).await.ok();
    app.jobs_are_done().await;
    assert_eq!(bucket.keys().await, [""; 0]);
    drop(bucket);
    let health = app.client.get("/health").await.expect(503).json();
    assert_eq!(health["checks"]["storage"], "unavailable");
}
