//! Pages laid out in the ways that make paragraphs hard to find, each small
//! and made up: what a person reads on them is what comes out.

use crate::build::{Page, Set, pdf, pdf_with};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, Snapshot};

#[track_caller]
fn read(bytes: Vec<u8>) -> Document {
    match extract(&Snapshot::of_bytes("x.pdf", bytes)) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("unread: {}", unread.reason),
    }
}

/// Holds the paragraphs, without their labels, against what is expected.
#[track_caller]
fn check(pages: &[Page], expected: &[&str]) {
    let document = read(pdf(pages));
    let words = document.paragraphs.iter().map(|one| one.span.cut(&document.text).unwrap());
    assert_eq!(words.collect::<Vec<_>>(), expected);
}

/// Lines of one size, set below each other.
fn block(lines: &[&'static str], left: u32, top: u32, size: u32) -> Vec<Set> {
    (0..).zip(lines).map(|(row, words)| Set(words, left, top + row * (size + 3), size)).collect()
}

const BODY: [&str; 5] = [
    "Each Party shall cooperate with the other Parties in good faith and shall make",
    "known to them without delay whatever it learns of attacks on systems that are",
    "of use to all, and shall answer within thirty days every question that another",
    "Party puts to it on such attacks, unless its law or the safety of its people",
    "stand against it, of which it shall give the reasons in writing.",
];

const BODY_WORDS: &str = "Each Party shall cooperate with the other Parties in good faith and shall \
make known to them without delay whatever it learns of attacks on systems that are of use to all, \
and shall answer within thirty days every question that another Party puts to it on such attacks, \
unless its law or the safety of its people stand against it, of which it shall give the reasons in \
writing.";

#[test]
fn a_note_goes_on_at_the_foot_of_the_next_page() {
    let first = [
        block(&BODY, 72, 200, 11),
        vec![Set("1", 72, 738, 5), Set("See the Charter, which says of this", 78, 742, 8)],
    ];
    let second = [
        block(&BODY, 72, 200, 11),
        vec![
            Set("that it binds all Parties alike.", 72, 728, 8),
            Set("2", 72, 738, 5),
            Set("See the Statute.", 78, 742, 8),
        ],
    ];
    check(
        &[Page::Text(first.concat()), Page::Text(second.concat())],
        &[
            BODY_WORDS,
            "See the Charter, which says of this that it binds all Parties alike.",
            BODY_WORDS,
            "See the Statute.",
        ],
    );
}

#[test]
fn a_block_narrower_than_the_page_is_one_paragraph() {
    let narrow = [
        "The Secretariat keeps a list of",
        "the contacts that the Parties",
        "name, and tells all Parties of",
        "changes to the list in a week.",
    ];
    let page = [block(&BODY, 72, 200, 11), block(&narrow, 72, 340, 11)];
    check(
        &[Page::Text(page.concat())],
        &[
            BODY_WORDS,
            "The Secretariat keeps a list of the contacts that the Parties name, and tells all \
             Parties of changes to the list in a week.",
        ],
    );
}

const COLUMN: [&str; 6] = [
    "Each Party shall cooperate with the",
    "others in the prevention of attacks on",
    "critical infrastructure and shall also",
    "share what it learns of them with all",
    "other Parties within due time and in",
    "a form that all of them can read.",
];

#[test]
fn a_box_across_both_columns_keeps_its_heading_and_its_last_line() {
    let pages: Vec<Page> = (0..3)
        .map(|number| {
            let mut lines = block(&COLUMN, 60, 200, 11);
            lines.extend(block(&COLUMN, 320, 200, 11));
            if number == 1 {
                lines.push(Set("Further work", 60, 350, 13));
                lines.extend(block(
                    &[
                        "This box is set across both columns of the page and tells of further work that",
                        "the Parties have agreed to take up in the years to come, together and with all",
                        "who wish to take part.",
                    ],
                    60,
                    370,
                    11,
                ));
            }
            Page::Text(lines)
        })
        .collect();
    let column = COLUMN.join(" ");
    let column = column.as_str();
    check(
        &pages,
        &[
            column,
            column,
            column,
            column,
            "Further work",
            "This box is set across both columns of the page and tells of further work that the \
             Parties have agreed to take up in the years to come, together and with all who wish \
             to take part.",
            column,
            column,
        ],
    );
}

#[test]
fn words_keep_their_spaces_beside_dots_that_lead_to_a_page() {
    let dots = "-190(.)".repeat(60);
    let drawn = format!(
        "BT /F 11 Tf 72 700 Td [(2.1)-481(Block)-250(ciphers)-172(.){dots}-172(18)] TJ ET\n\
         BT /F 11 Tf 72 680 Td [(2.2)-481(Stream)-250(ciphers)-172(.){dots}-172(19)] TJ ET"
    );
    let document = read(pdf(&[Page::Drawn(drawn)]));
    assert!(document.text.contains("2.1 Block ciphers"), "{}", document.text);
}

#[test]
fn what_runs_along_the_edge_stands_apart_and_what_every_page_has_is_left_out() {
    let page = |own: &str| {
        let line = |(row, words)| format!("BT /F 11 Tf 72 {} Td ({words}) Tj ET\n", 700 - 14 * row);
        let lines: Vec<String> = (0..).zip(BODY).map(line).collect();
        let lines = lines.concat();
        let edge =
            |x: u32, words: &str| format!("BT /F 8 Tf 0 1 -1 0 {x} 300 Tm ({words}) Tj ET\n");
        Page::Drawn(lines + &edge(560, "Draft of the Secretariat") + &edge(575, own))
    };
    check(
        &[page("Note for Lakeland"), page("Note for Hillland")],
        &[BODY_WORDS, "Note for Lakeland", BODY_WORDS, "Note for Hillland"],
    );
}

#[test]
fn a_page_turned_on_its_side_is_read_upright() {
    let turned = pdf_with(&[Page::Text(block(&BODY, 72, 200, 11))], "", "/Rotate 90");
    let document = read(turned);
    assert_eq!(document.paragraphs[0].span.cut(&document.text), Some(BODY_WORDS));
}

#[test]
fn the_numbers_a_file_states_for_its_pages_serve_where_none_is_printed() {
    let pages = || (0..4).map(|_| Page::Text(block(&BODY, 72, 200, 11))).collect::<Vec<_>>();
    let printed = |catalog: &str| {
        let document = read(pdf_with(&pages(), catalog, ""));
        let numbers = document.paragraphs.iter().map(|one| one.locator.printed_page.clone());
        numbers.map(Option::unwrap_or_default).collect::<Vec<_>>().join(" ")
    };
    let labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 1 >>] >>";
    assert_eq!(printed(labels), "i ii 1 2");
    assert_eq!(printed("/PageLabels << /Nums [0 << /S /A /P (S-) /St 3 >>] >>"), "S-C S-D S-E S-F");
    assert_eq!(printed("/PageLabels << /Nums [0 << /S /D >>] >>"), "   ");
    assert_eq!(printed("/PageLabels << /Kids [1 0 R 1 0 R] /Nums [7] >>"), "   ");
}

#[test]
fn a_table_is_read_row_by_row_and_cell_by_cell() {
    let rows: [&[(&'static str, u32)]; 3] = [
        &[("Category", 72), ("Kind of text", 200), ("Made by", 330)],
        &[("Public", 72), ("Laws and", 200), ("An authority that may", 330)],
        &[("Private", 72), ("Rules of a", 200), ("A company, for itself", 330)],
    ];
    let more: [&[(&'static str, u32)]; 3] =
        [&[], &[("regulations", 200), ("make them", 330)], &[("company", 200)]];
    let mut lines = block(&BODY, 72, 200, 11);
    for (nth, (first, second)) in (0..).zip(rows.into_iter().zip(more)) {
        let top = 300 + 40 * nth;
        lines.extend(first.iter().map(|(words, left)| Set(words, *left, top, 9)));
        lines.extend(second.iter().map(|(words, left)| Set(words, *left, top + 11, 9)));
    }
    lines.extend(block(&BODY, 72, 440, 11));
    let document = read(pdf(&[Page::Text(lines)]));
    let words = document.paragraphs.iter().map(|one| one.span.cut(&document.text).unwrap());
    assert_eq!(
        words.collect::<Vec<_>>(),
        [
            BODY_WORDS,
            "Category\tKind of text\tMade by",
            "Public\tLaws and regulations\tAn authority that may make them",
            "Private\tRules of a company\tA company, for itself",
            BODY_WORDS,
        ]
    );
}

#[test]
fn a_date_set_to_the_right_ends_what_stands_above() {
    let mut first = block(&BODY, 72, 200, 11);
    first.push(Set("Lakeland, 12 November", 365, 300, 11));
    check(
        &[Page::Text(first), Page::Text(block(&BODY, 72, 210, 11))],
        &[BODY_WORDS, "Lakeland, 12 November", BODY_WORDS],
    );
}

/// Lines of one size, in content that is turned by so many degrees about the
/// middle of the page.
fn turned(lines: &[&'static str], degrees: f64, size: u32) -> String {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let set = |(row, words): (usize, &&str)| {
        let (x, y) = (-200.0, 40.0 - row as f64 * f64::from(size + 3));
        let (x, y) = (297.5 + x * cos - y * sin, 421.0 + x * sin + y * cos);
        format!("BT /F {size} Tf {cos} {sin} {} {cos} {x} {y} Tm ({words}) Tj ET\n", -sin)
    };
    lines.iter().enumerate().map(set).collect()
}

#[test]
fn a_stamp_across_a_page_is_no_part_of_its_lines() {
    let body: String = turned(&BODY, 0.0, 11);
    for degrees in [30.0, 45.0, 52.0, -45.0] {
        let stamp = turned(&["DRAFT", "not for citation"], degrees, 60);
        for content in [format!("{stamp}{body}"), format!("{body}{stamp}")] {
            check(&[Page::Drawn(content)], &[BODY_WORDS]);
        }
    }
}

#[test]
fn a_small_slanted_note_stands_apart_from_the_lines_it_crosses() {
    let content = [turned(&BODY, 0.0, 11), turned(&["received on 4 May"], 30.0, 9)].concat();
    check(&[Page::Drawn(content)], &[BODY_WORDS, "received on 4 May"]);
}

#[test]
fn text_that_is_slanted_as_a_whole_is_read_in_its_lines() {
    for degrees in [0.7, -1.5, 3.0, 8.0, 20.0, -35.0, 75.0, 90.0, 93.0, 180.0] {
        check(&[Page::Drawn(turned(&BODY, degrees, 11))], &[BODY_WORDS]);
    }
}

#[test]
fn words_recognised_in_a_scan_askew_stand_in_their_lines() {
    // Each word by itself, as recognition leaves them, in the wrong order.
    let (sin, cos) = 1.2_f64.to_radians().sin_cos();
    let mut words = Vec::new();
    for (row, line) in BODY.iter().enumerate() {
        let mut x = -270.0;
        for word in line.split(' ') {
            let y = 300.0 - row as f64 * 14.0;
            let (left, up) = (297.5 + x * cos - y * sin, 421.0 + x * sin + y * cos);
            words.push(format!(
                "BT /F 11 Tf {cos} {sin} {} {cos} {left} {up} Tm ({word}) Tj ET\n",
                -sin
            ));
            x += 6.4 * (word.len() + 1) as f64;
        }
    }
    words.sort();
    check(&[Page::Drawn(words.concat())], &[BODY_WORDS]);
}

/// Rows of a table of three columns that is set in one column of the page.
fn narrow_table(left: u32, top: u32) -> Vec<Set> {
    let rows = [
        ["Body", "Meets", "Seat"],
        ["Council", "yearly", "Geneva"],
        ["Board", "monthly", "Nairobi"],
        ["Panel", "at need", "Bangkok"],
    ];
    let row = |(nth, cells): (u32, &[&'static str; 3])| {
        let at = move |(column, words): (u32, &&'static str)| {
            Set(words, left + 75 * column, top + 14 * nth, 11)
        };
        (0..).zip(cells).map(at).collect::<Vec<_>>()
    };
    (0..).zip(&rows).flat_map(row).collect()
}

const NARROW_ROWS: [&str; 4] = [
    "Body\tMeets\tSeat",
    "Council\tyearly\tGeneva",
    "Board\tmonthly\tNairobi",
    "Panel\tat need\tBangkok",
];

/// A page of two columns, with a table in the left one and prose beside it
/// `lower` points further down than its rows.
fn table_in_column(lower: u32) -> Page {
    let left = [block(&COLUMN, 60, 200, 11), narrow_table(60, 300), block(&COLUMN, 60, 376, 11)];
    let right = [block(&COLUMN, 320, 200 + lower, 11), block(&COLUMN, 320, 298 + lower, 11)];
    let last = block(&COLUMN, 320, 396 + lower, 11);
    Page::Text([left.concat(), right.concat(), last].concat())
}

#[test]
fn a_table_in_one_of_two_columns_is_read_by_itself() {
    let column = COLUMN.join(" ");
    let column = column.as_str();
    let [a, b, c, d] = NARROW_ROWS;
    let expected = [column, a, b, c, d, column, column, column, column];
    for lower in [0, 2, 5, 9] {
        check(&[table_in_column(lower)], &expected);
    }
}

#[test]
fn a_table_in_the_right_column_and_one_across_both_are_read_where_they_stand() {
    let column = COLUMN.join(" ");
    let column = column.as_str();
    let [a, b, c, d] = NARROW_ROWS;
    let right =
        [block(&COLUMN, 320, 200, 11), narrow_table(320, 298), block(&COLUMN, 320, 374, 11)];
    let left =
        [block(&COLUMN, 60, 200, 11), block(&COLUMN, 60, 298, 11), block(&COLUMN, 60, 396, 11)];
    let page = Page::Text([left.concat(), right.concat()].concat());
    check(&[page], &[column, column, column, column, a, b, c, d, column]);

    let cells = |row: u32, words: [&'static str; 3]| {
        let edges = [60, 230, 420];
        edges.into_iter().zip(words).map(move |(left, words)| Set(words, left, 320 + 14 * row, 11))
    };
    let table: Vec<Set> = cells(0, ["Body", "Task of the body", "Seat"])
        .chain(cells(1, ["Council", "gives advice on law", "Geneva"]))
        .chain(cells(2, ["Board", "spends what it is given", "Nairobi"]))
        .collect();
    let halves =
        [60, 320].map(|left| [block(&COLUMN, left, 200, 11), block(&COLUMN, left, 390, 11)]);
    let page = Page::Text([halves.concat().concat(), table].concat());
    let rows = [
        "Body\tTask of the body\tSeat",
        "Council\tgives advice on law\tGeneva",
        "Board\tspends what it is given\tNairobi",
    ];
    check(&[page], &[column, column, rows[0], rows[1], rows[2], column, column]);
}

#[test]
fn a_paragraph_set_about_the_middle_is_one() {
    // Each line in the middle of the lines of the body.
    let lines = [
        Set("About the Council", 218, 300, 11),
        Set(
            "The Council was founded by the Parties in the year that followed the first",
            85,
            314,
            11,
        ),
        Set(
            "of their meetings and has since then advised them on all that concerns the",
            80,
            328,
            11,
        ),
        Set("safety of networks.", 215, 342, 11),
        Set(
            "Its members are named for three years by all of the Parties together, and",
            84,
            356,
            11,
        ),
        Set("may be named again.", 208, 370, 11),
    ];
    let document = read(pdf(&[Page::Text([block(&BODY, 72, 200, 11), lines.to_vec()].concat())]));
    let words: Vec<&str> =
        document.paragraphs.iter().map(|one| one.span.cut(&document.text).unwrap()).collect();
    assert_eq!(words[1], "About the Council");
    assert_eq!(
        words[2],
        "The Council was founded by the Parties in the year that followed the first of their \
         meetings and has since then advised them on all that concerns the safety of networks."
    );
}

#[test]
fn a_heading_set_in_the_line_does_not_part_it_from_the_next() {
    let page = format!(
        "BT /F 14 Tf 72 600 Td (Advice and support to the Parties.) Tj /F 11 Tf ( The Council \
         advises each) Tj ET\nBT /F 11 Tf 72 585 Td (of the Parties on the means that it has \
         against attacks on its networks and) Tj 0 -15 Td (on what others have learned of them in \
         the years before.) Tj ET\n{}",
        turned(&BODY, 0.0, 11)
    );
    check(
        &[Page::Drawn(page)],
        &[
            "Advice and support to the Parties. The Council advises each of the Parties on the \
             means that it has against attacks on its networks and on what others have learned \
             of them in the years before.",
            BODY_WORDS,
        ],
    );
}

#[test]
fn an_item_goes_on_under_its_words_after_a_semicolon() {
    let lines = vec![
        Set("(a)", 72, 300, 11),
        Set(
            "Lakeland: the Minister for Networks, and the Office for the Safety of Systems;",
            90,
            300,
            11,
        ),
        Set("Northland, until it names another: the Minister of the Interior.", 90, 314, 11),
    ];
    let page = [block(&BODY, 72, 200, 11), lines].concat();
    check(
        &[Page::Text(page)],
        &[
            BODY_WORDS,
            "Lakeland: the Minister for Networks, and the Office for the Safety of Systems; \
             Northland, until it names another: the Minister of the Interior.",
        ],
    );
}

#[test]
fn a_line_that_is_cut_off_is_not_read() {
    let body = turned(&BODY, 0.0, 11);
    let shown = |clip: &str| {
        format!("q {clip} {body}BT /F 11 Tf 97 320 Td (What comes on the next page.) Tj ET Q")
    };
    let both = [BODY_WORDS, "What comes on the next page."];
    check(&[Page::Drawn(shown("60 330 480 400 re W n"))], &both[..1]);
    check(&[Page::Drawn(shown("60 330 480 400 re W n 1 0 0 1 0 20 cm"))], &both);
    check(&[Page::Drawn(shown("60 330 480 400 re n"))], &both);
    check(&[Page::Drawn(shown("60 330 480 400 re 0 0 595 842 re W n"))], &both);
    check(&[Page::Drawn(shown("q 60 330 480 400 re W* n Q"))], &both);
    // A line that shows in part is read.
    check(&[Page::Drawn(shown("60 324 480 400 re W n"))], &both);
}
