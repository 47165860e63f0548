//! Names of things: newtypes, so that an element is never mistaken for a rule.
//!
//! They are read from data files and never written in code.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! name {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(String);

        impl $type {
            /// Takes the name as it is written.
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $type {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }
    };
}

name! {
    /// An agreement in the corpus, such as `paris-call-2018`.
    AgreementId
}
name! {
    /// A list of agreements, such as `2020-list`.
    ListId
}
name! {
    /// A taxonomy (one edition of a codebook), such as `bpf-2021`.
    TaxonomyId
}
name! {
    /// An element within its taxonomy, such as `3.2` or `human-rights`.
    ElementCode
}
name! {
    /// A rule: its element's code, a slash and its name, such as `3.2/disclosure`.
    RuleId
}
name! {
    /// SHA-256 of some bytes, written `sha256:` and 64 hexadecimal digits.
    Digest
}

impl Digest {
    /// Digests `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        use std::fmt::Write as _;
        let mut written = String::from("sha256:");
        for byte in sha2::Sha256::digest(bytes) {
            write!(written, "{byte:02x}").expect("writing to a string cannot fail");
        }
        Self(written)
    }

    /// The hexadecimal digits alone, for use in a file name.
    #[must_use]
    pub fn hex(&self) -> &str {
        self.0.strip_prefix("sha256:").unwrap_or(&self.0)
    }

    /// A number that nothing but the bytes decides, for drawing lots the same
    /// way on every run.
    #[must_use]
    pub fn lot(&self) -> u32 {
        self.hex().get(..8).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_published_one() {
        assert_eq!(
            Digest::of(b"").as_str(),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
