//! Keeps snapshots on disk: bytes by their digest, and for every address what
//! it gave.
//!
//! ```text
//! DIR/blobs/9f/86d081…            the bytes, named by their SHA-256
//! DIR/sources/<sha256>.json       what the address gave, named by its own
//! ```
//!
//! A file is written beside its place and moved into it, so a crash leaves the
//! old or the new, never a half. What is read is held against its digest.

#![expect(clippy::disallowed_methods, reason = "the store is a door to files")]

use crate::fetch::address::canonical;
use crate::model::{Digest, Hop, Origin, Snapshot};
use data_encoding::BASE32;
use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder of snapshots.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// What an address gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    url: String,
    #[serde(default)]
    outcome: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    final_url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    redirects: Vec<Hop>,
    content_type: Option<String>,
    fetched_at: Option<String>,
    digest: Digest,
    /// SHA-1 in base 32, as archives list their copies by it.
    #[serde(default)]
    sha1: String,
    bytes: u64,
    /// The headers of the answer, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(String, String)>,
}

/// What is wrong with a stored snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// The file that is missing or altered.
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)
    }
}

impl Store {
    /// The store in the folder `root`, which is made when something is kept.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The snapshot of `source`, if one is kept.
    ///
    /// # Errors
    ///
    /// When one is kept but cannot be read or is not what was stored.
    pub fn get(&self, source: &str) -> Result<Option<Snapshot>, Damaged> {
        let path = self.manifest(source);
        let damaged = |path: &Path, what: String| Damaged { path: path.to_owned(), what };
        let manifest = match fs::read(&path) {
            Ok(manifest) => manifest,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(damaged(&path, error.to_string())),
        };
        let manifest: Manifest =
            serde_json::from_slice(&manifest).map_err(|error| damaged(&path, error.to_string()))?;
        let path = self
            .blob(&manifest.digest)
            .ok_or_else(|| damaged(&path, "its digest is no SHA-256".to_owned()))?;
        let bytes = fs::read(&path).map_err(|error| damaged(&path, error.to_string()))?;
        if Digest::of(&bytes) != manifest.digest {
            return Err(damaged(&path, "its bytes are not those that were stored".to_owned()));
        }
        Ok(Some(Snapshot {
            source: source.to_owned(),
            final_url: manifest.final_url,
            redirects: manifest.redirects,
            content_type: manifest.content_type,
            headers: manifest.headers,
            origin: manifest.outcome,
            fetched_at: manifest.fetched_at,
            from_store: true,
            digest: manifest.digest,
            bytes,
        }))
    }

    /// Keeps `snapshot` as what its source gives, in place of what was kept.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to; what was kept is kept then.
    pub fn put(&self, snapshot: &Snapshot) -> io::Result<()> {
        let blob = self
            .blob(&snapshot.digest)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no SHA-256"))?;
        if fs::read(&blob).map_or(true, |kept| kept != snapshot.bytes) {
            replace(&blob, &snapshot.bytes)?;
        }
        // After the bytes, so that a manifest never names what is not there.
        let manifest = Manifest {
            format: 1,
            url: canonical(&snapshot.source),
            outcome: snapshot.origin,
            final_url: snapshot.final_url.clone(),
            redirects: snapshot.redirects.clone(),
            content_type: snapshot.content_type.clone(),
            fetched_at: snapshot.fetched_at.clone(),
            digest: snapshot.digest.clone(),
            sha1: BASE32.encode(&Sha1::digest(&snapshot.bytes)),
            bytes: snapshot.bytes.len() as u64,
            headers: snapshot.headers.clone(),
        };
        let mut written = serde_json::to_vec_pretty(&manifest)?;
        written.push(b'\n');
        replace(&self.manifest(&snapshot.source), &written)
    }

    fn manifest(&self, source: &str) -> PathBuf {
        let name = Digest::of(canonical(source).as_bytes());
        self.root.join("sources").join(format!("{}.json", name.hex()))
    }

    /// Where the bytes with this digest are; none for what is no digest, which
    /// a damaged manifest could use to point out of the store.
    fn blob(&self, digest: &Digest) -> Option<PathBuf> {
        let hex = digest.hex();
        let valid = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (folder, file) = valid.then(|| hex.split_at(2))?;
        Some(self.root.join("blobs").join(folder).join(file))
    }
}

/// Writes `bytes` at `path` all at once: beside it first, then moved there.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().expect("every file of the store is in a folder of it");
    fs::create_dir_all(folder)?;
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let beside = path.with_extension(format!("{}-{count}.tmp", std::process::id()));
    let written = write_synced(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // Nothing is lost where it cannot be removed: the name is never read.
        let _ = fs::remove_file(&beside);
        return written;
    }
    sync_folder(folder)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename last. Only Unix lets a folder be synced.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as the other one does")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(source: &str, words: &str) -> Snapshot {
        Snapshot {
            content_type: Some("text/plain; charset=utf-8".to_owned()),
            fetched_at: Some("2031-05-01T00:00:00Z".to_owned()),
            ..Snapshot::of_bytes(source, words.as_bytes().to_vec())
        }
    }

    #[test]
    fn what_is_put_is_got_under_every_spelling_of_its_address() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        let kept = snapshot("https://a.example/x#part", "words");
        store.put(&kept).unwrap();
        let got = store.get("https://A.example:443/x").unwrap().unwrap();
        assert_eq!(got.bytes, kept.bytes);
        assert_eq!(got.content_type, kept.content_type);
        assert!(got.from_store);
        assert_eq!(store.get("https://a.example/y"), Ok(None));
    }

    #[test]
    fn the_newer_replaces_the_older_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        store.put(&snapshot("https://a.example/", "old")).unwrap();
        store.put(&snapshot("https://a.example/", "new")).unwrap();
        assert_eq!(store.get("https://a.example/").unwrap().unwrap().bytes, b"new");
        assert_eq!(fs::read_dir(folder.path().join("sources")).unwrap().count(), 1);
    }

    #[test]
    fn altered_bytes_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        let kept = snapshot("https://a.example/", "words");
        store.put(&kept).unwrap();
        fs::write(store.blob(&kept.digest).unwrap(), "other").unwrap();
        let damaged = store.get("https://a.example/").unwrap_err();
        assert_eq!(damaged.what, "its bytes are not those that were stored");
        store.put(&kept).unwrap();
        assert!(store.get("https://a.example/").is_ok());
    }

    #[test]
    fn a_manifest_cannot_point_out_of_the_store() {
        let store = Store::new("store");
        assert_eq!(store.blob(&Digest::new("sha256:../../etc/passwd")), None);
    }
}
