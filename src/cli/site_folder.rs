//! The folder of a site: written file by file, and never over what is not a
//! site of ours.

use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use normtag::report::site::SiteFile;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Names every file of the site; that it is there says whose folder it is.
const MANIFEST: &str = "report.json";

/// Writes the site into `folder`. Files that an earlier report wrote and this
/// one does not are taken away; others are left alone.
/// `kind` says what it is: a folder of another kind is refused.
pub(crate) fn write_site(folder: &Path, kind: &str, files: &[SiteFile]) -> Result<(), Failure> {
    let before = written_before(folder, kind)?;
    for file in files {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| Failure::writing(parent, error))?;
        write_to(Some(&path), |out| out.write_all(&file.bytes))?;
    }
    let names: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let manifest = json!({"format": 1, "kind": kind, "files": names});
    write_to(Some(&folder.join(MANIFEST)), |out| writeln!(out, "{manifest:#}"))?;
    for old in before.iter().filter(|old| !names.contains(old.as_str())) {
        // It may be gone already; what matters is that it does not stay.
        let _ = std::fs::remove_file(folder.join(old));
    }
    Ok(())
}

/// The files of the report that is there; a folder with anything else is
/// refused.
fn written_before(folder: &Path, kind: &str) -> Result<Vec<String>, Failure> {
    let shown = folder.display();
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::Asked(format!("{shown}: this is a file; name a folder")));
    }
    let manifest = folder.join(MANIFEST);
    match std::fs::read(&manifest) {
        Ok(bytes) => {
            let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            if value["kind"].as_str() != Some(kind) {
                let message = format!(
                    "{shown}: another kind of pages was written here; name a new or an empty folder"
                );
                return Err(Failure::Asked(message));
            }
            let files = value["files"].as_array().map(Vec::as_slice).unwrap_or_default();
            let files = files.iter().filter_map(|file| file.as_str());
            // Nothing outside the folder is ever named.
            Ok(files.filter(|file| !file.contains("..")).map(str::to_owned).collect())
        }
        Err(_) if std::fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some()) => {
            let message = format!(
                "{shown}: there are files here that are no report; name a new or an empty folder"
            );
            Err(Failure::Asked(message))
        }
        Err(_) => Ok(Vec::new()),
    }
}
