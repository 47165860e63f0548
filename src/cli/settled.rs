//! What is settled in a review, in the forms of `corpus export`.

use crate::cli::args::ExportFormat;
use crate::cli::corpus_export::form;
use normtag::corpus::Registry;
use normtag::corpus::export::{Export, decided_passages};
use normtag::model::{Decision, Document, ReviewerNames, Taxonomy};
use normtag::review::Unit;
use normtag::review::web::Form;
use std::io;

/// The forms that the page offers.
pub(crate) const FORMS: &[Form] = &[
    Form { ending: "csv", label: "Tidy CSV", media_type: "text/csv; charset=utf-8" },
    Form {
        ending: "docx",
        label: "Template (Word)",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
    Form { ending: "html", label: "Template (page)", media_type: "text/html; charset=utf-8" },
    Form { ending: "md", label: "Template (Markdown)", media_type: "text/markdown; charset=utf-8" },
    #[cfg(feature = "xlsx")]
    Form {
        ending: "xlsx",
        label: "Workbook",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
    Form { ending: "json", label: "JSON", media_type: "application/json" },
    Form { ending: "jsonld", label: "Web Annotations", media_type: "application/ld+json" },
    Form { ending: "qdpx", label: "REFI-QDA project", media_type: "application/zip" },
];

/// What a form needs besides the decisions.
pub(crate) struct Settled {
    taxonomy: Taxonomy,
    registry: Registry,
    documents: Vec<Document>,
}

impl Settled {
    pub(crate) fn new(units: &[Unit], taxonomy: &Taxonomy, registry: Registry) -> Self {
        let of = |unit: &Unit| {
            let agreement = Some(unit.id.clone());
            let documents = unit.documents.iter().cloned();
            let named = |document| Document { agreement: agreement.clone(), ..document };
            documents.map(named).collect::<Vec<_>>()
        };
        let documents = units.iter().flat_map(of).collect();
        Self { taxonomy: taxonomy.clone(), registry, documents }
    }

    /// Settled decisions, in which nothing stands of reviewers that may not be
    /// told, in a form.
    pub(crate) fn render(&self, settled: &[Decision], format: ExportFormat) -> io::Result<Vec<u8>> {
        let found = decided_passages(settled, &self.taxonomy, &self.documents, ReviewerNames::Keep);
        let export = Export {
            taxonomy: &self.taxonomy,
            registry: &self.registry,
            passages: found.passages,
            documents: &self.documents,
            proposed_by: None,
        };
        export.render(form(format))
    }
}
