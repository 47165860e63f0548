//! One claim: its line on the left, and what is known of it on the right.

use crate::markup::escape;
use crate::model::{
    Decided, Decision, Element, Evidence, Nearest, Presence, Proposal, RECOGNISED, Span, Tag,
};
use crate::review::web::Session;
use crate::review::{Claimed, Standing, Unit, decided, standing};
use std::fmt::Write as _;

/// A claim as the page shows it.
pub(super) struct Claim<'a> {
    pub(super) session: &'a Session,
    pub(super) unit: &'a Unit,
    pub(super) element: &'a Element,
    pub(super) claimed: Claimed<'a>,
    pub(super) decided: Decided<'a>,
    /// Whether what is proposed, curated and decided is not to be seen yet.
    pub(super) hidden: bool,
}

impl<'a> Claim<'a> {
    pub(super) fn new(
        session: &'a Session,
        unit: &'a Unit,
        element: &'a Element,
        decisions: &'a [Decision],
    ) -> Self {
        let claimed = standing(unit, element, &session.taxonomy.id, decisions);
        let decided = decided(unit, element, &session.taxonomy.id, decisions);
        let hidden = session.hides(unit, element, &decided);
        let claimed = match claimed.standing {
            // That others have decided is no reason to pass it over.
            Standing::Stale | Standing::Settled if hidden => {
                Claimed { standing: Standing::Open, ..claimed }
            }
            _ => claimed,
        };
        Self { session, unit, element, claimed, decided, hidden }
    }

    pub(super) fn proposal(&self) -> Option<&'a Proposal> {
        self.unit.proposal(self.element)
    }

    /// The value proposed.
    fn proposed(&self) -> Presence {
        match self.proposal() {
            Some(proposal) => proposal.status.into(),
            None if self.unit.whole => Presence::Absent,
            None => Presence::NotAssessed,
        }
    }

    /// What an edition recorded.
    fn curated(&self) -> Vec<&'a Tag> {
        let own = |tag: &&Tag| tag.agreement == self.unit.id && tag.element == self.element.code;
        self.session.curated.iter().filter(own).collect()
    }

    /// The value to show: what was decided, or else what is proposed.
    fn value(&self) -> Presence {
        let decided = self.claimed.decision.and_then(|decision| decision.status);
        decided.unwrap_or_else(|| self.proposed())
    }

    pub(super) fn word(&self, presence: Presence) -> String {
        match presence {
            Presence::NotAssessed => "not assessed".to_owned(),
            presence => escape(self.session.taxonomy.label(presence)),
        }
    }

    /// The line on the left.
    pub(super) fn item(&self) -> String {
        let code = escape(self.element.code.as_str());
        let standing = self.claimed.standing.as_str();
        // Nothing of what is hidden may be told by a colour or an order.
        let value = if self.hidden { Presence::NotAssessed } else { self.value() };
        let score = self.proposal().map_or(0.0, |proposal| proposal.score);
        let score = if self.hidden { 0.0 } else { score };
        let unsure = if self.hidden { 0.5 } else { (score - 0.5_f64).abs() };
        let curated = self.curated();
        let recorded = curated.iter().map(|tag| tag.status).max();
        let differs = !self.hidden && recorded.is_some_and(|recorded| recorded != self.proposed());
        let mark = match self.claimed.standing {
            Standing::Settled => "✓",
            Standing::Deferred => "…",
            Standing::Stale => "!",
            Standing::Open => "○",
        };
        let reviewers = if self.differs() {
            "<span class=\"differ\" title=\"reviewers differ\" aria-hidden=\"true\">≠</span> "
        } else {
            ""
        };
        format!(
            "<button type=\"button\" class=\"item {standing} {}\" data-element=\"{code}\" \
             data-standing=\"{standing}\" data-score=\"{score:.2}\" data-unsure=\"{unsure:.3}\" data-differs=\"{differs}\" \
             data-reviewers=\"{}\" data-own=\"{}\" data-seen=\"{}\">\
             <span class=\"mark\" aria-hidden=\"true\">{mark}</span>\
             <span class=\"code\">{code}</span> <span class=\"name\">{}</span> \
             <span class=\"value\">{reviewers}{}</span>\
             <span class=\"visually-hidden\">, {standing}{}</span></button>",
            class(value),
            if self.differs() { "differ" } else { "" },
            self.is_own(),
            self.claimed.newest.map_or_else(String::new, |number| number.to_string()),
            escape(&self.element.name),
            if self.hidden { "hidden".to_owned() } else { self.word(value) },
            if self.differs() { ", reviewers differ" } else { "" },
        )
    }

    /// What stands on the right.
    pub(super) fn panel(&self) -> String {
        let code = escape(self.element.code.as_str());
        let mut out = format!(
            "<section class=\"panel\" data-element=\"{code}\" aria-label=\"{code} {}\">\n\
             <h2>{code} {}</h2>\n<p class=\"definition\">{}</p>\n",
            escape(&self.element.name),
            escape(&self.element.name),
            escape(&self.element.definition)
        );
        if self.hidden {
            out.push_str(
                "<p class=\"proposed\">Hidden until you have decided. Look for it in the text, make \
                 quotes of what you find, and say present, indirect or absent.</p>\n\
                 <ol class=\"evidence\"></ol>\n</section>\n",
            );
            return out;
        }
        out.push_str(&self.decision());
        out.push_str(&self.opinions());
        match self.proposal() {
            Some(proposal) => out.push_str(&self.proposed_part(proposal)),
            None => out.push_str(&self.missing_part()),
        }
        out.push_str(&self.curated_part());
        out.push_str("</section>\n");
        out
    }

    fn proposed_part(&self, proposal: &Proposal) -> String {
        let value = Presence::from(proposal.status);
        let mut out = format!(
            "<p class=\"proposed\">Proposed: <strong class=\"{}\">{}</strong> · score {:.2} · {} of \
             {} passages</p>\n<ol class=\"evidence\">\n",
            class(value),
            self.word(value),
            proposal.score,
            proposal.evidence.len(),
            proposal.passages.max(proposal.evidence.len())
        );
        for evidence in &proposal.evidence {
            out.push_str(&self.evidence(evidence));
        }
        out.push_str("</ol>\n");
        out
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let document = self.unit.document(evidence.source.as_deref()).map_or(0, |(at, _)| at);
        let rules = evidence.rules.iter().map(|rule| {
            let finds = self.session.rules.get(rule.as_str()).map_or("", String::as_str);
            format!("<li><code>{}</code> {}</li>", escape(rule.as_str()), escape(finds))
        });
        let recognised =
            || format!(" <small class=\"recognised\">{RECOGNISED}: look at the page</small>");
        let recognised = evidence.recognised.then(recognised).unwrap_or_default();
        format!(
            "<li data-document=\"{document}\" data-start=\"{}\" data-end=\"{}\">\
             <label><input type=\"checkbox\" class=\"keep\" checked> \
             <span class=\"visually-hidden\">keep this quote</span></label> \
             <input class=\"cite\" value=\"{}\" aria-label=\"Citation\"> \
             <button type=\"button\" class=\"show\">show</button> \
             <small class=\"{}\">{} {:.2}</small>{recognised}\n<blockquote>{}</blockquote>\n\
             <details><summary>why</summary><ul>{}</ul></details></li>\n",
            evidence.span.start,
            evidence.span.end,
            escape(&evidence.citation),
            class(evidence.status.into()),
            self.word(evidence.status.into()),
            evidence.score,
            escape(&evidence.quote),
            rules.collect::<String>()
        )
    }

    /// What was looked for, and what came nearest.
    fn missing_part(&self) -> String {
        let mut out = if self.unit.whole {
            "<p class=\"proposed\">Not found in the whole text.</p>\n".to_owned()
        } else {
            let unread = self.unit.unread.iter().map(|part| format!("<li>{}</li>", escape(part)));
            format!(
                "<p class=\"proposed\">Not found, but not all of the text was read, so that an \
                 absence cannot be confirmed:</p>\n<ul>{}</ul>\n",
                unread.collect::<String>()
            )
        };
        let looked = self.session.rules.iter().filter(|(id, _)| {
            id.split_once('/').is_some_and(|(code, _)| code == self.element.code.as_str())
        });
        let looked = looked.map(|(_, finds)| format!("<li>{}</li>", escape(finds)));
        let _ = writeln!(
            out,
            "<details><summary>What was looked for</summary><ul>{}</ul></details>",
            looked.collect::<String>()
        );
        let nearest = self.unit.absence(self.element).map(|absence| absence.nearest.as_slice());
        for near in nearest.unwrap_or_default() {
            out.push_str(&nearest_line(near));
        }
        out.push_str("<ol class=\"evidence\"></ol>\n");
        out
    }

    fn curated_part(&self) -> String {
        let curated = self.curated();
        let Some(first) = curated.first() else { return String::new() };
        let mut out = format!(
            "<details class=\"curated\" open><summary>Curated: <strong class=\"{}\">{}</strong> <small>{}</small></summary>\n",
            class(first.status),
            self.word(first.status),
            escape(&first.source)
        );
        for tag in &curated {
            let _ = writeln!(
                out,
                "<blockquote><cite>{}</cite> {} <small>{}</small></blockquote>",
                escape(&tag.citation),
                escape(&tag.quote),
                escape(&tag.note)
            );
        }
        out.push_str("</details>\n");
        out
    }

    /// The passages that a decision or a proposal marks in the text.
    pub(super) fn marked(&self) -> Vec<(usize, Span)> {
        if self.hidden {
            return Vec::new();
        }
        let proposed = self.proposal().into_iter().flat_map(|proposal| &proposal.evidence);
        let proposed = proposed.filter_map(|evidence| {
            let (at, _) = self.unit.document(evidence.source.as_deref())?;
            Some((at, evidence.span))
        });
        let decided = self.claimed.decision.into_iter().flat_map(|decision| &decision.quotes);
        let decided = decided.filter_map(|quote| {
            // Where the text is another, the quote may stand elsewhere in it.
            let anchored = self.unit.anchored(quote)?;
            anchored.verdict.holds().then_some((anchored.document, anchored.span))
        });
        proposed.chain(decided).collect()
    }
}

fn nearest_line(near: &Nearest) -> String {
    let concepts = if near.concepts.is_empty() {
        String::new()
    } else {
        format!(": {}", near.concepts.join(", "))
    };
    format!(
        "<p class=\"near\">Nearest: <code>{}</code> at {} (wanting {}{}) \
         <button type=\"button\" class=\"show\" data-cite=\"{}\">show</button></p>\n",
        escape(near.rule.as_str()),
        escape(&near.citation),
        escape(&near.failed),
        escape(&concepts),
        escape(&near.citation)
    )
}

/// The class of a value.
fn class(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "present",
        Presence::Indirect => "indirect",
        Presence::Absent => "absent",
        Presence::NotAssessed => "unsure",
    }
}
