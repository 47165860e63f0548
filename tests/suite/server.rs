//! An HTTP server on 127.0.0.1 that sends exactly the bytes it is told to, at
//! the pace it is told to: mock servers are too well-behaved for faults.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A step of an answer. After the last the connection is closed.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Send these bytes.
    Send(Vec<u8>),
    /// Send nothing for a while.
    Pause(Duration),
}

/// Answers requests until the test ends.
pub(crate) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that answers a request for a path with the steps `answer`
    /// gives for it.
    pub(crate) fn start(answer: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&requests));
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || serve(connection, &*answer, &seen));
            }
        });
        Self { port, requests }
    }

    /// The address of `path` on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Where it listens.
    pub(crate) fn place(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The paths that were asked for, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(mut connection: TcpStream, answer: &dyn Fn(&str) -> Vec<Step>, seen: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
    let Some(Ok(request)) = lines.next() else {
        return;
    };
    // What is no HTTP (the first bytes of TLS, say) has no lines to wait for.
    let Some(path) = request.split(' ').nth(1).map(str::to_owned) else {
        return;
    };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    seen.lock().unwrap().push(path.clone());
    for step in answer(&path) {
        match step {
            Step::Send(bytes) => {
                if connection.write_all(&bytes).is_err() {
                    return;
                }
            }
            Step::Pause(time) => thread::sleep(time),
        }
    }
}

/// A whole answer: status line, headers (each `Name: value`), body.
pub(crate) fn reply(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let length = format!("Content-Length: {}", body.len());
    let headers = headers.iter().copied().chain([length.as_str(), "Connection: close"]);
    let mut bytes = head(status, headers);
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

/// A redirect.
pub(crate) fn redirect(status: &str, to: &str) -> Vec<Step> {
    reply(status, &[&format!("Location: {to}")], "")
}

/// A status line and headers alone.
pub(crate) fn head<'a>(status: &str, headers: impl IntoIterator<Item = &'a str>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A gzip stream that decodes to `mebibytes` MiB and is never done: one letter,
/// then copies of it, 258 at a time, in 13 bits each.
pub(crate) fn gzip_bomb(mebibytes: usize) -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let (mut pending, mut filled) = (0_u32, 0_u32);
    let mut push = |value: u32, width: u32, bytes: &mut Vec<u8>| {
        // Codes are packed from their highest bit, everything else from its lowest.
        for place in (0..width).rev() {
            pending |= (value >> place & 1) << filled;
            filled += 1;
            if filled == 8 {
                bytes.push(u8::try_from(pending).expect("eight bits"));
                (pending, filled) = (0, 0);
            }
        }
    };
    // The last block, with the fixed codes.
    push(0b110, 3, &mut bytes);
    push(0x30 + u32::from(b'a'), 8, &mut bytes);
    for _ in 0..(mebibytes << 20) / 258 {
        push(0xc5, 8, &mut bytes);
        push(0, 5, &mut bytes);
    }
    bytes
}
