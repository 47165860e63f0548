//! What a visit says of an address.

use crate::fetch::{ProblemKind, Visit, shows_challenge};
use crate::links::changes::changes;
use crate::links::soft;
use crate::model::{Document, Hop, LinkState, MediaType, TextChanges};
use url::Url;

/// A page that says no more than this can be one that wants to see a person.
const SHORT: usize = 3_000;

/// The text of a document, as far as it can be judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What kind of file it was.
    pub media_type: MediaType,
    /// Its paragraphs; none where it could not be read.
    pub paragraphs: Vec<String>,
}

impl Text {
    /// The text of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let cut = |span: crate::model::Span| span.cut(&document.text).unwrap_or_default();
        let paragraphs = document.paragraphs.iter().map(|one| cut(one.span).to_owned());
        Self { media_type: document.media_type, paragraphs: paragraphs.collect() }
    }

    /// A file that could not be read.
    #[must_use]
    pub fn unread(media_type: MediaType) -> Self {
        Self { media_type, paragraphs: Vec::new() }
    }

    pub(crate) fn letters(&self) -> usize {
        self.paragraphs.iter().map(|one| one.chars().count()).sum()
    }
}

/// What was seen at an address, and what was seen there before.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The text that came.
    pub now: &'a Text,
    /// The text of the copy that was kept.
    pub before: Option<&'a Text>,
    /// The page as it came, where it is one.
    pub html: &'a str,
    /// The address that answered, where it is another one.
    pub answered: Option<&'a str>,
}

/// What is said of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What became of it.
    pub state: LinkState,
    /// What is to be known and done, in one line, lower case.
    pub reason: String,
    /// In what the text differs.
    pub changes: Option<TextChanges>,
}

impl Judged {
    fn new(state: LinkState, reason: impl Into<String>) -> Self {
        Self { state, reason: reason.into(), changes: None }
    }
}

/// Judges a visit: `now` and `before` are the texts of the document and of the
/// copy that was kept, where there are any.
#[must_use]
pub fn judge(visit: &Visit, now: Option<&Text>, before: Option<&Text>) -> Judged {
    let (snapshot, now) = match (&visit.fetched, now) {
        (Err(problem), _) => {
            // What is passed to `tag` is here filed for later runs.
            let reason = problem.reason.replace("pass the file", "file it with `fetch --attach`");
            return Judged::new(failure(problem.kind), reason);
        }
        (Ok(_), None) => return Judged::new(LinkState::Ok, ""),
        (Ok(snapshot), Some(now)) => (snapshot, now),
    };
    let html = match now.media_type {
        MediaType::Html => String::from_utf8_lossy(&snapshot.bytes),
        _ => "".into(),
    };
    if now.media_type == MediaType::Html
        && now.letters() < SHORT
        && !visit.unchanged
        && shows_challenge(html.as_bytes())
    {
        let reason = "a page that wants to see a person; look at it in a browser, save it and \
                      file it with `fetch --attach`";
        return Judged::new(LinkState::Blocked, reason);
    }
    let answered = snapshot.final_url.as_deref();
    let seen = Seen { now, before, html: &html, answered };
    let asked = Url::parse(&visit.source).ok();
    if !visit.unchanged
        && let Some(why) = asked.and_then(|asked| soft::suspicion(&asked, &seen))
        && before.is_none_or(|before| changes(&before.paragraphs, &now.paragraphs).is_some())
    {
        let reason = format!("perhaps gone: {why}; look at it in a browser");
        return Judged::new(LinkState::Soft404, reason);
    }
    there(visit, &snapshot.redirects, seen)
}

/// What is said of a document that is there.
fn there(visit: &Visit, hops: &[Hop], seen: Seen<'_>) -> Judged {
    let same = match (&visit.fetched, &visit.before) {
        (Ok(now), Some(before)) => now.digest == before.digest,
        _ => true,
    };
    let before = seen.before.filter(|_| !same);
    if let Some(before) = before {
        if before.paragraphs.is_empty() || seen.now.paragraphs.is_empty() {
            let reason = "other bytes, whose text cannot be compared; look at both";
            return Judged::new(LinkState::TextChanged, reason);
        }
        if let Some(changes) = changes(&before.paragraphs, &seen.now.paragraphs) {
            let (removed, added) = (changes.removed, changes.added);
            let reason = format!(
                "another text (paragraphs out: {removed}, in: {added}); look at it, then accept \
                 it with --accept"
            );
            let changes = Some(changes);
            return Judged { changes, ..Judged::new(LinkState::TextChanged, reason) };
        }
    }
    if let (Some(to), false) = (seen.answered, hops.is_empty()) {
        let for_good = hops.iter().all(|hop| matches!(hop.status, 301 | 308));
        return if for_good {
            Judged::new(LinkState::Moved, format!("moved for good; write {to} in its place"))
        } else {
            Judged::new(LinkState::MovedTemporarily, format!("for now at {to}"))
        };
    }
    match (before, &visit.before) {
        (Some(_), _) => Judged::new(LinkState::BytesChanged, "other bytes, the same text"),
        (None, Some(_)) => Judged::new(LinkState::Ok, "as it was"),
        (None, None) => Judged::new(LinkState::Ok, "seen for the first time"),
    }
}

/// What a failure says of the address.
fn failure(kind: ProblemKind) -> LinkState {
    match kind {
        ProblemKind::Status(404 | 410) => LinkState::Gone,
        ProblemKind::Status(401 | 403 | 407 | 429 | 451) | ProblemKind::Challenge => {
            LinkState::Blocked
        }
        ProblemKind::Robots => LinkState::Robots,
        ProblemKind::Empty => LinkState::Soft404,
        _ => LinkState::Unreachable,
    }
}
