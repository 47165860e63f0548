//! What a reader is asked to do: one line of JSON, and after it the bytes of
//! the file until the end.

use crate::cli::isolate::Limits;
use normtag::extract::RecognisedPages;
use normtag::model::{Digest, Snapshot};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Write};

/// What is to be done with the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Work {
    /// Read it, with what was recognised of its pages.
    Read(RecognisedPages),
    /// Say which of its pages OCR could read.
    Survey,
    /// Draw a page, counted from 1, turned clockwise by so many right angles.
    Draw {
        /// The page.
        page: u32,
        /// The right angles.
        turns: u8,
    },
}

/// Everything but the bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Task {
    /// Memory the reader allows itself, in MiB.
    pub(crate) memory: u64,
    /// Seconds after which it is ended from outside.
    pub(crate) seconds: u64,
    source: String,
    final_url: Option<String>,
    content_type: Option<String>,
    digest: Digest,
    work: Work,
}

impl Task {
    /// To do this work on `snapshot` within `limits`.
    pub(crate) fn new(snapshot: &Snapshot, limits: Limits, work: Work) -> Self {
        Self {
            memory: limits.memory,
            seconds: limits.seconds,
            source: snapshot.source.clone(),
            final_url: snapshot.final_url.clone(),
            content_type: snapshot.content_type.clone(),
            digest: snapshot.digest.clone(),
            work,
        }
    }

    /// Writes the line.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Reads the line.
    pub(crate) fn read(from: &mut dyn BufRead) -> io::Result<Self> {
        let mut line = String::new();
        from.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }

    /// The snapshot it stands for, with its bytes, and what to do with it.
    pub(crate) fn parts(self, bytes: Vec<u8>) -> (Snapshot, Work) {
        let snapshot = Snapshot {
            final_url: self.final_url,
            content_type: self.content_type,
            ..Snapshot::of_known(self.source, bytes, self.digest)
        };
        (snapshot, self.work)
    }
}
