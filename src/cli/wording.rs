//! Words that depend on a number.

/// `1 file`, `2 files`, `2 misses`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = if noun.ends_with('s') { "es" } else { "s" };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}{ending}") }
}
