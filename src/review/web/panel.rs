//! One claim: its line on the left, and what is known of it on the right.

use crate::markup::escape;
use crate::model::{
    DecidedQuote, Decision, DecisionVerdict, Element, Evidence, Nearest, Presence, Proposal, Span,
    Tag,
};
use crate::review::web::Session;
use crate::review::{Claimed, Standing, Unit, standing};
use std::fmt::Write as _;

/// A claim as the page shows it.
pub(super) struct Claim<'a> {
    pub(super) session: &'a Session,
    pub(super) unit: &'a Unit,
    pub(super) element: &'a Element,
    pub(super) claimed: Claimed<'a>,
}

impl<'a> Claim<'a> {
    pub(super) fn new(
        session: &'a Session,
        unit: &'a Unit,
        element: &'a Element,
        decisions: &'a [Decision],
    ) -> Self {
        let claimed = standing(unit, element, &session.taxonomy.id, decisions);
        Self { session, unit, element, claimed }
    }

    fn proposal(&self) -> Option<&'a Proposal> {
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

    fn word(&self, presence: Presence) -> String {
        match presence {
            Presence::NotAssessed => "not assessed".to_owned(),
            presence => escape(self.session.taxonomy.label(presence)),
        }
    }

    /// The line on the left.
    pub(super) fn item(&self) -> String {
        let code = escape(self.element.code.as_str());
        let standing = self.claimed.standing.as_str();
        let value = self.value();
        let score = self.proposal().map_or(0.0, |proposal| proposal.score);
        let unsure = (score - 0.5).abs();
        let curated = self.curated();
        let recorded = curated.iter().map(|tag| tag.status).max();
        let differs = recorded.is_some_and(|recorded| recorded != self.proposed());
        let mark = match self.claimed.standing {
            Standing::Settled => "✓",
            Standing::Deferred => "…",
            Standing::Stale => "!",
            Standing::Open => "○",
        };
        format!(
            "<button type=\"button\" class=\"item {standing} {}\" data-element=\"{code}\" \
             data-standing=\"{standing}\" data-unsure=\"{unsure:.3}\" data-differs=\"{differs}\" \
             data-seen=\"{}\"><span class=\"mark\" aria-hidden=\"true\">{mark}</span>\
             <span class=\"code\">{code}</span> <span class=\"name\">{}</span> \
             <span class=\"value\">{}</span><span class=\"visually-hidden\">, {standing}</span></button>",
            class(value),
            self.claimed.newest.map_or_else(String::new, |number| number.to_string()),
            escape(&self.element.name),
            self.word(value),
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
        out.push_str(&self.decided());
        match self.proposal() {
            Some(proposal) => out.push_str(&self.proposed_part(proposal)),
            None => out.push_str(&self.missing_part()),
        }
        out.push_str(&self.curated_part());
        out.push_str("</section>\n");
        out
    }

    /// The decision that holds; with both quotes where it is stale.
    fn decided(&self) -> String {
        let Some(decision) = self.claimed.decision else { return String::new() };
        let verdict = match decision.verdict {
            DecisionVerdict::Accepted => "accepted",
            DecisionVerdict::Rejected => "refused",
            DecisionVerdict::Changed => "changed",
            DecisionVerdict::AbsentConfirmed => "absence confirmed",
            DecisionVerdict::Deferred => "deferred",
            DecisionVerdict::Withdrawn => "taken back",
        };
        let value = decision.status.map_or_else(String::new, |it| format!(" · {}", self.word(it)));
        let mut out = format!(
            "<div class=\"decided {}\"><p><strong>{verdict}</strong>{value} · {} · {}</p>\n",
            self.claimed.standing.as_str(),
            escape(&decision.by),
            escape(&decision.at)
        );
        for (label, text) in [("Reason", &decision.reason), ("Comment", &decision.comment)] {
            if let Some(text) = text {
                let _ = writeln!(out, "<p>{label}: {}</p>", escape(text));
            }
        }
        for quote in &decision.quotes {
            let _ = writeln!(
                out,
                "<blockquote><cite>{}</cite> {}{}</blockquote>",
                escape(&quote.citation),
                escape(&quote.quote),
                self.lost(quote)
            );
        }
        if self.claimed.standing == Standing::Stale {
            out.push_str("<p class=\"alarm\">The evidence has changed since. Then it was:</p>\n");
            for quote in &decision.shown.evidence {
                let _ = writeln!(out, "<blockquote class=\"old\">{}</blockquote>", escape(quote));
            }
            out.push_str("<p class=\"alarm\">Now it is what stands below.</p>\n");
        }
        out.push_str("</div>\n");
        out
    }

    /// What is to be said of a quote whose words are not in the text.
    fn lost(&self, quote: &DecidedQuote) -> &'static str {
        match self.unit.anchored(quote).map(|anchored| anchored.verdict) {
            Some(verdict) if verdict.holds() => "",
            Some(_) => " <span class=\"alarm\">The text has other words now.</span>",
            None => " <span class=\"alarm\">No longer in the text.</span>",
        }
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
        format!(
            "<li data-document=\"{document}\" data-start=\"{}\" data-end=\"{}\">\
             <label><input type=\"checkbox\" class=\"keep\" checked> \
             <span class=\"visually-hidden\">keep this quote</span></label> \
             <input class=\"cite\" value=\"{}\" aria-label=\"Citation\"> \
             <button type=\"button\" class=\"show\">show</button> \
             <small class=\"{}\">{} {:.2}</small>\n<blockquote>{}</blockquote>\n\
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
        "<p class=\"near\">Nearest: <code>{}</code> at {} (wanting {}{})</p>\n",
        escape(near.rule.as_str()),
        escape(&near.citation),
        escape(&near.failed),
        escape(&concepts)
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
