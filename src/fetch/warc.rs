//! Writes visits as WARC 1.1 (ISO 28500): one gzip member for each record.
//!
//! The HTTP client hands over heads that are parsed and bodies that are
//! dechunked, and bodies are unpacked here: so a head is written anew, a coding
//! that is gone stands under `X-Archive-Orig-…`, as other tools do that see no
//! raw bytes, and the `warcinfo` says so.

use crate::fetch::exchange::Exchange;
use crate::fetch::visit::Visit;
use crate::model::{Digest, Origin, Snapshot};
use flate2::{Compression, GzBuilder};
use std::io::{self, Write};
use url::Url;

/// Writes records.
pub struct Warc<W: Write> {
    out: W,
    /// Records so far: no two have one id.
    count: u64,
}

/// A record but for its id and digests.
struct Record<'a> {
    kind: &'static str,
    /// The address it is of.
    target: Option<&'a str>,
    /// When (RFC 3339, UTC).
    date: &'a str,
    content_type: &'a str,
    /// Fields besides those every record has.
    fields: Vec<(&'static str, String)>,
    block: Vec<u8>,
}

impl<W: Write> Warc<W> {
    /// Begins a file at `date` (RFC 3339, UTC) with what wrote it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn new(out: W, date: &str) -> io::Result<Self> {
        let mut warc = Self { out, count: 0 };
        let block = concat!(
            "software: normtag/",
            env!("CARGO_PKG_VERSION"),
            "\r\nformat: WARC File Format 1.1\r\n",
            "description: heads written anew from what was parsed; bodies of documents without \
             transfer and content coding, whose names stand under X-Archive-Orig-\r\n",
        );
        warc.write(&Record {
            kind: "warcinfo",
            target: None,
            date,
            content_type: "application/warc-fields",
            fields: Vec::new(),
            block: block.into(),
        })?;
        Ok(warc)
    }

    /// Writes what was exchanged for an address; what the store had, as it was
    /// when it was fetched.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn visit(&mut self, visit: &Visit) -> io::Result<()> {
        let document = visit.fetched.as_ref().ok();
        let last = visit.exchanges.len().saturating_sub(1);
        for (index, exchange) in visit.exchanges.iter().enumerate() {
            let document = document.filter(|_| index == last);
            let before = visit.before.as_ref().filter(|_| visit.unchanged);
            let response = match (document, before) {
                (Some(document), Some(before)) => self.revisit(exchange, document, before)?,
                (document, _) => self.response(exchange, document)?,
            };
            self.request(exchange, response)?;
        }
        match document {
            Some(document) if visit.exchanges.is_empty() => self.stored(document),
            _ => Ok(()),
        }
    }

    fn response(&mut self, exchange: &Exchange, document: Option<&Snapshot>) -> io::Result<String> {
        let body = document.map_or(&exchange.body, |document| &document.bytes);
        let mut block = head(exchange.status, &exchange.headers, document.is_some(), body.len());
        block.extend_from_slice(body);
        let mut fields = vec![("WARC-Payload-Digest", Digest::of(body).as_str().to_owned())];
        if exchange.truncated {
            fields.push(("WARC-Truncated", "length".to_owned()));
        }
        self.write(&Record { fields, ..http("response", exchange, block) })
    }

    /// The same document as before: its head alone, and where the bytes are.
    fn revisit(
        &mut self,
        exchange: &Exchange,
        document: &Snapshot,
        before: &Snapshot,
    ) -> io::Result<String> {
        let why = match exchange.status {
            304 => "server-not-modified",
            _ => "identical-payload-digest",
        };
        let mut fields = vec![
            ("WARC-Profile", format!("http://netpreserve.org/warc/1.1/revisit/{why}")),
            ("WARC-Refers-To-Target-URI", address(before).to_owned()),
            ("WARC-Payload-Digest", document.digest.as_str().to_owned()),
        ];
        if let Some(date) = &before.fetched_at {
            fields.push(("WARC-Refers-To-Date", date.clone()));
        }
        let block = head(exchange.status, &exchange.headers, true, 0);
        self.write(&Record { fields, ..http("revisit", exchange, block) })
    }

    fn request(&mut self, exchange: &Exchange, response: String) -> io::Result<()> {
        let path = Url::parse(&exchange.url).ok().map(|url| {
            url.query()
                .map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
        });
        let mut block = format!("GET {} HTTP/1.1\r\n", path.as_deref().unwrap_or("/"));
        for (name, value) in &exchange.sent {
            block = format!("{block}{name}: {value}\r\n");
        }
        block.push_str("\r\n");
        let fields = vec![("WARC-Concurrent-To", response)];
        let request = Record { fields, ..http("request", exchange, block.into_bytes()) };
        self.write(&Record { content_type: "application/http;msgtype=request", ..request })?;
        Ok(())
    }

    /// A copy the store had; one that a person saved has no answer of a server.
    fn stored(&mut self, document: &Snapshot) -> io::Result<()> {
        let bytes = &document.bytes;
        let (target, date) = (Some(address(document)), document.fetched_at.as_deref());
        let payload = ("WARC-Payload-Digest", document.digest.as_str().to_owned());
        // The epoch where nothing is known: the format has no record without.
        let date = date.unwrap_or("1970-01-01T00:00:00Z");
        let record = if document.origin == Origin::Attached || document.headers.is_empty() {
            let content_type = document.content_type.as_deref();
            Record {
                kind: "resource",
                target,
                date,
                content_type: content_type.unwrap_or("application/octet-stream"),
                fields: vec![payload],
                block: bytes.clone(),
            }
        } else {
            let mut block = head(200, &document.headers, true, bytes.len());
            block.extend_from_slice(bytes);
            Record {
                kind: "response",
                target,
                date,
                content_type: "application/http;msgtype=response",
                fields: vec![payload],
                block,
            }
        };
        self.write(&record).map(|_| ())
    }

    /// Writes a record, and says its id.
    fn write(&mut self, record: &Record<'_>) -> io::Result<String> {
        let digest = Digest::of(&record.block);
        let id = self.id(record, &digest);
        let mut head = format!("WARC/1.1\r\nWARC-Type: {}\r\n", record.kind);
        let mut field = |name: &str, value: &str| {
            // A field is one line, whatever a server sends.
            let value = value.replace(['\r', '\n'], " ");
            head = format!("{head}{name}: {value}\r\n");
        };
        field("WARC-Record-ID", &id);
        field("WARC-Date", record.date);
        if let Some(target) = record.target {
            field("WARC-Target-URI", target);
        }
        for (name, value) in &record.fields {
            field(name, value);
        }
        field("WARC-Block-Digest", digest.as_str());
        field("Content-Type", record.content_type);
        field("Content-Length", &record.block.len().to_string());
        // No time and no name in the member: the same visit, the same bytes.
        let mut member = GzBuilder::new().write(&mut self.out, Compression::default());
        member.write_all(head.as_bytes())?;
        member.write_all(b"\r\n")?;
        member.write_all(&record.block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()?;
        Ok(id)
    }

    /// A UUID (version 8) made of what the record is and of its place.
    fn id(&mut self, record: &Record<'_>, digest: &Digest) -> String {
        self.count += 1;
        let target = record.target.unwrap_or_default();
        let made_of =
            format!("{} {} {} {target} {}", self.count, record.kind, record.date, digest.as_str());
        let digest = Digest::of(made_of.as_bytes());
        let hex = digest.hex();
        let part = |from: usize, to: usize| &hex[from..to];
        format!(
            "<urn:uuid:{}-{}-8{}-8{}-{}>",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        )
    }
}

fn http<'a>(kind: &'static str, exchange: &'a Exchange, block: Vec<u8>) -> Record<'a> {
    Record {
        kind,
        target: Some(&exchange.url),
        date: &exchange.at,
        content_type: "application/http;msgtype=response",
        fields: Vec::new(),
        block,
    }
}

/// The address that gave a document.
fn address(snapshot: &Snapshot) -> &str {
    snapshot.final_url.as_deref().unwrap_or(&snapshot.source)
}

/// The head of an answer, true of the `length` bytes that follow it.
fn head(status: u16, headers: &[(String, String)], unpacked: bool, length: usize) -> Vec<u8> {
    let reason = reqwest::StatusCode::from_u16(status).ok();
    let reason = reason.and_then(|status| status.canonical_reason()).unwrap_or("");
    let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
    for (name, value) in headers {
        let gone = match name.as_str() {
            "content-length" | "transfer-encoding" => true,
            "content-encoding" => unpacked,
            _ => false,
        };
        let before = if gone { "X-Archive-Orig-" } else { "" };
        head = format!("{head}{before}{name}: {value}\r\n");
    }
    format!("{head}Content-Length: {length}\r\n\r\n").into_bytes()
}
