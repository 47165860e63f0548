//! The whole page of one unit.

use crate::markup::escape;
use crate::model::DecisionVerdict;
use crate::review::web::Session;
use crate::review::web::panel::Claim;
use crate::review::web::text::{Mark, text};
use crate::review::{Standing, View, decided, probes_told, standing};
use std::fmt::Write as _;

/// The keys, and what they do.
const KEYS: [(&str, &str); 17] = [
    ("a", "accept what is proposed, with the quotes that are ticked"),
    ("r", "refuse it, with a reason: the element is absent"),
    ("p", "decide: present"),
    ("i", "decide: indirect"),
    ("x", "confirm that it is absent"),
    ("d", "leave it for later, with a comment"),
    ("u", "take the last decision on it back"),
    ("q", "make a quote of the words selected in the text"),
    ("e", "edit the citation"),
    ("j", "next element"),
    ("k", "previous element"),
    (
        "n",
        "next element that awaits a decision, or where reviewers differ and the last word is not yours",
    ),
    ("s", "show the next quote in the text, or where rules came nearest"),
    ("o", "take over another reviewer's quotes; again: those of the next"),
    ("N", "next document in which something awaits a decision"),
    ("A", "accept everything open with a score of .90 or more, after asking"),
    ("?", "show these keys"),
];

/// The page of the unit at this place.
pub(super) fn page(session: &Session, view: &View<'_>, at: usize) -> String {
    let unit = &view.units[at];
    let claims = claims(session, view, at);
    let marks = marks(&claims);
    let items: Vec<String> = claims.iter().map(Claim::item).collect();
    let items = format!("<li>{}</li>\n", items.join("</li>\n<li>"));
    let panels: String = claims.iter().map(Claim::panel).collect();
    let name = escape(unit.id.as_str());
    let token = escape(&session.token);
    let revealed = session.is_revealed();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/{token}/review.css\">\n<title>{name} · normtag review</title>\n\
         </head>\n<body data-decide=\"/{token}/unit/{at}/decide\" data-revealed=\"{revealed}\">\n\
         <header><h1>{name}</h1>{}<p id=\"progress\" role=\"status\">{}</p>\
         <label>Go on <select id=\"advance\"><option value=\"order\">by element</option>\
         <option value=\"unsure\">by uncertainty</option>\
         <option value=\"differs\">where curated differs</option>\
         <option value=\"reviewers\">where reviewers differ</option></select></label>\
         {}\
         <button type=\"button\" id=\"help\">Keys</button>{}</header>\n\
         <main>\n<nav aria-label=\"Elements\"><ul id=\"items\">\n{items}</ul></nav>\n\
         <div id=\"text\" tabindex=\"0\" aria-label=\"Text of the document\">\n{}{}</div>\n\
         <aside aria-label=\"Decision\">\n<div id=\"panels\">\n{panels}</div>\n{}</aside>\n</main>\n{}\
         <script src=\"/{token}/review.js\" defer></script>\n</body>\n</html>\n",
        choose(session, view, at),
        progress(session, view, at),
        out(session),
        probes(session, view),
        unread(unit),
        text(unit, &marks),
        controls(),
        keys(),
    )
}

/// Every claim of a unit.
pub(super) fn claims<'a>(session: &'a Session, view: &'a View<'_>, at: usize) -> Vec<Claim<'a>> {
    let elements = session.taxonomy.elements.iter();
    let claim = |element| Claim::new(session, &view.units[at], element, &view.decisions);
    elements.map(claim).collect()
}

/// All that claims mark in the text.
pub(super) fn marks(claims: &[Claim<'_>]) -> Vec<Mark> {
    let of = |claim: &Claim<'_>| {
        let element = claim.element.code.clone();
        let mark = move |(document, span)| Mark { document, span, element: element.clone() };
        claim.marked().into_iter().map(mark)
    };
    claims.iter().flat_map(of).collect()
}

/// How much is settled.
pub(super) fn progress(session: &Session, view: &View<'_>, at: usize) -> String {
    let (unit, decisions) = (&view.units[at], &*view.decisions);
    let all = session.taxonomy.elements.iter();
    let standings = all.map(|one| standing(unit, one, &session.taxonomy.id, decisions).standing);
    let standings: Vec<Standing> = standings.collect();
    let count = |which| standings.iter().filter(|one| **one == which).count();
    let mut said = format!("{} of {} settled", count(Standing::Settled), standings.len());
    for (which, word) in [(Standing::Stale, "stale"), (Standing::Deferred, "deferred")] {
        if count(which) > 0 {
            let _ = write!(said, ", {} {word}", count(which));
        }
    }
    let elements = session.taxonomy.elements.iter();
    let differ =
        elements.filter(|one| decided(unit, one, &session.taxonomy.id, decisions).differs());
    match differ.count() {
        0 => {}
        count => {
            let _ = write!(said, ", reviewers differ on {count}");
        }
    }
    said
}

/// The other units, where there are others.
fn choose(session: &Session, view: &View<'_>, at: usize) -> String {
    if session.units.len() < 2 {
        return String::new();
    }
    let token = escape(&session.token);
    let links = session.units.iter().enumerate().map(|(other, unit)| {
        let here = if other == at { " aria-current=\"page\"" } else { "" };
        let waiting = session.taxonomy.elements.iter().filter(|element| {
            let claim =
                standing(&view.units[other], element, &session.taxonomy.id, &view.decisions);
            matches!(claim.standing, Standing::Open | Standing::Stale)
        });
        format!(
            "<li><a href=\"/{token}/unit/{other}\"{here} data-waiting=\"{}\">{}</a> \
             <small>{}</small></li>",
            waiting.count(),
            escape(unit.id.as_str()),
            progress(session, view, other)
        )
    });
    format!(
        "<details class=\"menu units\"><summary>{} of {} documents</summary><ul>{}</ul></details>",
        at + 1,
        session.units.len(),
        links.collect::<String>()
    )
}

/// The forms in which what is settled goes out.
fn out(session: &Session) -> String {
    let token = escape(&session.token);
    let links = session.forms.iter().map(|form| {
        let (ending, label) = (form.ending, escape(form.label));
        format!("<li><a href=\"/{token}/out/{ending}\" download>{label}</a></li>")
    });
    format!(
        "<details class=\"menu\" id=\"out\"><summary>Save what is settled</summary>\
         <ul>{}</ul></details>",
        links.collect::<String>()
    )
}

/// That some proposals are made up; once all is decided, which they were, and
/// how many of them were taken for right.
fn probes(session: &Session, view: &View<'_>) -> String {
    if session.probes.count() == 0 {
        return String::new();
    }
    if !session.is_revealed() {
        return "<p class=\"probes\">Some of these proposals are made up, to see whether they are \
                noticed. Which ones is told when all is decided.</p>"
            .to_owned();
    }
    let (mut answered, mut accepted) = (Vec::new(), 0);
    for unit in &*view.units {
        for element in &session.taxonomy.elements {
            let decided = decided(unit, element, &session.taxonomy.id, &view.decisions);
            let own = decided.probed().get(session.reviewer.as_str()).copied();
            let own = own.filter(|probe| probe.verdict != DecisionVerdict::Deferred);
            if let Some(probe) = own {
                let said = if probe.accepted { "accepted" } else { probe.verdict.said() };
                answered.push(format!("{} {} ({said})", unit.id, element.code));
                accepted += usize::from(probe.accepted);
            }
        }
    }
    let told = match probes_told(accepted, answered.len()) {
        Some(told) => {
            format!("{told}: {}. Their elements are open again.", escape(&answered.join(", ")))
        }
        None => "No made-up proposal was answered.".to_owned(),
    };
    format!("<p class=\"probes\" role=\"status\">All was decided. {told}</p>")
}

fn unread(unit: &crate::review::Unit) -> String {
    if unit.unread.is_empty() {
        return String::new();
    }
    let parts = unit.unread.iter().map(|part| format!("<li>{}</li>", escape(part)));
    format!("<ul class=\"alarm\">{}</ul>\n", parts.collect::<String>())
}

/// What is pressed to decide; every one has a key.
fn controls() -> String {
    let button = |verdict: &str, key: &str, label: &str| {
        format!(
            "<button type=\"button\" data-act=\"{verdict}\" aria-keyshortcuts=\"{key}\">{label} \
             <kbd>{key}</kbd></button>"
        )
    };
    let buttons = [
        ("accept", "a", "Accept"),
        ("refuse", "r", "Refuse"),
        ("present", "p", "Present"),
        ("indirect", "i", "Indirect"),
        ("absent", "x", "Absent"),
        ("defer", "d", "Later"),
        ("undo", "u", "Undo"),
        ("quote", "q", "Quote"),
    ];
    let buttons = buttons.map(|(verdict, key, label)| button(verdict, key, label));
    format!(
        "<form id=\"asking\" hidden><label><span id=\"question\"></span> \
         <input id=\"answer\" autocomplete=\"off\"></label> <button>OK</button></form>\n\
         <div class=\"controls\">{}</div>\n<p id=\"said\" role=\"status\" aria-live=\"polite\"></p>\n",
        buttons.concat()
    )
}

fn keys() -> String {
    let rows = KEYS.map(|(key, does)| {
        format!("<tr><th scope=\"row\"><kbd>{key}</kbd></th><td>{does}</td></tr>")
    });
    format!(
        "<dialog id=\"keys\" aria-labelledby=\"keys-title\"><h2 id=\"keys-title\">Keys</h2>\
         <table>{}</table><form method=\"dialog\"><button>Close</button></form></dialog>\n",
        rows.concat()
    )
}
