//! What earlier checks wrote of links and quotes, and what people decided, read
//! for a report.

use crate::cli::failure::Failure;
use normtag::corpus::parse_ledger;
use normtag::model::Decision;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Verdicts by agreement, element and quote.
pub(crate) type Verdicts = BTreeMap<(String, String, String), String>;

/// The state of each address, from `check links`.
pub(crate) fn links(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let entries = entries(path, "links")?;
    let read = entries.iter().filter_map(|one| Some((text(one, "url")?, text(one, "state")?)));
    Ok(read.collect())
}

/// The verdict on each quote, from `check quotes`.
pub(crate) fn quotes(path: &Path) -> Result<Verdicts, Failure> {
    let entries = entries(path, "quotes")?;
    let read = entries.iter().filter_map(|one| {
        let key = (text(one, "agreement")?, text(one, "element")?, text(one, "quote")?);
        let place = text(one, "place").map_or_else(String::new, |place| format!(", {place}"));
        Some((key, text(one, "verdict")? + &place))
    });
    Ok(read.collect())
}

/// The decisions of a ledger, which is not touched. A last line that was not
/// written to its end is left out: nothing of it was said to be saved.
pub(crate) fn decisions(path: &Path) -> Result<Vec<Decision>, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
    ledger(&path.display().to_string(), &bytes)
}

/// The decisions that these bytes of the file `shown` hold.
pub(crate) fn ledger(shown: &str, bytes: &[u8]) -> Result<Vec<Decision>, Failure> {
    let read = parse_ledger(bytes).map_err(|mistakes| {
        let all = mistakes.iter().map(|(line, text)| format!("{shown}:{line}: {text}"));
        Failure::Asked(all.take(1).collect())
    })?;
    Ok(read.decisions)
}

fn text(entry: &Value, key: &str) -> Option<String> {
    entry[key].as_str().map(str::to_owned)
}

/// The entries of a file of this kind.
fn entries(path: &Path, kind: &str) -> Result<Vec<Value>, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
    let shown = path.display();
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Asked(format!("{shown}: this is no JSON: {error}")))?;
    if value["kind"] != kind {
        let message = format!("{shown}: not what `normtag check {kind} --format json` writes");
        return Err(Failure::Asked(message));
    }
    Ok(value[kind].as_array().cloned().unwrap_or_default())
}
