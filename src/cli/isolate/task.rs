//! What a reader is asked to do: one line of JSON, and after it the bytes of
//! the file until the end.

use crate::cli::isolate::Limits;
use normtag::model::{Digest, Snapshot};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Write};

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
}

impl Task {
    /// To read `snapshot` within `limits`.
    pub(crate) fn new(snapshot: &Snapshot, limits: Limits) -> Self {
        Self {
            memory: limits.memory,
            seconds: limits.seconds,
            source: snapshot.source.clone(),
            final_url: snapshot.final_url.clone(),
            content_type: snapshot.content_type.clone(),
            digest: snapshot.digest.clone(),
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

    /// The snapshot it stands for, with its bytes.
    pub(crate) fn snapshot(self, bytes: Vec<u8>) -> Snapshot {
        Snapshot {
            final_url: self.final_url,
            content_type: self.content_type,
            ..Snapshot::of_known(self.source, bytes, self.digest)
        }
    }
}
