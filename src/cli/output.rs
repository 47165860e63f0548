//! Where results go: standard output, or a file that is replaced only when
//! all of it is written.

use crate::cli::failure::Failure;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The file an argument names; none for `-`, which is standard output.
pub(crate) fn file(named: Option<&Path>) -> Option<&Path> {
    named.filter(|path| *path != Path::new("-"))
}

/// The form that the ending of the output's name asks for, `otherwise` where it
/// has none. `what` says what is written.
pub(crate) fn form_of<F: Copy>(
    named: Option<&Path>,
    forms: &[(&str, F)],
    otherwise: F,
    what: &str,
) -> Result<F, Failure> {
    let path = file(named);
    let Some((path, ending)) = path.and_then(|path| Some((path, path.extension()?))) else {
        return Ok(otherwise);
    };
    let ending = ending.to_string_lossy().to_lowercase();
    let found = forms.iter().find(|(known, _)| *known == ending);
    found.map(|(_, form)| *form).ok_or_else(|| {
        let path = path.display();
        let known: Vec<String> = forms.iter().map(|(known, _)| format!(".{known}")).collect();
        Failure::Asked(format!(
            "{path}: no form of {what} ends in .{ending}; name one with --format, or end the name \
             in one of {}",
            known.join(", ")
        ))
    })
}

/// Where a path leads, whether or not there is a file yet: two paths are one
/// file when this is the same.
pub(crate) fn place(path: &Path) -> PathBuf {
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Refuses an output that would overwrite what is read.
pub(crate) fn spare(named: Option<&Path>, read: &[&str]) -> Result<(), Failure> {
    let Some(path) = file(named) else { return Ok(()) };
    let same = |typed: &&str| place(Path::new(typed)) == place(path);
    if path.is_file() && read.iter().any(same) {
        let path = path.display();
        return Err(Failure::Asked(format!("{path}: this is read; it is not overwritten")));
    }
    Ok(())
}

/// Writes with `write` to `path`, or to standard output where there is none.
pub(crate) fn write_to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if let Some(path) = file(path) {
        return write_file(path, write).map_err(|error| Failure::writing(path, error));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(Failure::stdout)
}

/// Writes a value to standard output, indented.
pub(crate) fn write_json(value: &serde_json::Value) -> Result<(), Failure> {
    write_to(None, |out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    })
}

/// Writes beside the file and renames, so that a full disk or a kill leaves
/// the file that was there. A link stays a link: it is where it leads that is
/// written.
fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let existing = path.canonicalize().ok();
    let dangling = existing.is_none() && path.is_symlink();
    let replaced = existing.as_ref().filter(|path| path.is_file());
    if dangling || existing.is_some() && replaced.is_none() {
        // A device or a pipe is written to, not replaced; and a link that
        // leads nowhere yet is followed by the system.
        let mut out = BufWriter::new(File::options().write(true).create(dangling).open(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    // A file that may not be written to is not replaced either.
    let permissions = replaced.map(|path| File::options().write(true).open(path)?.metadata());
    let permissions = permissions.transpose()?.map(|metadata| metadata.permissions());
    let path = existing.as_deref().unwrap_or(path);
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let part = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = File::create(&part).and_then(|file| {
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        std::fs::rename(&part, path)
    });
    if written.is_err() {
        // What was half written is of no use; the error is what matters.
        let _ = std::fs::remove_file(&part);
    }
    written
}
