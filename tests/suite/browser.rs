//! A real Chromium, driven over its protocol for tools: what a person would
//! see and press.

use serde_json::{Value, json};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// The browser that `NORMTAG_CHROMIUM` names; without one the test says that
/// it was skipped, unless the whole reference run asks for everything.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn chromium(what: &str) -> Option<PathBuf> {
    let named = std::env::var_os("NORMTAG_CHROMIUM").map(PathBuf::from);
    let wanted = std::env::var_os("NORMTAG_SHARED").is_some() && std::env::var_os("CI").is_some();
    assert!(named.is_some() || !wanted, "NORMTAG_CHROMIUM names no browser");
    if named.is_none() {
        println!("SKIPPED: {what}: NORMTAG_CHROMIUM names no browser");
    }
    named
}

/// A running browser with one page.
pub(crate) struct Browser {
    child: Child,
    _profile: TempDir,
    port: u16,
}

/// A page of it.
pub(crate) struct Page {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    next: u64,
    /// How many keys were pressed.
    pub(crate) keys: u32,
    /// How many places were clicked.
    pub(crate) clicks: u32,
}

impl Browser {
    pub(crate) fn start(program: &Path) -> Self {
        let profile = TempDir::new().unwrap();
        let child = Command::new(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync", "--window-size=1280,860"])
            .args(["--remote-debugging-port=0"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let file = profile.path().join("DevToolsActivePort");
        let port = until("the browser starts", || {
            let text = std::fs::read_to_string(&file).ok()?;
            text.lines().next()?.parse().ok()
        });
        Self { child, _profile: profile, port }
    }

    /// Opens a page of its own at an address, and waits until it is there.
    pub(crate) fn open(&self, url: &str) -> Page {
        let made = self.http("PUT", &format!("/json/new?{url}"));
        let made: Value = serde_json::from_str(&made).unwrap();
        let address = made["webSocketDebuggerUrl"].as_str().unwrap();
        let (socket, _) = tungstenite::connect(address).unwrap();
        let mut page = Page { socket, next: 0, keys: 0, clicks: 0 };
        page.until("document.readyState === 'complete' && location.href !== 'about:blank'");
        page
    }

    fn http(&self, method: &str, path: &str) -> String {
        use std::io::{BufRead as _, BufReader, Read as _, Write as _};
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .unwrap();
        // The browser leaves the connection open: the length says where to stop.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while answer.read_line(&mut line).unwrap() > 0 && !line.trim().is_empty() {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Page {
    fn call(&mut self, method: &str, params: impl serde::Serialize) -> Value {
        let answer = self.ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The answer to a call, an error too.
    fn ask(&mut self, method: &str, params: impl serde::Serialize) -> Value {
        self.next += 1;
        let asked = json!({"id": self.next, "method": method, "params": params});
        self.socket.send(Message::text(asked.to_string())).unwrap();
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let answer: Value = serde_json::from_str(&text).unwrap();
            if answer["id"] == self.next {
                return answer;
            }
        }
    }

    /// The value of an expression in the page.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let answer = self.call("Runtime.evaluate", evaluation(expression));
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression holds; it may fail while another page comes.
    #[track_caller]
    pub(crate) fn until(&mut self, expression: &str) {
        let start = Instant::now();
        loop {
            let answer = self.ask("Runtime.evaluate", evaluation(expression));
            if answer["result"]["result"]["value"] == true {
                return;
            }
            let waited = start.elapsed() < Duration::from_secs(20);
            assert!(waited, "{expression} never held; the last answer was {answer}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The words of the first element that fits.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let found = self.eval(&format!("document.querySelector({selector:?})?.innerText ?? ''"));
        found.as_str().unwrap().to_owned()
    }

    /// Presses a key that writes this character.
    pub(crate) fn press(&mut self, key: &str) {
        self.keys += 1;
        let down = match key {
            "Enter" => json!({"type": "keyDown", "key": key, "text": "\r"}),
            // It writes nothing.
            "Escape" => json!({"type": "keyDown", "key": key}),
            _ => json!({"type": "keyDown", "key": key, "text": key}),
        };
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key}));
    }

    /// Clicks the middle of the first element that fits, as a mouse does.
    pub(crate) fn click(&mut self, selector: &str) {
        self.clicks += 1;
        let place = self.eval(&format!(
            "(() => {{ const at = document.querySelector({selector:?}).getBoundingClientRect(); \
             return {{ x: at.x + at.width / 2, y: at.y + at.height / 2 }}; }})()"
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let (x, y) = (&place["x"], &place["y"]);
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Keeps what is downloaded in a folder.
    pub(crate) fn keep_downloads(&mut self, folder: &Path) {
        let kept = json!({"behavior": "allow", "downloadPath": folder});
        self.call("Browser.setDownloadBehavior", kept);
    }

    /// Types words into what has the focus.
    pub(crate) fn write(&mut self, words: &str) {
        self.call("Input.insertText", json!({"text": words}));
    }

    /// Makes the window another size, light or dark.
    pub(crate) fn resize(&mut self, width: u32, dark: bool) {
        let metrics =
            json!({"width": width, "height": 860, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// A picture of the page as PNG, in base 64.
    pub(crate) fn screenshot(&mut self) -> String {
        let shot = self.call("Page.captureScreenshot", json!({"format": "png"}));
        shot["data"].as_str().unwrap().to_owned()
    }

    pub(crate) fn reload(&mut self) {
        self.eval("window.before = true");
        self.call("Page.reload", json!({}));
        self.until("window.before !== true && document.readyState === 'complete'");
    }
}

fn evaluation(expression: &str) -> Value {
    json!({"expression": expression, "returnByValue": true, "awaitPromise": true})
}

/// Waits for a value.
pub(crate) fn until<T>(what: &str, mut value: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = value() {
            return value;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{what}: it never happened");
        std::thread::sleep(Duration::from_millis(5));
    }
}
