//! Names that no two things share and the same thing always bears: UUIDs of
//! version 8 (RFC 9562), cut from a digest of what is named.

use crate::model::Digest;

/// The UUID of what these words name together.
pub(crate) fn guid(words: &[&str]) -> String {
    // Their lengths keep "ab", "c" and "a", "bc" apart.
    let named: Vec<String> = words.iter().map(|word| format!("{}:{word}", word.len())).collect();
    let digest = Digest::of(named.concat().as_bytes());
    let hex = digest.hex();
    format!("{}-{}-8{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_differs_in_its_parts() {
        let one = guid(&["ab", "c"]);
        assert_eq!(one, guid(&["ab", "c"]));
        assert_ne!(one, guid(&["a", "bc"]));
        assert_eq!((one.len(), &one[14..15], &one[19..20]), (36, "8", "a"));
    }
}
