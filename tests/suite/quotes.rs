//! Quotes of the project's own samples, damaged in every way `perturb` knows:
//! what must be found, what must be called altered, and what is not there.

use crate::perturb::{Dice, letters, misread, printed, retyped, shortened, tampered};
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot, Span};
use normtag::quotes::{Haystack, Verdict};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The texts of the samples.
static SAMPLES: LazyLock<Vec<String>> = LazyLock::new(read_samples);

fn read_samples() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples");
    let names = ["harbour-charter.html", "lakes-treaty.docx", "meridian-experts-report.pdf"];
    let read = |name: &&str| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        match extract(&Snapshot::of_bytes(*name, bytes)) {
            Extracted::Read(document) => document.text,
            Extracted::Unread(unread) => panic!("{name}: {}", unread.reason),
        }
    };
    names.iter().map(read).collect()
}

/// Calls `check` with texts and quotes cut from them, `count` times a text.
fn each_quote(
    count: usize,
    least: usize,
    mut check: impl FnMut(&Haystack<'_>, &[&str], &mut Dice),
) {
    for (seed, text) in SAMPLES.iter().enumerate() {
        let haystack = Haystack::new(text);
        let paragraphs: Vec<Vec<&str>> =
            text.split("\n\n").map(|one| one.split_whitespace().collect()).collect();
        let long: Vec<&Vec<&str>> = paragraphs.iter().filter(|one| one.len() > least + 4).collect();
        let mut dice = Dice::new(seed as u64 + 1);
        for _ in 0..count {
            let paragraph = *dice.pick(&long);
            let words = dice.words(paragraph, least);
            check(&haystack, &words, &mut dice);
        }
    }
}

#[test]
fn no_tampered_and_no_silently_shortened_quote_is_taken_for_the_text() {
    let (mut count, mut wrong) = (0, Vec::new());
    each_quote(500, 9, |haystack, words, dice| {
        let vocabulary: Vec<&str> = haystack.text().split_whitespace().collect();
        let quote = if dice.below(3) == 0 {
            Some(shortened(words, "", dice))
        } else {
            tampered(words, &vocabulary, dice)
        };
        let Some(quote) = quote else { return };
        // A change that gives other words of the text is none.
        if letters(haystack.text()).contains(&letters(&quote)) {
            return;
        }
        count += 1;
        if let Some(found) = haystack.find(&quote)
            && found.verdict.holds()
        {
            wrong.push(format!("{:?} {:?}: {quote}", found.verdict, found.differences));
        }
    });
    assert!(count >= 1000, "only {count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn other_type_is_not_other_words() {
    let (mut count, mut wrong) = (0, Vec::new());
    each_quote(150, 3, |haystack, words, dice| {
        let quote = retyped(&words.join(" "), dice);
        let found = haystack.find(&quote);
        count += 1;
        if found.as_ref().is_none_or(|found| found.verdict > Verdict::Layout) {
            wrong.push(format!("{:?}: {quote}", found.map(|found| found.differences)));
        }
    });
    assert!(wrong.len() * 50 <= count, "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_the_page_puts_in_is_seen_through() {
    for (seed, text) in SAMPLES.iter().enumerate() {
        let mut dice = Dice::new(seed as u64 + 9);
        let page = printed(text, &mut dice);
        let haystack = Haystack::new(&page);
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut wrong = Vec::new();
        for _ in 0..150 {
            let quote = dice.words(&words, 12).join(" ");
            let found = haystack.find(&quote);
            if found.as_ref().is_none_or(|found| found.verdict > Verdict::Layout) {
                wrong.push(format!("{:?}: {quote}", found.map(|found| found.differences)));
            }
        }
        assert!(wrong.len() <= 3, "{}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn a_sign_says_that_words_are_left_out_or_put_in() {
    let mut wrong = Vec::new();
    each_quote(100, 16, |haystack, words, dice| {
        let sign = *dice.pick(&["…", "...", "[...]", "(…)", ". . ."]);
        let quote = shortened(words, sign, dice);
        let found = haystack.find(&quote);
        if found.as_ref().is_none_or(|found| !found.verdict.holds()) {
            wrong.push(format!("{:?}: {quote}", found.map(|found| found.differences)));
        }
        let at = 2 + dice.below(words.len() - 4);
        let quote = format!("{} [the States] {}", words[..at].join(" "), words[at..].join(" "));
        let verdict = haystack.find(&quote).map(|found| found.verdict);
        if verdict != Some(Verdict::Bracketed) {
            wrong.push(format!("{verdict:?}: {quote}"));
        }
    });
    assert!(wrong.len() <= 6, "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_scanner_s_misreadings_do_not_hide_a_quote() {
    let (mut count, mut located) = (0, 0);
    each_quote(100, 14, |haystack, words, dice| {
        let quote = words.join(" ");
        let Some(true_place) = haystack.find(&quote) else { panic!("{quote}") };
        let found = haystack.find(&misread(&quote, 5, dice));
        count += 1;
        let overlaps = |a: Span, b: Span| a.start < b.end && b.start < a.end;
        located += usize::from(found.is_some_and(|found| overlaps(found.span, true_place.span)));
    });
    assert!(located * 100 >= count * 97, "{located} of {count}");
}

#[test]
fn words_of_another_text_are_not_found() {
    let texts = &*SAMPLES;
    let (mut count, mut found) = (0, Vec::new());
    for (at, text) in texts.iter().enumerate() {
        let haystack = Haystack::new(text);
        for (other, foreign) in texts.iter().enumerate().filter(|(other, _)| *other != at) {
            let words: Vec<&str> = foreign.split_whitespace().collect();
            let mut dice = Dice::new((at * 7 + other) as u64);
            for _ in 0..100 {
                let quote = dice.words(&words, 8).join(" ");
                count += 1;
                if haystack.find(&quote).is_some() {
                    found.push(quote);
                }
            }
        }
    }
    assert!(found.len() * 100 <= count, "{} of {count}:\n{}", found.len(), found.join("\n"));
}

proptest! {
    #[test]
    fn any_cut_of_a_text_is_found_exact(
        text in "([a-zé“”ﬁ0-9]{1,6}[ ,.;\n-]{1,2}){1,30}",
        from in 0_usize..100,
        length in 1_usize..100,
    ) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = starts[from % starts.len()];
        let to = starts.iter().copied().find(|&at| at >= from + length).unwrap_or(text.len());
        let cut = text[from..to].trim();
        let whole = |at: usize| {
            let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = text[at..].chars().next().is_some_and(char::is_alphanumeric);
            !(before && after)
        };
        let start = from + (text[from..to].len() - text[from..to].trim_start().len());
        prop_assume!(cut.contains(char::is_alphanumeric));
        prop_assume!(whole(start) && whole(start + cut.len()));
        let found = Haystack::new(&text).find(cut).unwrap();
        prop_assert_eq!(found.verdict, Verdict::Exact);
        prop_assert_eq!(found.span.cut(&text), Some(cut));
    }

    #[test]
    fn letters_of_one_character_are_not_parted(
        text in "[ofi ﬁﬃﬆé.\n\\[\\]3²]{0,60}",
        quote in "[ofi ﬁﬃﬆé.…\n\\[\\]3²]{0,40}",
    ) {
        if let Some(found) = Haystack::new(&text).nearest(&quote, &[]) {
            prop_assert!(found.pieces.iter().all(|piece| piece.cut(&text).is_some()));
        }
    }

    #[test]
    fn any_quote_of_any_text_gives_an_answer(text in "\\PC{0,400}", quote in "\\PC{0,200}") {
        let haystack = Haystack::new(&text);
        if let Some(found) = haystack.nearest(&quote, &[]) {
            prop_assert!(found.span.cut(&text).is_some());
            prop_assert!(found.pieces.iter().all(|piece| piece.cut(&text).is_some()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_damaged_quote_gives_an_answer(seed in 0_u64..10_000) {
        let mut dice = Dice::new(seed);
        let texts = &*SAMPLES;
        let text = printed(&texts[0], &mut dice);
        let words: Vec<&str> = text.split(' ').collect();
        let quote = misread(&dice.words(&words, 3).join(" "), 10, &mut dice);
        let quote = shortened(&quote.split(' ').cycle().take(40).collect::<Vec<_>>(), "…", &mut dice);
        let found = Haystack::new(&text).nearest(&quote, &[]);
        prop_assert!(found.is_none_or(|found| found.span.cut(&text).is_some()));
    }
}
