//! `kill -9` while a file comes.

use super::{client, housekeeping, says, stored_files};
use crate::jobs::killed::{fast, slow};
use crate::support::mail::wait_for;
use crate::support::{Member, Setup, TestApp};
use chrono::TimeDelta;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use uuid::Uuid;

db_tests! {
    half_a_file_leaves_nothing,
    a_stored_file_without_a_document_is_swept,
}

/// `ebenezer serve` on the application's ground.
struct Serving {
    process: Child,
    address: SocketAddr,
}

impl Serving {
    async fn start(app: &TestApp) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ebenezer"));
        command.args(["serve", "--no-worker"]).env_clear();
        command.stdout(Stdio::null()).stderr(Stdio::null()).envs(app.variables());
        command.env("DATABASE_URL", app.database_url()).env("DATA_PATH", app.folder());
        command.env("BIND_ADDRESS", address.to_string());
        let process = command.spawn().unwrap();
        wait_for("the server", async || TcpStream::connect(address).ok()).await;
        Self { process, address }
    }

    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Begins an upload of which only the first bytes of the body are sent.
    fn begin(&self, member: &Member, folder: Uuid, content: &[u8], sent: usize) -> TcpStream {
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"folder_id\"\r\n\r\n{folder}\r\n\
             --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--b--\r\n"].concat();
        let mut stream = TcpStream::connect(self.address).unwrap();
        let (address, token, length) = (self.address, &member.token, body.len());
        write!(
            stream,
            "POST /api/documents HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n\r\n"
        )
        .unwrap();
        stream.write_all(&body[..sent.min(length)]).unwrap();
        stream.flush().unwrap();
        stream
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The files that a process has open below the folder, by what `/proc` says.
fn open_below(process: &Child, folder: &std::path::Path) -> usize {
    let files = std::fs::read_dir(format!("/proc/{}/fd", process.id())).unwrap();
    files
        .filter_map(|file| std::fs::read_link(file.ok()?.path()).ok())
        .filter(|file| file.starts_with(folder))
        .count()
}

async fn half_a_file_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let mut server = Serving::start(&app).await;
    let mut content = says("mitad");
    content.resize(4 << 20, b' ');
    let stream = server.begin(&owner, inbox, &content, 2 << 20);
    let incoming = app.folder().join("incoming");
    wait_for("the file to come", async || {
        (open_below(&server.process, &incoming) > 0).then_some(())
    })
    .await;
    server.kill();
    drop(stream);
    assert_eq!(std::fs::read_dir(incoming).unwrap().count(), 0);
    assert_eq!((app.count("documents").await, app.count("stored_files").await), (0, 0));
    assert_eq!(stored_files(&app), 0);
    let again = Serving::start(&app).await;
    let _stream = again.begin(&owner, inbox, &content, usize::MAX);
    wait_for("the document", async || (app.count("documents").await == 1).then_some(())).await;
}

async fn a_stored_file_without_a_document_is_swept(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let (_, inbox) = client(&owner).await;
    let mut server = Serving::start(&app).await;
    slow(&app, "INSERT", "documents").await;
    let stream = server.begin(&owner, inbox, &says("entero"), usize::MAX);
    wait_for("the file to be stored", async || (stored_files(&app) == 1).then_some(())).await;
    server.kill();
    drop(stream);
    fast(&app, "documents").await;
    assert_eq!((app.count("documents").await, app.count("stored_files").await), (0, 1));
    app.advance(TimeDelta::hours(25));
    housekeeping(&app).await;
    assert_eq!((stored_files(&app), app.count("stored_files").await), (0, 0));
}
