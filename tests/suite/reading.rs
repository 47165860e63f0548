//! `normtag extract --format html`: the text as a page for people.

use crate::program::{Folder, sample};
use std::collections::BTreeSet;

fn ids(page: &str) -> Vec<&str> {
    page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn each_paragraph_stands_at_its_citation() {
    let ran = Folder::new().run(["extract", "--format", "html", &sample("lakes-treaty.docx")]);
    let page = &ran.ends(0).quietly().stdout;
    let ids = ids(page);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "anchors are unique");
    assert!(ids.contains(&"art-2-e") && ids.contains(&"preamble-p4"), "{ids:?}");
    let row = "id=\"art-8-1\"><a class=\"cite\" href=\"#art-8-1\">Art. 8.1</a><p";
    assert!(page.contains(row));
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
}

#[test]
fn pages_are_marked_with_the_numbers_printed_on_them() {
    let sample = sample("meridian-experts-report.pdf");
    let ran = Folder::new().run(["extract", "--format", "html", &sample]);
    let page = ran.ends(0).stdout;
    assert_eq!(page.matches("<p class=\"page\">").count(), 12);
    assert!(page.contains("12 pages"));
}

#[test]
fn nothing_of_a_document_becomes_markup_and_several_keep_apart() {
    let text = "1. <script>alert(1)</script> & \"quotes\".\n";
    let folder = Folder::new().file("a<b>.txt", text).file("b.txt", text);
    let ran = folder.run(["extract", "--format", "html", "a<b>.txt", "b.txt", "-o", "x.html"]);
    ran.ends(0).quietly();
    let page = std::fs::read_to_string(folder.path("x.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;."));
    assert!(page.contains("<h1>a&lt;b&gt;.txt</h1>"));
    assert_eq!(ids(&page), ["d1-para-1", "d2-para-1"]);
}
