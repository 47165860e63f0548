//! What the program takes from around it: environment and clock. The only
//! place that reads them.

use crate::cli::failure::Failure;
use normtag::fetch::Clock;
use std::path::PathBuf;
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
