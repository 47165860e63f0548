//! What a page of a PDF shows, operator by operator: text that is moved,
//! squeezed, hidden, or stands in forms and annotations.

use crate::build::assemble;
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};

/// The text of one page with this content. Its resources: a font `F`, the
/// forms `A` (objects 6) and `B` (7, in a hidden layer), the layers `On` (8)
/// and `Off` (9), and a graphics state `G` with the font in size 11.
#[track_caller]
fn check(content: &str, expected: &[&str]) {
    check_with(content, "", expected);
}

#[track_caller]
fn check_with(content: &str, page: &str, expected: &[&str]) {
    let stream = |keys: &str, content: &str| {
        format!("<< {keys} /Length {} >>\nstream\n{content}\nendstream", content.len())
    };
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 300 50]";
    let inner = "BT /F 11 Tf 10 10 Td (The form speaks.) Tj ET Q Q Q";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [8 0 R 9 0 R] /D << /OFF [9 0 R] >> >> >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << \
             /Font << /F 5 0 R >> /XObject << /A 6 0 R /B 7 0 R >> /Properties << /On 8 0 R /Off 9 0 R \
             /Any 10 0 R /All 11 0 R >> /ExtGState << /G << /Font [5 0 R 11] >> >> >> {page} >>"
        ),
        stream("", content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream(&format!("{form} /Matrix [1 0 0 1 60 500] /Resources << /Font << /F 5 0 R >> >>"), inner),
        stream(&format!("{form} /OC 9 0 R"), "BT /F 11 Tf (The hidden form speaks.) Tj ET"),
        "<< /Type /OCG /Name (on) >>".to_owned(),
        "<< /Type /OCG /Name (off) >>".to_owned(),
        "<< /Type /OCMD /OCGs [8 0 R 9 0 R] >>".to_owned(),
        "<< /Type /OCMD /OCGs [8 0 R 9 0 R] /P /AllOn >>".to_owned(),
    ];
    let text = match extract(&Snapshot::of_bytes("x.pdf", assemble(&objects))) {
        Extracted::Read(document) => document.text,
        Extracted::Unread(unread) => panic!("unread: {}", unread.reason),
    };
    assert_eq!(text.split("\n\n").collect::<Vec<_>>(), expected);
}

#[test]
fn lines_are_moved_in_every_way() {
    check(
        "BT /F 11 Tf 1 0 0 1 72 700 Tm (Set by a matrix.) Tj 0 -60 Td (Moved down.) Tj \
         60 TL T* (By the leading.) Tj (By the quote.) ' 1 0 (By the double quote.) \" ET \
         BT /F 11 Tf 72 300 TD (A new beginning.) Tj ET",
        &[
            "Set by a matrix.",
            "Moved down.",
            "By the leading.",
            "By the quote.",
            "By the double quote.",
            "A new beginning.",
        ],
    );
}

#[test]
fn moving_down_may_set_the_leading() {
    check(
        "BT /F 11 Tf 72 700 Td (First.) Tj 0 -60 TD (Second.) Tj T* (Third.) Tj ET",
        &["First.", "Second.", "Third."],
    );
}

#[test]
fn strings_in_pieces_are_one_word_unless_they_stand_apart() {
    check(
        "BT /F 11 Tf 72 700 Td [(Co) 20 (oper) -20 (ation) -400 (serves) -300 (all.)] TJ ET",
        &["Cooperation serves all."],
    );
}

#[test]
fn squeezed_raised_and_spaced_text_reads_as_usual() {
    check(
        "BT /F 11 Tf 60 Tz 72 700 Td (Squeezed words stay apart.) Tj ET \
         BT /F 11 Tf 100 Tz 2 Tc 72 600 Td (Words that are spaced.) Tj ET \
         BT /F 11 Tf 0 Tc 72 500 Td (Raised by) Tj 2 Ts ( a little.) Tj ET",
        &["Squeezed words stay apart.", "Words that are spaced.", "Raised by a little."],
    );
}

#[test]
fn what_is_saved_comes_back() {
    check(
        "q 1 0 0 1 0 -100 cm BT /F 11 Tf 72 700 Td (Lower.) Tj ET Q \
         BT /F 11 Tf 72 700 Td (Upper.) Tj ET Q Q BT 72 650 Td (Between.) Tj ET",
        &["Upper.", "Between.", "Lower."],
    );
}

#[test]
fn a_font_may_come_with_a_graphics_state_or_be_missing() {
    check(
        "/G gs BT 72 700 Td (By the state.) Tj ET BT /None 11 Tf 72 600 Td (By no font.) Tj ET",
        &["By the state.", "By no font."],
    );
}

#[test]
fn forms_stand_where_their_matrix_says_and_end_where_they_end() {
    check(
        "BT /F 11 Tf 72 600 Td (Above the form.) Tj ET /A Do BT /F 11 Tf 72 400 Td (Below it.) Tj ET",
        &["Above the form.", "The form speaks.", "Below it."],
    );
}

#[test]
fn hidden_layers_are_not_read() {
    check(
        "BT /F 11 Tf 72 700 Td /OC /Off BDC (Hidden.) Tj /Span BMC (Inside.) Tj EMC EMC ET \
         BT /F 11 Tf 72 600 Td /OC /On BDC (Shown.) Tj EMC ET \
         BT /F 11 Tf 72 500 Td /OC /Any BDC (One of two is shown.) Tj EMC ET \
         BT /F 11 Tf 72 400 Td /OC /All BDC (Not both are shown.) Tj EMC ET /B Do \
         BT /F 11 Tf 72 300 Td /OC /Off BDC EMC (After it.) Tj ET",
        &["Shown.", "One of two is shown.", "After it."],
    );
}

#[test]
fn annotations_show_what_they_look_like() {
    let note = |flags: u32, bottom: u32| {
        format!(
            "<< /Type /Annot /Rect [60 {bottom} 360 {}] /F {flags} /AP << /N 6 0 R >> >>",
            bottom + 50
        )
    };
    check_with(
        "BT /F 11 Tf 72 700 Td (On the page.) Tj ET",
        &format!("/Annots [{} {}]", note(4, 400), note(2, 200)),
        &["On the page.", "The form speaks."],
    );
}
