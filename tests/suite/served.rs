//! `normtag review` as a person runs it: served, asked over HTTP, and driven in
//! a browser.

use crate::browser::Page;
use crate::program::Folder;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A treaty of three sentences.
pub(crate) const TREATY: &str = "# The Lake Treaty\n\nArticle 1\n\n1. Each Party shall protect critical \
    information infrastructure against cyber attacks.\n\n2. States should encourage responsible \
    reporting of ICT vulnerabilities.\n\nArticle 2\n\n1. The Parties shall co-operate in the \
    investigation of cybercrime.\n";

/// A review that is being served.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) url: String,
}

impl Served {
    pub(crate) fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_normtag"))
            .arg("review")
            .args(args)
            .current_dir(folder.path(""))
            .env_remove("NORMTAG_CORPUS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("http://127.0.0.1:"), "{line}");
        Self { child, url: line.trim().to_owned() }
    }

    pub(crate) fn host(&self) -> &str {
        self.url.split('/').nth(2).unwrap()
    }

    pub(crate) fn path(&self) -> String {
        format!("/{}/", self.url.split('/').nth(3).unwrap())
    }

    /// Sends a request as it is written, and returns the answer.
    pub(crate) fn raw(&self, request: &str) -> String {
        String::from_utf8_lossy(&self.answer(request)).into_owned()
    }

    /// The status and the body of the answer to a request.
    pub(crate) fn bytes(&self, request: &str) -> (u16, Vec<u8>) {
        let answer = self.answer(request);
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), answer[end + 4..].to_vec())
    }

    fn answer(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// The page.
    pub(crate) fn page(&self) -> String {
        self.raw(&format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.path(),
            self.host()
        ))
    }

    /// Words of the text as a quote that a decision may rest on: the text's run
    /// that has them must have no mark-up within.
    pub(crate) fn quote(&self, words: &str) -> Value {
        let page = self.page();
        let text = page.find("<div id=\"text\"").unwrap();
        let at = text + page[text..].find(words).unwrap();
        let run = page[..at].rfind(" data-at=\"").unwrap() + " data-at=\"".len();
        let (start, rest) = page[run..at].split_once('"').unwrap();
        let start: usize = start.parse().unwrap();
        let before = rest.rsplit_once('>').unwrap().1.len();
        json!([{"document": 0, "start": {"at": start + before},
            "end": {"at": start + before + words.len()}}])
    }

    /// Sends a decision as the page would.
    pub(crate) fn decide(&self, decision: &Value) -> (u16, Value) {
        let body = decision.to_string();
        let host = self.host();
        let answer = self.raw(&format!(
            "POST {}unit/0/decide HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.path(),
            body.len()
        ));
        let status = answer.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status, serde_json::from_str(body).unwrap_or_default())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The entries of the ledger.
pub(crate) fn ledger(folder: &Folder) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.path("decisions.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Chooses an element on the left.
pub(crate) fn go_to(page: &mut Page, element: &str) {
    page.eval(&format!("document.querySelector('#items [data-element=\"{element}\"]').click()"));
}

/// Waits until the page says this of a decision.
#[track_caller]
pub(crate) fn says(page: &mut Page, words: &str) {
    page.until(&format!("document.querySelector('#said').innerText.includes({words:?})"));
}
