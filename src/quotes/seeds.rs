//! Where ten letters of a quote stand in a text, and how far they go on alike.
//!
//! Every run of ten letters of the text is put into a bucket by its hash, once;
//! a quote's own tens are looked up there. Knows no words.

use std::ops::Range;

/// Letters of a seed.
pub(crate) const SEED: usize = 10;

/// A bucket with more places than this says nothing of where a quote is.
const CROWDED: usize = 96;

/// Letters that stand alike in a quote and in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Run {
    /// Where it begins in the quote's letters.
    pub(crate) asked: usize,
    /// Where it begins in the text's.
    pub(crate) text: usize,
    /// How long it is.
    pub(crate) length: usize,
}

impl Run {
    /// One past its last letter in the quote.
    pub(crate) fn asked_end(self) -> usize {
        self.asked + self.length
    }

    /// One past its last letter in the text.
    pub(crate) fn text_end(self) -> usize {
        self.text + self.length
    }

    /// Without its first letters.
    pub(crate) fn without_first(self, count: usize) -> Self {
        Self {
            asked: self.asked + count,
            text: self.text + count,
            length: self.length.saturating_sub(count),
        }
    }
}

/// The places of every ten letters of a text, by bucket.
#[derive(Debug)]
pub(crate) struct Seeds {
    /// Where each bucket begins in `places`; one more than there are buckets.
    starts: Vec<u32>,
    places: Vec<u32>,
    shift: u32,
}

impl Seeds {
    /// Reads the letters of a text: a counting sort.
    pub(crate) fn of(letters: &[u8]) -> Self {
        let bits = letters.len().max(1).ilog2().clamp(8, 18);
        let mut seeds =
            Self { starts: vec![0; (1 << bits) + 1], places: Vec::new(), shift: u64::BITS - bits };
        let tens = || letters.windows(SEED).zip(0_u32..);
        for (ten, _) in tens() {
            let bucket = seeds.bucket(ten);
            seeds.starts[bucket + 1] += 1;
        }
        for bucket in 1..seeds.starts.len() {
            seeds.starts[bucket] += seeds.starts[bucket - 1];
        }
        let mut next = seeds.starts.clone();
        seeds.places = vec![0; letters.len().saturating_sub(SEED - 1)];
        for (ten, place) in tens() {
            let at = &mut next[seeds.bucket(ten)];
            seeds.places[*at as usize] = place;
            *at += 1;
        }
        seeds
    }

    /// The bucket of ten letters: a multiplicative hash (Knuth, TAOCP 3, 6.4).
    fn bucket(&self, ten: &[u8]) -> usize {
        let value =
            |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        let (first, rest) = ten.split_at(8);
        let mixed = value(first) ^ value(rest).rotate_left(40);
        let hash = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from(hash >> self.shift).unwrap_or(0)
    }

    /// The longest runs in which the letters `within` of a quote and a text
    /// are alike, of at least a seed, sorted.
    pub(crate) fn runs(&self, text: &[u8], asked: &[u8], within: &Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut crowded = true;
        for at in within.start..(within.end + 1).saturating_sub(SEED) {
            let bucket = self.bucket(&asked[at..at + SEED]);
            let places =
                &self.places[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
            if places.len() > CROWDED {
                crowded = true;
                continue;
            }
            for &place in places {
                let run = Run { asked: at, text: place as usize, length: SEED };
                if text[run.text..run.text_end()] != asked[at..at + SEED] {
                    continue;
                }
                let goes_on =
                    at > within.start && run.text > 0 && text[run.text - 1] == asked[at - 1];
                // A run that goes on was found where it began.
                if !goes_on || crowded {
                    runs.push(longest(run, text, asked, within));
                }
            }
            crowded = false;
        }
        runs.sort_unstable();
        runs.dedup();
        runs
    }
}

/// The run with all letters before and after it that are alike.
pub(crate) fn longest(run: Run, text: &[u8], asked: &[u8], within: &Range<usize>) -> Run {
    let before = asked[within.start..run.asked].iter().rev().zip(text[..run.text].iter().rev());
    let before = before.take_while(|(a, t)| a == t).count();
    let after = asked[run.asked_end()..within.end].iter().zip(&text[run.text_end()..]);
    let after = after.take_while(|(a, t)| a == t).count();
    Run { asked: run.asked - before, text: run.text - before, length: before + run.length + after }
}
