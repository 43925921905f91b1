//! The application under test, on a database of its own.

use chrono::NaiveDate;
use ebenezer::app::{self, Application};
use ebenezer::clock::Clock;
use ebenezer::config::{Config, Source, generate_keys};
use ebenezer::demo;
use ebenezer::jobs::Worker;
use sea_orm::ConnectionTrait as _;
use secrecy::ExposeSecret as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, mpsc};
use std::thread::JoinHandle;
use tempfile::TempDir;

/// So many that no test meets them by accident.
const UNLIMITED: [&str; 8] = [
    "RATE_LIMIT_ANONYMOUS",
    "RATE_LIMIT_AUTHENTICATED",
    "RATE_LIMIT_LOGIN",
    "RATE_LIMIT_LOGIN_ADDRESS",
    "RATE_LIMIT_PASSWORD_RESET",
    "RATE_LIMIT_INVITATIONS",
    "RATE_LIMIT_PER_MINUTE",
    "RATE_LIMIT_BURST",
];

/// The running application. It stops, and its database goes, with this value.
pub struct Server {
    address: SocketAddr,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    // After the thread: the database is in use until then.
    folder: TempDir,
}

impl Server {
    /// Nobody has registered yet.
    pub fn empty() -> Self {
        Self::start(tempfile::tempdir().unwrap())
    }

    /// With the demo firms.
    pub fn with_demo_data() -> Self {
        static FILES: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in FILES.get_or_init(|| aside(demo_files)) {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self::start(folder)
    }

    /// Where its pages come from.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The only mail that was sent so far, as it lies in the outbox.
    pub fn mail(&self) -> String {
        let outbox = self.folder.path().join("outbox");
        let started = std::time::Instant::now();
        loop {
            let files = std::fs::read_dir(&outbox).into_iter().flatten().flatten();
            let mut mails = files.map(|file| file.path());
            let mail = mails.find(|path| path.extension().is_some_and(|it| it == "eml"));
            if let Some(path) = mail {
                return std::fs::read_to_string(path).unwrap();
            }
            assert!(started.elapsed() < std::time::Duration::from_mins(1), "no mail came");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Changes what the database says, behind the server's back.
    pub fn execute(&self, sql: &str) {
        let url = format!("sqlite://{}", self.folder.path().join("ebenezer.db").display());
        let sql = sql.to_owned();
        aside(move || async move {
            let db = sea_orm::Database::connect(url).await.unwrap();
            db.execute_unprepared(&sql).await.unwrap();
            db.close().await.unwrap();
        });
    }

    /// The mail that was sent to this address, as it lies in the outbox.
    pub fn mail_to(&self, email: &str) -> String {
        let outbox = self.folder.path().join("outbox");
        let wanted = format!("<{email}>");
        let started = std::time::Instant::now();
        loop {
            let files = std::fs::read_dir(&outbox).into_iter().flatten().flatten();
            let mails = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
            if let Some(mail) = mails.into_iter().find(|mail| mail.contains(&wanted)) {
                return mail;
            }
            assert!(started.elapsed() < std::time::Duration::from_mins(1), "no mail came");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    fn start(folder: TempDir) -> Self {
        let config = config(folder.path());
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let application =
                    Application::build(config, false).await.expect("the server starts");
                let address = application.address();
                let _worker = Worker::start(application.state().clone());
                let server = application.into_server();
                sender.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = receiver.recv().expect("the server starts");
        Self { address, handle, thread: Some(thread), folder }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// The same keys for the whole run: what the demo data hides with them stays readable.
fn config(folder: &Path) -> Config {
    static KEYS: OnceLock<Vec<(&str, String)>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let keys = generate_keys();
        keys.iter().map(|(name, key)| (*name, key.expose_secret().to_owned())).collect()
    });
    let fixed = [("BIND_ADDRESS", "127.0.0.1:0"), ("WORKERS", "2")];
    let fixed = fixed.map(|(name, value)| (name, value.to_owned()));
    let limits = UNLIMITED.map(|name| (name, "100000".to_owned()));
    let data = ("DATA_PATH", folder.display().to_string());
    let variables = keys.iter().cloned().chain(fixed).chain(limits).chain([data]);
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    Config::read(Source::from_pairs(variables)).unwrap()
}

/// A database file that holds the demo firms, and what they uploaded.
async fn demo_files() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let state = app::boot(config(folder.path()), Clock::default()).await.unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 3, 17);
    let options = demo::Options { today, contacts: None };
    demo::seed(&state, &options, &mut std::io::sink()).await.unwrap();
    // The day of the demo is long ago: nobody is reminded of what was asked for then.
    let quiet = "UPDATE document_requests SET next_reminder_on = NULL";
    state.planes.platform().execute_unprepared(quiet).await.unwrap();
    let copy = folder.path().join("copy.db");
    let statement = format!("VACUUM INTO '{}'", copy.display());
    state.planes.platform().execute_unprepared(&statement).await.unwrap();
    let mut files = vec![(PathBuf::from("ebenezer.db"), std::fs::read(copy).unwrap())];
    for firm in std::fs::read_dir(folder.path().join("uploads")).unwrap() {
        for file in std::fs::read_dir(firm.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.strip_prefix(folder.path()).unwrap().to_owned();
            files.push((name, std::fs::read(path).unwrap()));
        }
    }
    files
}

/// Runs it to its end on a thread of its own, whatever runtime is around.
fn aside<F, T>(work: impl FnOnce() -> F + Send + 'static) -> T
where
    F: Future<Output = T>,
    T: Send + 'static,
{
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::spawn(move || runtime().block_on(work())).join().expect("the demo data")
}
