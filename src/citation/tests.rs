//! What the grammar reads, and how it writes it back.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn reads(text: &str, canonical: &str, written: &str) {
    let cited = Cited::parse(text);
    assert_eq!(cited.canonical().as_deref(), Some(canonical), "{text}");
    assert_eq!(cited.to_string(), written, "{text}");
    assert_eq!(Cited::parse(written).canonical().as_deref(), Some(canonical), "{written}");
}

#[track_caller]
fn keeps(text: &str) {
    assert_eq!(Cited::parse(text), Cited::Verbatim(text.to_owned()));
}

#[test]
fn an_article_is_one_however_it_is_written() {
    for text in ["Art. 25.4", "Art 25(4)", "Article 25, paragraph 4", "ART.25.4"] {
        reads(text, "art:25/para:4", "Art. 25.4");
    }
    reads("Art. 2(a)(ii)", "art:2/point:a/subpoint:2~ii", "Art. 2 (a) (ii)");
    reads("Rule 45bis.4(e)(i)", "rule:45bis/para:4/point:e/subpoint:1~i", "Rule 45bis.4 (e) (i)");
}

#[test]
fn sections_pages_and_preambles() {
    reads("Sec. III (13) (f)", "sec:3~iii/para:13/point:f", "Sec. III (13) (f)");
    reads("P5, Para. 14", "page:5/para:14", "Pg. 5, Para. 14");
    reads("P4. Para. 12", "page:4/para:12", "Pg. 4, Para. 12");
    reads("Sec 4.1 (Pg. 18)", "sec:4/para:1/page:18", "Sec. 4.1, Pg. 18");
    reads("Sec. 2.B.1", "sec:2/point:b/subpoint:1", "Sec. 2 (b).1");
    reads("Sec. 5.I", "sec:5/point:1~i", "Sec. 5.I");
    reads("Sec. 2 (i)", "sec:2/point:i", "Sec. 2 (i)");
    reads("PP5", "ppara:5", "Preambular para. 5");
    reads("pp. 5-6", "page:5..6", "Pg. 5-6");
    reads("2013: CBM 8", "edition:2013/cbm:8", "2013: CBM 8");
}

#[test]
fn lists_take_what_stands_before_them() {
    reads("Para. 41-47; Para. 54-56", "para:41..47 ; para:54..56", "Para. 41-47; Para. 54-56");
    reads("Art. 4(1) and (2)", "art:4/para:1 ; art:4/para:2", "Art. 4.1; Art. 4.2");
    reads(
        "Sec. III (13) (f) (g) (j)",
        "sec:3~iii/para:13/point:f ; sec:3~iii/para:13/point:g ; sec:3~iii/para:13/point:j",
        "Sec. III (13) (f); Sec. III (13) (g); Sec. III (13) (j)",
    );
    reads(
        "Sec. IV (16) (d) (i) (ii)",
        "sec:4~iv/para:16/point:d/subpoint:1~i ; sec:4~iv/para:16/point:d/subpoint:2~ii",
        "Sec. IV (16) (d) (i); Sec. IV (16) (d) (ii)",
    );
    reads(
        "Pg. 6, Paras 1; 3- 4",
        "page:6/para:1 ; page:6/para:3..4",
        "Pg. 6, Para. 1; Pg. 6, Para. 3-4",
    );
    reads(
        "Pg.4 para 10 Pg.9 para 45",
        "page:4/para:10 ; page:9/para:45",
        "Pg. 4, Para. 10; Pg. 9, Para. 45",
    );
}

#[test]
fn a_heading_after_the_place_is_kept() {
    reads("Art. 12: Prohibition of pornography.", "art:12", "Art. 12: Prohibition of pornography.");
    reads("Article 5/Main Principles", "art:5", "Art. 5: Main Principles");
    reads("Annex 1 List of Basic Terms", "annex:1", "Annex 1: List of Basic Terms");
}

#[test]
fn what_is_no_citation_is_kept_to_the_letter() {
    for text in [
        "",
        "Throughout",
        "whereas clauses",
        "Recommendations by #",
        "Art.",
        "Para 5,",
        "Art. 5 and",
        "(Art. 5",
        "Art. 5)",
        "Art. 3-f",
        "Sec 1 and all of the recommendations",
        "2013: Interpretative statement by the Russian Federation",
        "12 angry men",
        "Art. 5(1",
        "2016:",
    ] {
        keeps(text);
    }
}

#[test]
fn canonical_steps_that_are_none_are_refused() {
    for text in ["", "art", "art:", "art:5/", "nothing:5", "sec:4~iii", "art:5..", "art:ab"] {
        let read = Citation::from_canonical(text);
        assert!(text == "art" || read.is_none(), "{text}: {read:?}");
    }
}

/// Strings made of the grammar's own pieces, most of them near misses.
fn near_citations() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Art.",
        "Article",
        "para",
        "Para.",
        "Sec.",
        "Pg.",
        "P",
        "PP",
        "Annex",
        "Preamble",
        "point",
        "subpoint",
        "Norm",
        "Target",
        "third",
        "preambular",
        "PDF",
        "and",
        "&",
        "to",
        "-",
        "..",
        ".",
        ",",
        ";",
        ":",
        "/",
        "(",
        ")",
        "(a)",
        "(b)",
        "(i)",
        "(ii)",
        "(v)",
        "(4)",
        "4",
        "25",
        "25.4",
        "2013",
        "bis",
        "b",
        "i",
        "IV",
        "A",
        "x",
        " ",
        " ",
        " ",
        "Title",
        "Words",
    ]);
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// The number of a place, canonical: digits, with what was put in later, a
/// numeral, or a letter.
fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (1_u32..400).prop_map(|number| number.to_string()),
        1 => (1_u32..60, prop::sample::select(vec!["bis", "ter", "a", "d"]))
            .prop_map(|(number, ending)| format!("{number}{ending}")),
        2 => a_numeral(),
        1 => prop::sample::select(vec!["a", "b", "d", "f", "k"]).prop_map(str::to_owned),
    ]
}

fn a_numeral() -> impl Strategy<Value = String> {
    let numerals = ["i", "ii", "iii", "iv", "v", "vi", "ix", "x", "xiv", "xx"];
    let values = [1, 2, 3, 4, 5, 6, 9, 10, 14, 20];
    (0..numerals.len()).prop_map(move |at| format!("{}~{}", values[at], numerals[at]))
}

/// Canonical places as documents have them: what a document is divided into,
/// then paragraph, point and subpoint, each there or not, a range at the end,
/// and the page.
fn canonical_place() -> impl Strategy<Value = String> {
    let outer =
        prop::option::weighted(0.2, prop::sample::select(vec!["annex", "app", "part", "chap"]));
    let kinds = vec!["art", "sec", "rule", "principle", "norm", "rec", "goal", "cbm", "clause"];
    let unit = prop::option::weighted(0.7, (prop::sample::select(kinds), any_number()));
    let para = prop::option::weighted(0.5, (1_u32..300).prop_map(|number| number.to_string()));
    let point = prop::option::weighted(0.4, prop::sample::select(vec!["a", "b", "e", "j", "k"]));
    let subpoint = prop::option::weighted(0.3, a_numeral());
    let end = prop::option::weighted(0.2, 1_u32..40);
    let page = prop::option::weighted(0.2, 1_u32..200);
    (outer, any_number(), unit, para, point, subpoint, end, page).prop_filter_map(
        "a place has steps",
        |(outer, number, unit, para, point, subpoint, end, page)| {
            let mut steps: Vec<String> = Vec::new();
            steps.extend(outer.map(|kind| format!("{kind}:{number}")));
            steps.extend(unit.map(|(kind, number)| format!("{kind}:{number}")));
            steps.extend(para.map(|number| format!("para:{number}")));
            if !steps.is_empty()
                && let Some(point) = point
            {
                steps.push(format!("point:{point}"));
                steps.extend(subpoint.map(|number| format!("subpoint:{number}")));
            }
            if let (Some(end), Some(last)) = (end, steps.last_mut())
                && let Some(first) = last.split(':').nth(1).and_then(|it| it.parse::<u32>().ok())
            {
                *last = format!("{last}..{}", first + end);
            }
            steps.extend(page.map(|number| format!("page:{number}")));
            (!steps.is_empty()).then(|| steps.join("/"))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_canonical_citation_is_printed_and_read_as_the_same(
        places in prop::collection::vec(canonical_place(), 1..4),
    ) {
        let canonical = places.join(" ; ");
        let made = Citation::from_canonical(&canonical).unwrap();
        prop_assert_eq!(made.canonical(), canonical.clone());
        let printed = made.to_string();
        prop_assert_eq!(Cited::parse(&printed), Cited::Read(made), "{} → {}", canonical, printed);
    }

    #[test]
    fn what_is_written_reads_as_the_same(text in near_citations()) {
        let cited = Cited::parse(&text);
        if let Cited::Read(citation) = &cited {
            prop_assert_eq!(&Cited::parse(&citation.to_string()), &cited, "{} → {}", text, citation);
            let back = Citation::from_canonical(&citation.canonical());
            prop_assert_eq!(back.map(|back| back.refs), Some(citation.refs.clone()));
        } else {
            prop_assert_eq!(cited.to_string(), text);
        }
    }

    #[test]
    fn any_text_is_read_or_kept(text in "\\PC{0,40}") {
        let cited = Cited::parse(&text);
        if matches!(cited, Cited::Verbatim(_)) {
            prop_assert_eq!(cited.to_string(), text);
        }
    }
}
