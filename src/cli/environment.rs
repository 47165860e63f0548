//! What the program takes from around it: environment and clock. The only
//! place that reads them.

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use normtag::fetch::Clock;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::SystemTime;

/// Whether the user asked programs not to use colour (no-color.org).
pub(crate) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// The user's cache folder for this program.
pub(crate) fn cache_folder() -> Option<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_CACHE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| folder("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("normtag"))
}

/// The time now; `NORMTAG_NOW` (RFC 3339, UTC) stands in for it where a run is
/// to be repeated as it was.
pub(crate) fn clock() -> Result<Clock, Failure> {
    let Some(said) = std::env::var_os("NORMTAG_NOW").filter(|said| !said.is_empty()) else {
        return Ok(Arc::new(SystemTime::now));
    };
    let said = said.to_string_lossy().into_owned();
    let now = humantime::parse_rfc3339(&said).map_err(|error| {
        Failure::Asked(format!("NORMTAG_NOW is `{said}`, which is no time ({error})"))
    })?;
    Ok(Arc::new(move || now))
}

/// The user's name on this machine.
pub(crate) fn user() -> String {
    let named = ["USER", "USERNAME", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    named.unwrap_or_else(|| "reviewer".to_owned())
}

/// A secret that cannot be guessed, from the system's source of randomness.
pub(crate) fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let mut token = String::new();
    for byte in bytes {
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}

/// Opens an address in the user's browser.
pub(crate) fn open(address: &str, terminal: &Terminal) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        terminal
            .warn(&format!("no browser could be opened ({program}: {error}); open it yourself"));
    }
}
