//! The ways a list writes its numbers, whatever format names them.

use crate::extract::outline::labels;
use crate::numerals::to_roman;

/// Romans did not count further.
const MOST_ROMAN: u32 = 3999;

/// A way to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    /// 1, 2, 3
    Arabic,
    /// 01, 02, 03
    Zero,
    /// a, b, c
    Letter,
    /// A, B, C
    Capital,
    /// i, ii, iii
    Roman,
    /// I, II, III
    CapitalRoman,
    /// Not at all.
    None,
}

impl Figures {
    /// The number as it is shown.
    pub(crate) fn write(self, number: u32) -> String {
        let roman = || to_roman(number.min(MOST_ROMAN) as usize);
        match self {
            Self::Arabic => number.to_string(),
            Self::Zero => format!("{number:02}"),
            Self::Letter => labels::to_letters(number),
            Self::Capital => labels::to_letters(number).to_uppercase(),
            Self::Roman => roman(),
            Self::CapitalRoman => roman().to_uppercase(),
            Self::None => String::new(),
        }
    }
}
