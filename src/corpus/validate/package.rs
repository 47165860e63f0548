//! What a Data Package says of its files, held against the files.
//!
//! Source of the format: Frictionless Data Package v2, properties `path`,
//! `bytes` and `hash` of a resource (`sha256:` before the digest).

use crate::diagnostic::Diagnostic;
use crate::model::{Digest, SourceFile, Span};
use serde_json::Value;
use std::io;

/// Checks the descriptor in `file`; `read` gives the bytes of the file at a
/// path that the descriptor names.
pub fn check_package(
    file: &SourceFile,
    read: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Vec<Diagnostic> {
    let descriptor: Value = match serde_json::from_str(&file.text) {
        Ok(descriptor) => descriptor,
        Err(error) => {
            let span = place(&file.text, error.line(), error.column());
            let label = error.to_string();
            return vec![Diagnostic::error(
                "D030",
                &file.path,
                span,
                "the file is not JSON",
                label,
            )];
        }
    };
    let resources = descriptor["resources"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<Diagnostic> =
        resources.iter().filter_map(|resource| check(file, resource, &read)).collect();
    found.sort();
    found
}

/// What is wrong with one resource: one thing, as the others follow from it.
fn check(
    file: &SourceFile,
    resource: &Value,
    read: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Option<Diagnostic> {
    let path = resource["path"].as_str()?;
    let at = |words: &str| {
        let start = file.text.find(words).unwrap_or(0);
        Span::new(start, start + words.len())
    };
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let label = format!("it cannot be read: {error}");
            let title = "a file of the package is missing";
            return Some(Diagnostic::error("D031", &file.path, at(path), title, label));
        }
    };
    let digest = Digest::of(&bytes);
    let stated = resource["hash"].as_str();
    if let Some(hash) = stated.filter(|hash| *hash != digest.as_str()) {
        let label = format!("`{path}` has {}", digest.as_str());
        let help = "the file was changed after the package was made, or the package not made anew";
        let mistake = Diagnostic::error("D032", &file.path, at(hash), "another hash", label);
        return Some(mistake.with_help(help));
    }
    let stated = resource["bytes"].as_u64();
    stated.filter(|stated| *stated != bytes.len() as u64).map(|_| {
        let label = format!("`{path}` has {} bytes", bytes.len());
        Diagnostic::error("D033", &file.path, at(path), "another size", label)
    })
}

/// The character at a line and column, both from 1.
fn place(text: &str, line: usize, column: usize) -> Span {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let start = (before + column.saturating_sub(1)).min(text.len());
    let start = (0..=start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = text.get(start..).and_then(|rest| rest.chars().next());
    Span::new(start, start + end.map_or(0, char::len_utf8))
}
