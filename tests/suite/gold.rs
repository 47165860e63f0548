//! Proposals beside the texts coded by hand: development figures, for rules
//! are developed looking at them.

use crate::coding::{Cells, Coding, hit_at, proposed};
use crate::shared::{files, shared};
use crate::tagging::{rules, tag_file};
use normtag::model::Presence;

#[test]
fn proposals_for_the_coded_texts_reach_the_floor() {
    let Some(folder) = shared("gold") else { return };
    let rules = rules("bpf-2021");
    let (mut present, mut any) = (Cells::default(), Cells::default());
    let (mut first, mut third, mut cells) = (0_u32, 0_u32, 0_u32);
    for path in files(&folder.join("gold"), "json") {
        let coding = Coding::read(&path);
        let sheet = tag_file(&folder.join("agreements").join(&coding.document), &rules);
        let mut wrong = Vec::new();
        for (element, coded) in &coding.elements {
            let found = proposed(&sheet, element);
            present.add(found == Presence::Present, coded.status == Presence::Present);
            any.add(found > Presence::Absent, coded.status > Presence::Absent);
            if found != coded.status {
                wrong.push(format!("{element} {}>{}", coded.status.as_str(), found.as_str()));
            }
            if coded.status == Presence::Present {
                let proposal = sheet.proposals.iter().find(|p| p.element.as_str() == element);
                let evidence = proposal.map_or(&[][..], |proposal| &proposal.evidence);
                cells += 1;
                first += u32::from(hit_at(1, evidence, &coded.passages));
                let hit = hit_at(3, evidence, &coded.passages);
                third += u32::from(hit);
                if !hit {
                    wrong.push(format!("{element} no hit@3"));
                }
            }
        }
        println!("{:40} {}", coding.document, wrong.join(", "));
    }
    let (hit1, hit3) = (f64::from(first) / f64::from(cells), f64::from(third) / f64::from(cells));
    println!("development figures on 17 texts");
    println!("present v rest:  {present}");
    println!("any v absent:    {any}");
    println!("hit@1 {hit1:.3}  hit@3 {hit3:.3}  (n {cells})");
    assert!(present.f1() >= 0.72, "present F1 {}", present.f1());
    assert!(any.f1() >= 0.82, "any F1 {}", any.f1());
    assert!(hit3 >= 0.85, "hit@3 {hit3}");
}
