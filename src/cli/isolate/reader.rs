//! The other side: what this program does when it is started to read one
//! document.

use crate::cli::isolate::ARGUMENT;
use crate::cli::isolate::limited::limit;
use crate::cli::isolate::task::{Task, Work};
use normtag::extract::{extract_recognised, pages_to_recognise};
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Whether the program was started to read one document.
pub(crate) fn is_reader() -> bool {
    std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT)
}

/// Reads one document from standard input to standard output.
pub(crate) fn read_one() -> ExitCode {
    match read(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The parent listens; a person does not.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn read(from: &mut io::StdinLock<'_>, out: &mut io::StdoutLock<'_>) -> io::Result<()> {
    let task = Task::read(from)?;
    limit(task.memory, task.seconds)?;
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let (snapshot, work) = task.parts(bytes);
    // In one go: what cannot be held whole must not be taken for a document.
    let written = match work {
        Work::Read(recognised) => serde_json::to_vec(&extract_recognised(&snapshot, &recognised))?,
        Work::Survey => serde_json::to_vec(&pages_to_recognise(&snapshot))?,
        Work::Draw { page, turns } => drawn(&snapshot, page, turns)?,
    };
    out.write_all(&written)?;
    out.flush()
}

/// The resolution of a page's picture on a line, or why there is none; then the
/// picture.
#[cfg(feature = "ocr")]
fn drawn(snapshot: &normtag::model::Snapshot, page: u32, turns: u8) -> io::Result<Vec<u8>> {
    let drawn = normtag::extract::draw_page(snapshot, page);
    let turned = drawn.map(|drawn| (0..turns).fold(drawn, |picture, _| picture.turned()));
    let mut written = serde_json::to_vec(&turned.as_ref().map(|picture| picture.resolution))?;
    written.push(b'\n');
    written.extend(turned.iter().flat_map(normtag::extract::PagePicture::to_pgm));
    Ok(written)
}

/// Nobody asks for it: without the feature there is no OCR.
#[cfg(not(feature = "ocr"))]
fn drawn(_: &normtag::model::Snapshot, _: u32, _: u8) -> io::Result<Vec<u8>> {
    Err(io::Error::other("built without the feature `ocr`"))
}
