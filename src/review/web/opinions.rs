//! What was decided on a claim: the decision that holds, and what every
//! reviewer decided for themselves.

use crate::markup::escape;
use crate::model::{DecidedQuote, Decision};
use crate::review::Standing;
use crate::review::web::panel::Claim;
use std::fmt::Write as _;

impl Claim<'_> {
    /// The decision that holds; with both quotes where it is stale.
    pub(super) fn decision(&self) -> String {
        let Some(decision) = self.claimed.decision else { return self.probed() };
        // Where several have decided, the quotes stand with each one's decision.
        let several = self.decided.by_reviewer().len() > 1;
        let told = if several { self.head(decision) } else { self.told(decision, false) };
        let mut out = format!("<div class=\"decided {}\">{told}", self.claimed.standing.as_str());
        if self.claimed.standing == Standing::Stale {
            out.push_str(&self.then(decision));
        }
        out.push_str("</div>\n");
        out
    }

    /// What was proposed when a decision was taken that is stale now, and is not
    /// proposed any more.
    fn then(&self, decision: &Decision) -> String {
        let now = self.proposal().map_or(&[][..], |proposal| &proposal.evidence);
        let lost = decision.shown.evidence.iter();
        let lost: Vec<&String> =
            lost.filter(|quote| !now.iter().any(|one| one.quote == **quote)).collect();
        let mut out = "<p class=\"alarm\">The evidence has changed since.</p>\n".to_owned();
        if !lost.is_empty() {
            out.push_str("<p>No longer proposed:</p>\n");
        }
        for quote in lost {
            let _ = writeln!(out, "<blockquote class=\"old\">{}</blockquote>", escape(quote));
        }
        out.push_str("<p>What is proposed now stands below.</p>\n");
        out
    }

    /// What the reviewer answered to a made-up proposal, when they know that it
    /// was one.
    fn probed(&self) -> String {
        let own = self.decided.probed();
        let Some(probe) = own.get(self.session.reviewer.as_str()) else { return String::new() };
        let said = if probe.accepted { "accepted" } else { probe.verdict.said() };
        format!(
            "<p class=\"decided deferred\">A made-up proposal stood here ({said}). What follows is \
             what normtag says of it.</p>\n"
        )
    }

    /// The last decision of each reviewer, where there are several: open to
    /// view where their values differ.
    pub(super) fn opinions(&self) -> String {
        let own = self.decided.by_reviewer();
        if own.len() < 2 {
            return String::new();
        }
        let (open, title) =
            if self.differs() { (" open", "Reviewers differ") } else { ("", "Reviewers agree") };
        let each = own.values().map(|decision| {
            let other = decision.by != self.session.reviewer;
            format!("<li>{}</li>\n", self.told(decision, other))
        });
        format!(
            "<details class=\"opinions\"{open}><summary>{title}</summary>\n<ul>{}</ul></details>\n",
            each.collect::<String>()
        )
    }

    /// Whether the values that reviewers decided on differ.
    pub(super) fn differs(&self) -> bool {
        !self.hidden && self.decided.differs()
    }

    /// Whether the decision that holds is the reviewer's own.
    pub(super) fn is_own(&self) -> bool {
        self.claimed.decision.is_some_and(|decision| decision.by == self.session.reviewer)
    }

    /// A decision with who took it, why and on what; where its quotes can be
    /// taken over, with what takes them.
    fn told(&self, decision: &Decision, takes: bool) -> String {
        let mut out = self.head(decision);
        let mut stand = false;
        for quote in &decision.quotes {
            let place = self.place(quote);
            stand |= place.is_some();
            let _ = writeln!(
                out,
                "<blockquote{}><cite>{}</cite> <span class=\"words\">{}</span>{}</blockquote>",
                place.unwrap_or_default(),
                escape(&quote.citation),
                escape(&quote.quote),
                self.lost(quote)
            );
        }
        if takes && stand {
            let by = escape(&decision.by);
            let _ = writeln!(
                out,
                "<button type=\"button\" class=\"take\" data-by=\"{by}\">Use these quotes \
                 <kbd>o</kbd></button>"
            );
        }
        out
    }

    /// Who decided what, when and why.
    fn head(&self, decision: &Decision) -> String {
        let verdict = decision.verdict.said();
        let value = decision.status.map_or_else(String::new, |it| format!(" · {}", self.word(it)));
        let mut out = format!(
            "<p><strong>{verdict}</strong>{value} · {} · {}</p>\n",
            escape(&decision.by),
            moment(&decision.at)
        );
        for (label, text) in [("Reason", &decision.reason), ("Comment", &decision.comment)] {
            if let Some(text) = text {
                let _ = writeln!(out, "<p>{label}: {}</p>", escape(text));
            }
        }
        out
    }

    /// Where a quote stands in the text as it is now, for the page to find it.
    fn place(&self, quote: &DecidedQuote) -> Option<String> {
        let anchored = self.unit.anchored(quote).filter(|anchored| anchored.verdict.holds())?;
        Some(format!(
            " data-document=\"{}\" data-start=\"{}\" data-end=\"{}\"",
            anchored.document, anchored.span.start, anchored.span.end
        ))
    }

    /// What is to be said of a quote whose words are not in the text.
    fn lost(&self, quote: &DecidedQuote) -> &'static str {
        match self.unit.anchored(quote).map(|anchored| anchored.verdict) {
            Some(verdict) if verdict.holds() => "",
            Some(_) => " <span class=\"alarm\">The text has other words now.</span>",
            None => " <span class=\"alarm\">No longer in the text.</span>",
        }
    }
}

/// A moment of the ledger (RFC 3339, UTC), to the minute.
fn moment(at: &str) -> String {
    let minute = at.get(..16).map_or(at.to_owned(), |minute| minute.replacen('T', " ", 1));
    format!("<time datetime=\"{}\">{} UTC</time>", escape(at), escape(&minute))
}
