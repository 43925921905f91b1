//! Just enough HTTP/1.1 to wait for a server and to measure it.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::process::{Group, go_on};

const LIMIT: Duration = Duration::from_secs(30);

/// A connection that is kept open between requests.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
}

/// An answer, its body read.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body as sent.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects to `host`.
    pub fn open(host: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&host, LIMIT)
            .with_context(|| format!("nothing answers at {host}"))?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host })
    }

    /// Sends one request; `headers` are whole lines.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[String],
        body: &str,
    ) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for line in headers {
            request.push_str(line);
            request.push_str("\r\n");
        }
        if !body.is_empty() {
            request.push_str("Content-Type: application/json\r\n");
        }
        // Writing to a string cannot fail.
        let _ = write!(request, "Content-Length: {}\r\n\r\n{body}", body.len());
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read_answer()
    }

    fn read_answer(&mut self) -> Result<Answer> {
        let status_line = self.line()?;
        let status = status_line
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .with_context(|| format!("not an HTTP answer: {status_line}"))?;
        let mut length = 0;
        let mut chunked = false;
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().context("content-length")?;
            }
            chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
        }
        let body = if chunked { self.chunks()? } else { self.bytes(length)? };
        Ok(Answer { status, body })
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = self.line()?;
            let size = usize::from_str_radix(size.trim(), 16).context("chunk size")?;
            body.extend(self.bytes(size)?);
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}

/// Waits until `path` answers 200, as long as `server` runs; answers how long it took.
pub fn wait_until_ready(
    host: SocketAddr,
    path: &str,
    server: &mut Group,
    limit: Duration,
) -> Result<Duration> {
    let started = Instant::now();
    loop {
        let answer = Connection::open(host).and_then(|mut it| it.send("GET", path, &[], ""));
        if answer.is_ok_and(|answer| answer.status == 200) {
            return Ok(started.elapsed());
        }
        go_on()?;
        if let Some(status) = server.exited()? {
            bail!("the server stopped while starting ({status}); its last lines above say why");
        }
        if started.elapsed() > limit {
            bail!("the server did not answer 200 at http://{host}{path} within {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A port of the loopback interface that nothing uses.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}
