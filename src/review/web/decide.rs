//! A decision that the page sends: checked, cut from the text, appended.

use crate::citation::Cited;
use crate::model::{
    DecidedQuote, Decision, DecisionVerdict, Document, Element, Presence, Shown, Span, Status,
};
use crate::review::web::page::{claims, marks, progress};
use crate::review::web::panel::Claim;
use crate::review::web::text::repainted;
use crate::review::web::{Refusal, Session};
use crate::review::{Unit, as_probe, decided, shown, standing};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, PoisonError};

/// What the page sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The element decided on.
    element: String,
    /// The number of the newest entry on the claim that the page has.
    seen: Option<usize>,
    /// Whether the page tells which proposals were made up.
    #[serde(default)]
    revealed: bool,
    verdict: DecisionVerdict,
    /// The value, where the verdict leaves it open.
    status: Option<Status>,
    /// The passages it rests on.
    #[serde(default)]
    quotes: Vec<AskedQuote>,
    reason: Option<String>,
    comment: Option<String>,
}

/// A passage that the page names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedQuote {
    /// The place of the document among those of the unit.
    document: usize,
    start: Offset,
    end: Offset,
    /// The citation as the person left it; none: as the text has it.
    citation: Option<String>,
}

/// A place in a text: so many UTF-16 units, which is how a browser counts,
/// behind a byte.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    at: usize,
    #[serde(default)]
    units: usize,
}

/// Answers with the claim as it stands then.
pub(super) async fn decide(
    State(session): State<Arc<Session>>,
    Path((_, at)): Path<(String, usize)>,
    asked: Result<Json<Asked>, JsonRejection>,
) -> Response {
    let asked = match asked {
        Ok(Json(asked)) => asked,
        Err(error) => return (error.status(), error.body_text()).into_response(),
    };
    if session.units.get(at).is_none() {
        return (StatusCode::NOT_FOUND, "there is no such document").into_response();
    }
    let all = &session.taxonomy.elements;
    let Some(element) = all.iter().find(|one| one.code.as_str() == asked.element) else {
        return (StatusCode::BAD_REQUEST, "there is no such element").into_response();
    };
    let mut keeper = session.keeper.lock().unwrap_or_else(PoisonError::into_inner);
    let was_revealed = session.is_revealed();
    let mut places = marked(&session, at, element, keeper.decisions());
    let appended = keeper.append(&mut |before| {
        let view = session.view(before);
        // A page from before then still shows them as proposals like others.
        if session.is_revealed() && !asked.revealed {
            let why = "not saved: which proposals were made up was told meanwhile; the page is \
                       loaded again";
            return Err(Refusal::Stale(why.to_owned()));
        }
        let unit = &view.units[at];
        let one = decision(&session, unit, element, &asked, &view.decisions)?;
        let made_up = view.probes.contains(&(at, element.code.clone()));
        let made_up = unit.proposal(element).filter(|_| made_up);
        Ok(vec![made_up.map_or_else(|| one.clone(), |it| as_probe(one.clone(), it))])
    });
    let (status, said) = match appended {
        Ok(Ok(())) => (StatusCode::OK, String::new()),
        Ok(Err(Refusal::Stale(why))) => (StatusCode::CONFLICT, why),
        Ok(Err(Refusal::Wrong(why))) => (StatusCode::UNPROCESSABLE_ENTITY, why),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("not saved: {error}")),
    };
    places.extend(marked(&session, at, element, keeper.decisions()));
    let view = session.view(keeper.decisions());
    let unit = &view.units[at];
    let claim = Claim::new(&session, unit, element, &view.decisions);
    let answer = json!({
        "said": said,
        "item": claim.item(),
        "panel": claim.panel(),
        "progress": progress(&session, &view, at),
        "repainted": repainted(unit, &places, &marks(&claims(&session, &view, at))),
        "revealed": session.is_revealed() && !(was_revealed && asked.revealed),
    });
    (status, Json(answer)).into_response()
}

/// What a claim marks in the text.
fn marked(
    session: &Session,
    at: usize,
    element: &Element,
    decisions: &[Decision],
) -> Vec<(usize, Span)> {
    let view = session.view(decisions);
    Claim::new(session, &view.units[at], element, &view.decisions).marked()
}

/// The entry for what was asked, if it may be one.
fn decision(
    session: &Session,
    unit: &Unit,
    element: &Element,
    asked: &Asked,
    before: &[Decision],
) -> Result<Decision, Refusal> {
    let claimed = standing(unit, element, &session.taxonomy.id, before);
    if claimed.newest != asked.seen {
        let by = claimed.newest.and_then(|number| before.get(number)).map(|one| one.by.as_str());
        let by = by.unwrap_or("somebody");
        return Err(Refusal::Stale(format!(
            "not saved: {by} decided on this meanwhile; look at it, then decide again"
        )));
    }
    let proposal = unit.proposal(element);
    let decided = decided(unit, element, &session.taxonomy.id, before);
    let blind = session.hides(unit, element, &decided);
    let quotes =
        asked.quotes.iter().map(|quote| cut(unit, quote)).collect::<Result<Vec<_>, _>>()?;
    let proposed = proposal.map(|proposal| proposal.status).filter(|_| !blind);
    if blind && matches!(asked.verdict, DecisionVerdict::Accepted | DecisionVerdict::Rejected) {
        let why = "what is proposed is hidden; say present, indirect or absent";
        return Err(Refusal::Wrong(why.to_owned()));
    }
    let status = value(unit, asked, proposed, &quotes)?;
    // Absent where something is proposed, unseen, is a refusal all the same.
    let refused = blind && asked.verdict == DecisionVerdict::AbsentConfirmed && proposal.is_some();
    let unseen = refused.then(|| "decided without seeing what was proposed".to_owned());
    let verdict = if refused { DecisionVerdict::Rejected } else { asked.verdict };
    let withdraws = match asked.verdict {
        DecisionVerdict::Withdrawn => {
            // What another decided is theirs to take back.
            let own = decided.holding_of(&session.reviewer);
            let none = || match claimed.decision {
                Some(other) => format!(
                    "this is {}'s decision, and stays theirs; decide otherwise, and yours holds",
                    other.by
                ),
                None => "there is no decision to take back".to_owned(),
            };
            Some(own.ok_or_else(|| Refusal::Wrong(none()))?.0)
        }
        _ => None,
    };
    let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    Ok(Decision {
        format: 1,
        at: (session.now)(),
        by: session.reviewer.clone(),
        taxonomy: session.taxonomy.id.clone(),
        agreement: unit.id.clone(),
        element: element.code.clone(),
        verdict,
        status,
        quotes: if status.is_some_and(|it| it >= Presence::Indirect) { quotes } else { Vec::new() },
        reason: unseen.or_else(|| text(&asked.reason)),
        comment: text(&asked.comment),
        shown: Shown { blind, ..shown(unit, proposal) },
        withdraws,
        probe: None,
    })
}

/// The value of the claim by what was asked; none where it is left open.
fn value(
    unit: &Unit,
    asked: &Asked,
    proposed: Option<Status>,
    quotes: &[DecidedQuote],
) -> Result<Option<Presence>, Refusal> {
    let wrong = |why: &str| Refusal::Wrong(why.to_owned());
    match asked.verdict {
        DecisionVerdict::Accepted => {
            let nothing = || wrong("nothing is proposed that could be accepted");
            let status = proposed.ok_or_else(nothing)?;
            needs_quote(quotes)?;
            Ok(Some(status.into()))
        }
        DecisionVerdict::Changed => {
            needs_quote(quotes)?;
            let status = asked.status.or(proposed);
            Ok(Some(status.ok_or_else(|| wrong("say present or indirect"))?.into()))
        }
        DecisionVerdict::Rejected if proposed.is_none() => {
            Err(wrong("nothing is proposed that could be refused"))
        }
        DecisionVerdict::Rejected if is_blank(asked.reason.as_deref()) => {
            Err(wrong("a refusal needs a reason"))
        }
        DecisionVerdict::AbsentConfirmed if !unit.whole => {
            Err(wrong("the text was not read whole: its absence cannot be confirmed"))
        }
        DecisionVerdict::AbsentConfirmed if proposed.is_some() => {
            Err(wrong("something is proposed here; refuse it, with a reason"))
        }
        DecisionVerdict::Rejected | DecisionVerdict::AbsentConfirmed => Ok(Some(Presence::Absent)),
        DecisionVerdict::Deferred | DecisionVerdict::Withdrawn => Ok(None),
        DecisionVerdict::Probed => Err(wrong("that is no decision")),
    }
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn needs_quote(quotes: &[DecidedQuote]) -> Result<(), Refusal> {
    if quotes.is_empty() {
        return Err(Refusal::Wrong("tick a quote, or select one in the text".to_owned()));
    }
    Ok(())
}

/// The quote that the page names, cut from the text and snapped to words; its
/// citation must be one that the grammar reads.
fn cut(unit: &Unit, asked: &AskedQuote) -> Result<DecidedQuote, Refusal> {
    let wrong = |why: String| Refusal::Wrong(why);
    let document = unit
        .documents
        .get(asked.document)
        .ok_or_else(|| wrong("there is no such document".to_owned()))?;
    let ends = byte(document, asked.start).zip(byte(document, asked.end));
    let ends = ends.filter(|(start, end)| start < end);
    let (start, end) =
        ends.ok_or_else(|| wrong("there are no words in the selection".to_owned()))?;
    let span = snapped(&document.text, Span::new(start, end));
    let quote = span.cut(&document.text).filter(|words| !words.is_empty());
    let quote = quote.ok_or_else(|| wrong("there are no words in the selection".to_owned()))?;
    let mut paragraphs = document.paragraphs.iter();
    let at = paragraphs.find(|one| one.span.start <= span.start && span.start < one.span.end);
    let own = || at.map_or_else(String::new, |one| one.locator.citation(one.place));
    let citation = match asked.citation.as_deref().map(str::trim) {
        None | Some("") => own(),
        // What the text itself has needs no grammar: a counted paragraph, say.
        Some(given) if given == own() || Cited::parse(given).canonical().is_some() => {
            given.to_owned()
        }
        Some(given) => {
            return Err(wrong(format!(
                "`{given}` is no citation; write it as `Art. 25.4`, `Para. 31` or `Pg. 9`"
            )));
        }
    };
    let (source, recognised) = (document.source.clone(), document.is_recognised(span));
    Ok(DecidedQuote { quote: quote.to_owned(), citation, source, span, recognised })
}

/// The byte of the text at an offset.
fn byte(document: &Document, offset: Offset) -> Option<usize> {
    let rest = document.text.get(offset.at..)?;
    let mut units = 0;
    for (at, c) in rest.char_indices() {
        if units >= offset.units {
            return Some(offset.at + at);
        }
        units += c.len_utf16();
    }
    (units >= offset.units).then_some(document.text.len())
}

/// The span with the words at its ends whole, and no white space around it.
fn snapped(text: &str, span: Span) -> Span {
    let word = |c: &char| c.is_alphanumeric();
    let (mut start, mut end) = (span.start, span.end);
    let (first, last) = (text[start..end].chars().next(), text[start..end].chars().next_back());
    if first.as_ref().is_some_and(word) {
        let before = text[..start].chars().rev().take_while(word);
        start -= before.map(char::len_utf8).sum::<usize>();
    }
    if last.as_ref().is_some_and(word) {
        end += text[end..].chars().take_while(word).map(char::len_utf8).sum::<usize>();
    }
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_snapped_to_words() {
        let text = "States shall “co-operate” – in good faith.";
        for (selected, expected) in [
            ("tates sha", "States shall"),
            (" shall ", "shall"),
            ("co-oper", "co-operate"),
            ("“co-operate” ", "“co-operate”"),
            ("– in go", "– in good"),
        ] {
            let start = text.find(selected).expect("it is there");
            let span = snapped(text, Span::new(start, start + selected.len()));
            assert_eq!(span.cut(text), Some(expected));
        }
    }
}
