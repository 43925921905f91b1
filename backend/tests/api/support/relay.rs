//! A Redis for each test, and a way to lose it, or the database.

use super::db::service;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The address of an empty database on the server that the tests were given.
pub async fn fresh_url() -> String {
    /// Redis has sixteen; the first is left alone.
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed) % 15 + 1;
    let mut url = url::Url::parse(&service("TEST_REDIS_URL")).unwrap();
    url.set_path(&number.to_string());
    let client = redis::Client::open(url.as_str()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    redis::cmd("FLUSHDB").query_async::<()>(&mut connection).await.unwrap();
    url.into()
}

/// Passes connections on to a service until it is told not to.
pub struct Relay {
    url: String,
    way: watch::Sender<Way>,
}

/// What becomes of connections.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Open,
    Cut,
    /// They stay, and nothing comes through.
    Held,
}

impl Relay {
    pub async fn to(url: &str) -> Self {
        let mut url = url::Url::parse(url).unwrap();
        let target = (url.host_str().unwrap().to_owned(), url.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        url.set_port(Some(address.port())).unwrap();
        let (way, state) = watch::channel(Way::Open);
        tokio::spawn(async move {
            loop {
                let (mut incoming, _) = listener.accept().await.unwrap();
                let (target, mut state) = (target.clone(), state.clone());
                tokio::spawn(async move {
                    let now = *state.borrow();
                    if now != Way::Open {
                        held(now, &mut state).await;
                        return;
                    }
                    let mut outgoing = TcpStream::connect(target).await.unwrap();
                    let now = tokio::select! {
                        _ = copy_bidirectional(&mut incoming, &mut outgoing) => return,
                        now = state.wait_for(|way| *way != Way::Open) => *now.unwrap(),
                    };
                    held(now, &mut state).await;
                });
            }
        });
        Self { url: url.into(), way }
    }

    /// Where the service seems to be.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends every connection and takes no other.
    pub fn cut(&self) {
        self.way.send_replace(Way::Cut);
    }

    /// Takes every connection, and passes nothing on.
    pub fn hold(&self) {
        self.way.send_replace(Way::Held);
    }

    pub fn restore(&self) {
        self.way.send_replace(Way::Open);
    }
}

/// Until connections are no longer held.
async fn held(now: Way, state: &mut watch::Receiver<Way>) {
    if now == Way::Held {
        drop(state.wait_for(|way| *way != Way::Held).await);
    }
}
