//! Roman numerals, as agreements number their parts with them. Knows nothing
//! of what is numbered.

/// What the letters are worth, the greatest first.
const PARTS: &[(usize, &str)] = &[
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The number in small Roman numerals; nothing for 0.
#[must_use]
pub fn to_roman(mut number: usize) -> String {
    let mut written = String::new();
    for (worth, letters) in PARTS {
        while number >= *worth {
            written.push_str(letters);
            number -= worth;
        }
    }
    written
}

/// The number that small Roman numerals say, where they are written as
/// [`to_roman`] writes them.
#[must_use]
pub fn from_roman(text: &str) -> Option<usize> {
    let mut rest = text;
    let mut number = 0;
    for (worth, letters) in PARTS {
        while let Some(behind) = rest.strip_prefix(letters) {
            number += worth;
            rest = behind;
        }
    }
    // `ixi` and its like are read by the loop but written by nobody.
    (rest.is_empty() && number > 0 && to_roman(number) == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_go_both_ways() {
        for number in 1..4000 {
            assert_eq!(from_roman(&to_roman(number)), Some(number));
        }
    }

    #[test]
    fn what_nobody_writes_is_not_read() {
        for text in ["", "iiii", "ixi", "x.", "IV", "vx"] {
            assert_eq!(from_roman(text), None, "{text}");
        }
    }
}
