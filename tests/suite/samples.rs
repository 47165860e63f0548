//! The samples that ship with normtag, beside the codings written before any
//! rule had seen them.
//!
//! Rules are not developed on these texts: what a rule misses here is listed
//! in `tests/samples/expected/differences.txt` and stays until a change made
//! for other reasons mends it.

use crate::coding::{Cells, Coded, Coding, hit_at, meets, proposed};
use crate::golden;
use crate::tagging::{rules, tag_file};
use normtag::model::{Evidence, Presence};
use normtag::rules::RuleSet;
use std::fmt::Write;
use std::path::Path;

const SAMPLES: &[&str] =
    &["harbour-charter.html", "lakes-treaty.docx", "meridian-experts-report.pdf"];

#[test]
fn the_samples_are_tagged_as_they_were_coded_but_for_known_differences() {
    let mut report = String::new();
    for taxonomy in ["bpf-2021", "bpf-2019"] {
        let rules = rules(taxonomy);
        let mut compared = Compared::default();
        for sample in SAMPLES {
            compared.add(sample, &rules, &mut report);
        }
        writeln!(report, "{taxonomy} present v rest: {}", compared.present).unwrap();
        writeln!(report, "{taxonomy} any v absent:   {}", compared.any).unwrap();
        let (met, cells) = (compared.met, compared.cells);
        writeln!(report, "{taxonomy} hit@3: {met} of {cells}").unwrap();
        let (cited, quotes) = (compared.cited, compared.quotes);
        writeln!(report, "{taxonomy} cited as coded: {cited} of {quotes} quotes\n").unwrap();
    }
    println!("{report}");
    golden::check("../samples/expected/differences.txt", &report);
}

/// The counts over the samples.
#[derive(Default)]
struct Compared {
    present: Cells,
    any: Cells,
    met: usize,
    cells: usize,
    cited: usize,
    quotes: usize,
}

impl Compared {
    fn add(&mut self, sample: &str, rules: &RuleSet, report: &mut String) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = sample.split('.').next().unwrap();
        let file = format!("tests/samples/expected/{name}.{}.json", rules.taxonomy.id);
        let coding = Coding::read(&root.join(file));
        let sheet = tag_file(&root.join("corpus/samples").join(sample), rules);
        for element in &rules.taxonomy.elements {
            let code = element.code.as_str();
            let coded = &coding.elements[code];
            let found = proposed(&sheet, code);
            self.present.add(found == Presence::Present, coded.status == Presence::Present);
            self.any.add(found > Presence::Absent, coded.status > Presence::Absent);
            if coded.status != found {
                let (was, is) = (coded.status.as_str(), found.as_str());
                writeln!(report, "{name} {code}: coded {was}, proposed {is}").unwrap();
            }
            let proposal = sheet.proposals.iter().find(|p| p.element == element.code);
            let evidence = proposal.map_or(&[][..], |proposal| &proposal.evidence);
            if coded.status == Presence::Present {
                self.cells += 1;
                self.met += usize::from(hit_at(3, evidence, &coded.passages));
            }
            self.compare_citations(name, code, coded, evidence, report);
        }
    }

    /// Every quote that meets a coded passage should be cited as it was.
    fn compare_citations(
        &mut self,
        name: &str,
        code: &str,
        coded: &Coded,
        evidence: &[Evidence],
        report: &mut String,
    ) {
        for evidence in evidence {
            let pairs = coded.passages.iter().zip(&coded.citations);
            let mut met = pairs.filter(|(passage, _)| meets(&evidence.quote, passage));
            let Some((_, citation)) = met.next() else { continue };
            self.quotes += 1;
            // A coder writes "Preamble" where the sheet also counts the paragraph.
            if evidence.citation.split(", ¶").next() == Some(citation) {
                self.cited += 1;
            } else {
                let found = &evidence.citation;
                writeln!(report, "{name} {code}: coded at {citation}, cited {found}").unwrap();
            }
        }
    }
}
