//! Where a short string stands in a long one with the fewest letters changed.
//!
//! Myers' bit-vector algorithm in blocks of 64 letters ("A fast bit-vector
//! algorithm for approximate string matching based on dynamic programming",
//! J. ACM 46, 1999), with Hyyrö's cut-off: a block is computed only while it
//! may still hold a distance within the limit.

/// One block of 64 rows: the vertical differences, and the distance in its
/// last row.
#[derive(Clone, Copy)]
struct Block {
    plus: u64,
    minus: u64,
    distance: usize,
}

/// One past the last letter of `text` where `asked` ends with the fewest
/// changes, and how many; none where there are more than `limit`.
pub(crate) fn nearest_end(asked: &[u8], text: &[u8], limit: usize) -> Option<(usize, usize)> {
    let count = asked.len().div_ceil(64);
    if count == 0 {
        return None;
    }
    let equal = table(asked, count);
    // Rows past the end of `asked` equal every letter, so the distance there
    // is that of the last row, found `padding` letters later.
    let padding = count * 64 - asked.len();
    let mut limit = limit;
    let mut best = None;
    let fresh = |at: usize| Block { plus: u64::MAX, minus: 0, distance: (at + 1) * 64 };
    let mut blocks: Vec<Block> = (0..count).map(fresh).collect();
    let mut active = (limit / 64 + 1).min(count);
    let letters =
        text.iter().map(|&byte| usize::from(byte)).chain(std::iter::repeat_n(256, padding));
    for (place, letter) in letters.enumerate() {
        let rows = &equal[letter * count..(letter + 1) * count];
        let mut carry = 0_i32;
        for (block, &equal) in blocks[..active].iter_mut().zip(rows) {
            carry = advance(block, equal, carry);
        }
        // The next block may have come within reach.
        let last = blocks[active - 1].distance;
        if active < count && last <= limit + 1 {
            let before = last.saturating_add_signed(-isize::try_from(carry).unwrap_or(0));
            blocks[active] = Block { distance: before + 64, ..fresh(active) };
            advance(&mut blocks[active], rows[active], carry);
            active += 1;
        } else {
            while active > 1 && blocks[active - 1].distance > limit + 64 {
                active -= 1;
            }
        }
        if active == count && place >= padding {
            let distance = blocks[count - 1].distance;
            if distance <= limit && best.is_none_or(|(_, least)| distance < least) {
                best = Some((place + 1 - padding, distance));
                limit = distance;
            }
        }
    }
    best
}

/// For each letter and block, the rows that equal it; 256 stands for a letter
/// past the end.
fn table(asked: &[u8], count: usize) -> Vec<u64> {
    let mut equal = vec![0_u64; count * 257];
    for row in 0..count * 64 {
        let (block, bit) = (row / 64, 1_u64 << (row % 64));
        if let Some(&letter) = asked.get(row) {
            equal[usize::from(letter) * count + block] |= bit;
        } else {
            equal.iter_mut().skip(block).step_by(count).for_each(|rows| *rows |= bit);
        }
    }
    equal
}

/// One letter more of the text: the horizontal difference that comes in above
/// the block, and goes out below it.
fn advance(block: &mut Block, equal: u64, carry: i32) -> i32 {
    let Block { plus, minus, .. } = *block;
    let eq = if carry < 0 { equal | 1 } else { equal };
    let vertical = equal | minus;
    let horizontal = ((eq & plus).wrapping_add(plus) ^ plus) | eq;
    let mut up = minus | !(horizontal | plus);
    let mut down = plus & horizontal;
    let out = i32::from(up >> 63 == 1) - i32::from(down >> 63 == 1);
    up = up << 1 | u64::from(carry > 0);
    down = down << 1 | u64::from(carry < 0);
    block.plus = down | !(vertical | up);
    block.minus = up & vertical;
    block.distance = block.distance.saturating_add_signed(isize::try_from(out).unwrap_or(0));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by the textbook.
    fn slow(asked: &[u8], text: &[u8]) -> Option<(usize, usize)> {
        let mut column: Vec<usize> = (0..=asked.len()).collect();
        let mut best: Option<(usize, usize)> = None;
        for (place, &letter) in text.iter().enumerate() {
            let mut diagonal = 0;
            for row in 1..=asked.len() {
                let substituted = diagonal + usize::from(asked[row - 1] != letter);
                diagonal = column[row];
                column[row] = substituted.min(column[row] + 1).min(column[row - 1] + 1);
            }
            let distance = column[asked.len()];
            if best.is_none_or(|(_, least)| distance < least) {
                best = Some((place + 1, distance));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn it_finds_what_the_textbook_finds(
            asked in "[ab]{1,150}",
            text in "[ab]{1,300}",
            limit in 0_usize..60,
        ) {
            let expected = slow(asked.as_bytes(), text.as_bytes());
            let expected = expected.filter(|&(_, distance)| distance <= limit);
            prop_assert_eq!(nearest_end(asked.as_bytes(), text.as_bytes(), limit), expected);
        }
    }
}
