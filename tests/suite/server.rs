//! An HTTP server on 127.0.0.1 that sends exactly the bytes it is told to, at
//! the pace it is told to, with TLS or without: mock servers are too
//! well-behaved for faults.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A step of an answer. After the last the connection is closed.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Send these bytes.
    Send(Vec<u8>),
    /// Send nothing for a while.
    Pause(Duration),
    /// Reset the connection.
    Reset,
}

/// A request, as far as tests look at it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// The host it is for, without a port.
    pub(crate) host: String,
    /// Its path and query.
    pub(crate) path: String,
    /// Its headers, names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// When it was read.
    pub(crate) at: Instant,
    /// Whether another connection for the same host was open then.
    pub(crate) beside_another: bool,
}

/// Answers requests until the test ends.
pub(crate) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

type Answer = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

/// What every connection shares.
struct Shared {
    answer: Box<Answer>,
    tls: Option<Arc<ServerConfig>>,
    requests: Arc<Mutex<Vec<Request>>>,
    /// The newest connection of each host, which is left to the client to
    /// close; none where the server closes.
    left_open: Option<Mutex<BTreeMap<String, TcpStream>>>,
}

impl Server {
    /// A server that answers a request for a path with the steps `answer`
    /// gives for it.
    pub(crate) fn start(answer: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::answering(None, move |request| answer(&request.path))
    }

    /// A server that answers requests; with TLS too, where there is a
    /// configuration, on the same port.
    pub(crate) fn answering(
        tls: Option<Arc<ServerConfig>>,
        answer: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        Self::serve(tls, Box::new(answer), None)
    }

    /// A server that leaves it to the client to close, and looks whether it
    /// has when it comes again.
    pub(crate) fn watching(answer: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::serve(None, Box::new(answer), Some(Mutex::default()))
    }

    /// A server that answers in the clear to whatever it is sent.
    pub(crate) fn clear_text() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for mut connection in listener.incoming().map_while(Result::ok) {
                let _ = connection.read(&mut [0; 1024]);
                let _ = connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            }
        });
        Self { port, requests: Arc::default() }
    }

    fn serve(
        tls: Option<Arc<ServerConfig>>,
        answer: Box<Answer>,
        left_open: Option<Mutex<BTreeMap<String, TcpStream>>>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::new(Shared { answer, tls, requests: Arc::clone(&requests), left_open });
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.connection(&connection));
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
        self.log().into_iter().map(|request| request.path).collect()
    }

    /// The requests, in order.
    pub(crate) fn log(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Shared {
    fn connection(&self, connection: &TcpStream) {
        let mut first = [0];
        let hello = connection.peek(&mut first).is_ok_and(|read| read == 1) && first[0] == 0x16;
        let Some(tls) = self.tls.as_ref().filter(|_| hello) else {
            let mut stream = connection.try_clone().unwrap();
            self.exchange(&mut stream, connection);
            return;
        };
        let session = ServerConnection::new(Arc::clone(tls)).unwrap();
        let mut stream = StreamOwned::new(session, connection.try_clone().unwrap());
        self.exchange(&mut stream, connection);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }

    fn exchange(&self, stream: &mut (impl Read + Write), connection: &TcpStream) {
        let Some(mut request) = read_request(stream) else { return };
        if let Some(open) = &self.left_open {
            let mut open = open.lock().unwrap();
            request.beside_another = open.get(&request.host).is_some_and(is_open);
            open.insert(request.host.clone(), connection.try_clone().unwrap());
        }
        let steps = (self.answer)(&request);
        self.requests.lock().unwrap().push(request);
        for step in steps {
            match step {
                Step::Send(bytes) => {
                    if stream.write_all(&bytes).and_then(|()| stream.flush()).is_err() {
                        return;
                    }
                }
                Step::Pause(time) => thread::sleep(time),
                Step::Reset => {
                    let _ = socket2::SockRef::from(connection).set_linger(Some(Duration::ZERO));
                    return;
                }
            }
        }
    }
}

/// Whether the other side has not closed.
fn is_open(connection: &TcpStream) -> bool {
    connection.set_nonblocking(true).unwrap();
    let peeked = connection.peek(&mut [0]);
    connection.set_nonblocking(false).unwrap();
    peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
}

fn read_request(stream: &mut impl Read) -> Option<Request> {
    let mut lines = BufReader::with_capacity(1, stream).lines();
    let first = lines.next()?.ok()?;
    // What is no HTTP (the first bytes of TLS, say) has no lines to wait for.
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    while let Some(Ok(line)) = lines.next() {
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let host = headers.get("host").map(|host| host.split(':').next().unwrap_or("").to_owned());
    let host = host.unwrap_or_default();
    Some(Request { host, path, headers, at: Instant::now(), beside_another: false })
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
