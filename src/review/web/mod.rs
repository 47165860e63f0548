//! The page on which a person decides, served to this machine alone.
//!
//! Everything a page needs is built in; nothing is asked of anywhere else. The
//! address has a token, and every request is checked for it and for where it
//! comes from (`guard`). A decision is on disk before the page says saved.

mod decide;
mod guard;
mod opinions;
mod page;
mod panel;
mod text;

use crate::model::{Decided, Decision, Element, ReviewerNames, Tag, Taxonomy};
use crate::review::{Blind, Probes, Unit, View, decided, settled};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The most bytes a request may have.
const BODY: usize = 1 << 20;

/// Where decisions are kept. Who opens the file hands it in: nothing here
/// touches files.
pub trait Keeper: Send {
    /// Reads what others have decided meanwhile.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    fn refresh(&mut self) -> io::Result<()>;

    /// All decisions, in order; the number of one is its place.
    fn decisions(&self) -> &[Decision];

    /// Appends what `decide` makes of the decisions there are, and returns
    /// when it is on disk; or what `decide` refused with.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then nothing is kept.
    fn append(&mut self, decide: &mut Decide<'_>) -> io::Result<Result<(), Refusal>>;
}

/// Makes decisions of those that are there.
pub type Decide<'a> = dyn FnMut(&[Decision]) -> Result<Vec<Decision>, Refusal> + 'a;

/// Writes settled decisions in the form with an ending.
pub type Out = dyn Fn(&[Decision], &Form) -> io::Result<Vec<u8>> + Send + Sync;

/// A form in which what is settled goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// How files of it end.
    pub ending: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

/// Why a decision is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody decided on the claim meanwhile.
    Stale(String),
    /// It was asked wrongly.
    Wrong(String),
}

/// What is reviewed, and by whom.
pub struct Session {
    /// The units.
    pub units: Vec<Unit>,
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// What a rule finds, by its id.
    pub rules: BTreeMap<String, String>,
    /// What an edition recorded of these agreements.
    pub curated: Vec<Tag>,
    /// Who reviews.
    pub reviewer: String,
    /// Claims whose proposals the reviewer sees only when they have decided.
    pub blind: Option<Blind>,
    /// Proposals that are made up.
    pub probes: Probes,
    /// Whether the reviewer was told which those are: from then on they are not
    /// shown.
    pub revealed: AtomicBool,
    /// The secret part of the address.
    pub token: String,
    /// The time now (RFC 3339, UTC).
    pub now: Box<dyn Fn() -> String + Send + Sync>,
    /// The forms in which what is settled goes out.
    pub forms: &'static [Form],
    /// Writes settled decisions in the form with this ending.
    pub out: Box<Out>,
    /// What is told there of reviewers.
    pub names: ReviewerNames,
    /// The ledger.
    pub keeper: Mutex<Box<dyn Keeper>>,
}

impl Session {
    /// Whether the reviewer is not to see what is proposed, or what others
    /// decided: they have not yet decided on it themselves.
    fn hides(&self, unit: &Unit, element: &Element, decided: &Decided<'_>) -> bool {
        let chosen = |blind: Blind| blind.hides(&self.taxonomy.id, &unit.id, &element.code);
        self.blind.is_some_and(chosen) && !decided.has_value_by(&self.reviewer)
    }

    /// What the reviewer sees. Once all is decided, what was made up is told.
    fn view<'a>(&'a self, decisions: &'a [Decision]) -> View<'a> {
        if self.probes.count() == 0 || self.is_revealed() {
            return View::plain(&self.units, decisions);
        }
        let view = self.probes.view(&self.units, &self.taxonomy, &self.reviewer, decisions);
        let hidden = |unit: &Unit, element: &Element| {
            self.blind.is_some()
                && self.hides(unit, element, &decided(unit, element, &self.taxonomy.id, decisions))
        };
        if !view.is_done(&self.taxonomy, &hidden) {
            return view;
        }
        self.revealed.store(true, Ordering::Relaxed);
        View::plain(&self.units, decisions)
    }

    /// Whether the reviewer was told what was made up.
    fn is_revealed(&self) -> bool {
        self.revealed.load(Ordering::Relaxed)
    }

    /// The decisions as they are now.
    fn decisions<T>(&self, look: impl FnOnce(&[Decision]) -> T) -> io::Result<T> {
        let mut keeper = self.keeper.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        keeper.refresh()?;
        Ok(look(keeper.decisions()))
    }
}

/// Serves the session on `listener`, which listens on this machine alone,
/// until `stop` ends.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    session: Session,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let session = Arc::new(session);
    let guard = guard::Guard { port, session: Arc::clone(&session) };
    let pages = Router::new()
        .route("/{token}/", get(first))
        .route("/{token}/unit/{at}", get(unit))
        .route("/{token}/unit/{at}/decide", post(decide::decide))
        .route("/{token}/out/{ending}", get(out))
        .route("/{token}/review.css", get(style))
        .route("/{token}/review.js", get(script))
        .layer(axum::middleware::from_fn_with_state(guard, guard::check))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(session);
    axum::serve(listener, pages).with_graceful_shutdown(stop).await
}

type Shared = State<Arc<Session>>;

async fn first(State(session): Shared) -> Response {
    show(&session, 0)
}

async fn unit(State(session): Shared, Path((_, at)): Path<(String, usize)>) -> Response {
    show(&session, at)
}

fn show(session: &Session, at: usize) -> Response {
    if session.units.get(at).is_none() {
        return (StatusCode::NOT_FOUND, "there is no such document").into_response();
    }
    match session.decisions(|decisions| page::page(session, &session.view(decisions), at)) {
        Ok(page) => Html(page).into_response(),
        Err(error) => failed(&error),
    }
}

/// What is settled, in a form.
async fn out(State(session): Shared, Path((_, ending)): Path<(String, String)>) -> Response {
    let Some(form) = session.forms.iter().find(|form| form.ending == ending) else {
        return (StatusCode::NOT_FOUND, "there is no such form").into_response();
    };
    let settled =
        session.decisions(|all| settled(&session.units, &session.taxonomy, all, session.names));
    let settled = match settled {
        Ok(settled) => settled,
        Err(error) => return failed(&error),
    };
    match (session.out)(&settled, form) {
        Ok(bytes) => {
            let name = format!("attachment; filename=\"tags.{}\"", form.ending);
            let head = [
                (header::CONTENT_TYPE, form.media_type.to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (head, bytes).into_response()
        }
        Err(error) => {
            let message = format!("this cannot be written as {}: {error}", form.label);
            (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
        }
    }
}

fn failed(error: &io::Error) -> Response {
    let message = format!("the ledger of decisions cannot be read: {error}");
    (StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("review.css"))
        .into_response()
}

async fn script() -> Response {
    let head = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (head, include_str!("review.js")).into_response()
}
