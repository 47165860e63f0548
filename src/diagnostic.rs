//! A mistake in a file a person wrote: what, where, and what to do.
//!
//! Mistakes are collected, never thrown one by one, and drawn in place. This
//! file knows nothing of TOML, and does not print.

use crate::model::{SourceFile, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file works, but surely not as meant.
    Warning,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// The file's path.
    pub path: String,
    /// The bytes of the file that are wrong.
    pub span: Span,
    /// A code that stays the same, such as `R003`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of mistake it is.
    pub title: String,
    /// What is wrong right here.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span` of the file at `path`.
    pub fn error(
        code: &'static str,
        path: &str,
        span: Span,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            span,
            code,
            severity: Severity::Error,
            title: title.into(),
            label: label.into(),
            help: None,
        }
    }

    /// The same mistake as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same mistake with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it keeps the file from being used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The line it begins on, counted from 1, in `text`.
    #[must_use]
    pub fn line(&self, text: &str) -> usize {
        let before = text.get(..self.span.start).unwrap_or(text);
        before.matches('\n').count() + 1
    }
}

/// Draws the mistakes, each under the lines it is in. `files` are the texts
/// they were found in; `color` asks for terminal colours.
#[must_use]
pub fn draw(diagnostics: &[Diagnostic], files: &[SourceFile], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let drawn = diagnostics.iter().map(|diagnostic| draw_one(diagnostic, files, &renderer));
    drawn.collect::<Vec<_>>().join("\n\n")
}

fn draw_one(diagnostic: &Diagnostic, files: &[SourceFile], renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let text = files.iter().find(|file| file.path == diagnostic.path);
    let text = text.map_or("", |file| file.text.as_str());
    let span = diagnostic.span;
    let range = if span.cut(text).is_some() { span.start..span.end } else { 0..0 };
    let snippet = Snippet::source(text)
        .path(diagnostic.path.as_str())
        .annotation(AnnotationKind::Primary.span(range).label(diagnostic.label.as_str()));
    let title = level.primary_title(diagnostic.title.as_str()).id(diagnostic.code);
    let mut group = title.element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_drawn_under_its_line() {
        let file = SourceFile::new("rules/x.toml", "name = \"a\"\nneer = 3\n");
        let mistake = Diagnostic::error(
            "R001",
            "rules/x.toml",
            Span::new(11, 15),
            "unknown key",
            "no `neer`",
        )
        .with_help("did you mean `near`?");
        let drawn = draw(&[mistake], &[file], false);
        assert_eq!(
            drawn,
            "error[R001]: unknown key\n --> rules/x.toml:2:1\n  |\n2 | neer = 3\n  | ^^^^ no `neer`\n  |\n  = help: did you mean `near`?"
        );
    }
}
