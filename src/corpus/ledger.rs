//! The ledger of decisions: a file of lines that is only ever appended to, and
//! on disk before anything is said to be saved.

use crate::model::Decision;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The ledger in a file, and what has been read of it.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    /// How many bytes of the file were read, up to the end of a line.
    read: u64,
    decisions: Vec<Decision>,
}

/// What opening a ledger found.
#[derive(Debug)]
pub struct OpenedLedger {
    /// The ledger.
    pub ledger: Ledger,
    /// The bytes of a last line that was not written to its end and was set
    /// aside beside the file; nothing of it had been said to be saved.
    pub set_aside: Option<PathBuf>,
}

impl Ledger {
    /// Opens the ledger at `path`, which is begun where there is none.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or a line of it that is
    /// written to its end is no decision: it is not a ledger, and is left
    /// alone.
    pub fn open(path: &Path) -> io::Result<OpenedLedger> {
        let file =
            File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut ledger = Self { path: path.to_owned(), file, read: 0, decisions: Vec::new() };
        ledger.file.lock()?;
        let set_aside = ledger.read_new().and_then(|rest| ledger.set_aside(&rest));
        ledger.file.unlock()?;
        Ok(OpenedLedger { set_aside: set_aside?, ledger })
    }

    /// The decisions read so far, in order; the number of one is its place.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what others have appended.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds what is no decision.
    pub fn refresh(&mut self) -> io::Result<()> {
        self.file.lock_shared()?;
        let read = self.read_new();
        self.file.unlock()?;
        read.map(|_| ())
    }

    /// Appends what `decide` makes of the decisions that are there, under a
    /// lock that keeps others from appending meanwhile, and returns when it is
    /// on disk. `decide` may refuse, with a reason of its own.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written. Nothing was said to be saved then,
    /// and what was written of it is taken back.
    pub fn append<E>(
        &mut self,
        decide: impl FnOnce(&[Decision]) -> Result<Vec<Decision>, E>,
    ) -> io::Result<Result<(), E>> {
        self.file.lock()?;
        let appended = self.append_locked(decide);
        self.file.unlock()?;
        appended
    }

    fn append_locked<E>(
        &mut self,
        decide: impl FnOnce(&[Decision]) -> Result<Vec<Decision>, E>,
    ) -> io::Result<Result<(), E>> {
        let rest = self.read_new()?;
        self.set_aside(&rest)?;
        let decided = match decide(&self.decisions) {
            Ok(decided) => decided,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut lines = Vec::new();
        for decision in &decided {
            serde_json::to_writer(&mut lines, decision)?;
            lines.push(b'\n');
        }
        self.file.seek(SeekFrom::Start(self.read))?;
        let written = self.file.write_all(&lines).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line would be taken for one that was cut short by a crash.
            let _ = self.file.set_len(self.read);
            return Err(error);
        }
        self.read += lines.len() as u64;
        self.decisions.extend(decided);
        Ok(Ok(()))
    }

    /// Reads the lines that were written to their end since; what stands
    /// behind them is returned.
    fn read_new(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(self.read))?;
        self.file.read_to_end(&mut bytes)?;
        let (whole, rest) = whole_lines(&bytes);
        for line in whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let number = self.decisions.len() + 1;
            let decision = serde_json::from_slice(line).map_err(|error| {
                let message = format!("line {number} is no decision: {error}");
                io::Error::new(io::ErrorKind::InvalidData, message)
            })?;
            self.decisions.push(decision);
        }
        self.read += whole.len() as u64;
        Ok(rest.to_vec())
    }

    /// Keeps a last line that was not written to its end in a file beside the
    /// ledger, and takes it off.
    fn set_aside(&mut self, rest: &[u8]) -> io::Result<Option<PathBuf>> {
        if rest.is_empty() {
            return Ok(None);
        }
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let beside = self.path.with_file_name(format!("{name}.cut-off-at-{}", self.read));
        let mut file = File::create(&beside)?;
        file.write_all(rest)?;
        file.sync_all()?;
        self.file.set_len(self.read)?;
        self.file.sync_data()?;
        Ok(Some(beside))
    }
}

/// What a ledger holds, read without touching it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerText {
    /// The decisions, in order; the number of one is its place.
    pub decisions: Vec<Decision>,
    /// The line of each, from 1.
    pub lines: Vec<usize>,
    /// The bytes of a last line that was not written to its end: nothing of it
    /// was said to be saved.
    pub cut_off: usize,
}

/// Reads the bytes of a ledger, which may end within a letter.
///
/// # Errors
///
/// With the line, from 1, and the mistake of everything that is no decision.
pub fn parse_ledger(bytes: &[u8]) -> Result<LedgerText, Vec<(usize, String)>> {
    let (whole, rest) = whole_lines(bytes);
    let cut_off = if rest.trim_ascii().is_empty() { 0 } else { rest.len() };
    let mut read = LedgerText { cut_off, ..LedgerText::default() };
    let mut mistakes = Vec::new();
    for (text, line) in whole.split(|byte| *byte == b'\n').zip(1..) {
        if text.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Decision>(text) {
            Ok(one) if one.format == 1 => {
                read.decisions.push(one);
                read.lines.push(line);
            }
            Ok(Decision { format, .. }) => {
                let text = format!("format {format}; this version of normtag reads format 1");
                mistakes.push((line, text));
            }
            Err(error) => {
                // The line stands in the mistake's own place.
                let said = error.to_string();
                let said = said.split(" at line ").next().unwrap_or(&said);
                mistakes.push((line, format!("this is no decision: {said}")));
            }
        }
    }
    if mistakes.is_empty() { Ok(read) } else { Err(mistakes) }
}

/// The lines that were written to their end, and what stands behind them.
pub(crate) fn whole_lines(bytes: &[u8]) -> (&[u8], &[u8]) {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    bytes.split_at(whole)
}
