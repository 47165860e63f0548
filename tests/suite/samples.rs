//! The samples that ship with normtag, beside the codings written before any
//! rule had seen them.
//!
//! Rules are not developed on these texts: what a rule misses here is listed
//! in `tests/samples/expected/differences.txt` and stays until a change made
//! for other reasons mends it.

use crate::coding::{Cells, Coding, hit_at, proposed};
use crate::golden;
use crate::tagging::{rules, tag_file};
use normtag::model::Presence;
use std::fmt::Write;
use std::path::Path;

const SAMPLES: &[&str] =
    &["harbour-charter.html", "lakes-treaty.docx", "meridian-experts-report.pdf"];

#[test]
fn the_samples_are_tagged_as_they_were_coded_but_for_known_differences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut report = String::new();
    for taxonomy in ["bpf-2021", "bpf-2019"] {
        let rules = rules(taxonomy);
        let (mut present, mut any) = (Cells::default(), Cells::default());
        let (mut met, mut cells) = (0_u32, 0_u32);
        for sample in SAMPLES {
            let name = sample.split('.').next().unwrap();
            let coding = root.join(format!("tests/samples/expected/{name}.{taxonomy}.json"));
            let coding = Coding::read(&coding);
            let sheet = tag_file(&root.join("corpus/samples").join(sample), &rules);
            for element in &rules.taxonomy.elements {
                let coded = &coding.elements[element.code.as_str()];
                let found = proposed(&sheet, element.code.as_str());
                present.add(found == Presence::Present, coded.status == Presence::Present);
                any.add(found > Presence::Absent, coded.status > Presence::Absent);
                let (was, is) = (coded.status.as_str(), found.as_str());
                if was != is {
                    let code = &element.code;
                    writeln!(report, "{name} {code}: coded {was}, proposed {is}").unwrap();
                }
                if coded.status == Presence::Present {
                    let proposal = sheet.proposals.iter().find(|p| p.element == element.code);
                    let evidence = proposal.map_or(&[][..], |proposal| &proposal.evidence);
                    cells += 1;
                    met += u32::from(hit_at(3, evidence, &coded.passages));
                }
            }
        }
        writeln!(report, "{taxonomy} present v rest: {present}").unwrap();
        writeln!(report, "{taxonomy} any v absent:   {any}").unwrap();
        writeln!(report, "{taxonomy} hit@3: {met} of {cells}\n").unwrap();
    }
    println!("{report}");
    golden::check("../samples/expected/differences.txt", &report);
}
