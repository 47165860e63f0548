//! What must hold in a file of curated tags.

use crate::citation::Cited;
use crate::corpus::registry::Registry;
use crate::corpus::tags::{HEADER, OTHER, STATUSES};
use crate::corpus::validate::Verbatim;
use crate::corpus::validate::rows::{Row, read};
use crate::diagnostic::Diagnostic;
use crate::model::{AgreementId, ElementCode, Presence, SourceFile, Span, Taxonomy};
use crate::toml_reader::{did_you_mean, quoted};
use std::collections::{BTreeMap, BTreeSet};

// The columns of `HEADER`.
const AGREEMENT: usize = 0;
const ELEMENT: usize = 1;
const STATUS: usize = 2;
const CITATION: usize = 3;
const QUOTE: usize = 4;
const NOTE: usize = 5;
const SOURCE: usize = 6;

/// What a file of tags holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagCounts {
    /// How many entries of the edition.
    pub entries: usize,
    /// How many cells (entry × element) have each value.
    pub cells: BTreeMap<Presence, usize>,
    /// How many rows.
    pub rows: usize,
    /// How many rows have a quote.
    pub quotes: usize,
    /// How many distinct citations.
    pub citations: usize,
    /// Those of them that are kept to the letter.
    pub verbatim: BTreeSet<String>,
}

/// Checks a file of tags of `taxonomy` against it and the registry.
#[must_use]
pub fn check_tags(
    file: &SourceFile,
    taxonomy: &Taxonomy,
    registry: &Registry,
    verbatim: &Verbatim,
) -> (TagCounts, Vec<Diagnostic>) {
    let (rows, broken) = read(file);
    let mut check = Check { file, taxonomy, registry, verbatim, found: Vec::new() };
    for (span, label) in broken {
        check.note("D001", span, "a row is not CSV", label);
    }
    let sound = check.shape(&rows);
    for row in &sound {
        check.row(row);
    }
    check.twice(&sound);
    let cells = check.cells(&sound);
    check.order(&sound);
    let distinct: BTreeSet<&str> =
        sound.iter().map(|row| row.cell(CITATION)).filter(|text| !text.is_empty()).collect();
    let kept = distinct.iter().filter(|text| Cited::parse(text).canonical().is_none());
    let counts = TagCounts {
        entries: sound.iter().map(|row| row.cell(SOURCE)).collect::<BTreeSet<_>>().len(),
        cells,
        rows: sound.len(),
        quotes: sound.iter().filter(|row| !row.cell(QUOTE).is_empty()).count(),
        citations: distinct.len(),
        verbatim: kept.map(|text| (*text).to_owned()).collect(),
    };
    let mut found = check.found;
    found.sort();
    (counts, found)
}

struct Check<'a> {
    file: &'a SourceFile,
    taxonomy: &'a Taxonomy,
    registry: &'a Registry,
    verbatim: &'a Verbatim,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn note(&mut self, code: &'static str, span: Span, title: &str, label: impl Into<String>) {
        self.found.push(Diagnostic::error(code, &self.file.path, span, title, label));
    }

    fn advise(
        &mut self,
        code: &'static str,
        span: Span,
        title: &str,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mistake = Diagnostic::error(code, &self.file.path, span, title, label);
        self.found.push(mistake.with_help(help));
    }

    /// The rows that have the columns; the header is looked at and left out.
    fn shape<'r>(&mut self, rows: &'r [Row]) -> Vec<&'r Row> {
        if let Some(at) = self.file.text.find('\r') {
            let span = Span::new(at, at + 1);
            self.note("D002", span, "a carriage return", "lines end in LF alone");
        }
        let Some((header, rows)) = rows.split_first() else {
            let header = HEADER.join(",");
            let span = Span::new(0, 0);
            self.note("D002", span, "the file is empty", format!("expected `{header}`"));
            return Vec::new();
        };
        if header.cells.iter().ne(HEADER) {
            let label = format!("expected `{}`", HEADER.join(","));
            self.note("D002", header.whole, "another header", label);
        }
        let mut sound = Vec::new();
        for row in rows {
            if row.cells.len() == HEADER.len() {
                sound.push(row);
            } else {
                let label = format!("{} cells, not {}", row.cells.len(), HEADER.len());
                let help = "a cell with a comma or a quotation mark stands in quotation marks";
                self.advise("D003", row.whole, "wrong number of cells", label, help);
            }
        }
        sound
    }

    fn row(&mut self, row: &Row) {
        self.spaces(row);
        self.agreement(row);
        self.element(row);
        self.source(row);
        self.citation(row);
        match presence(row) {
            None => {
                let names: Vec<&str> = STATUSES.iter().map(|(name, _)| *name).collect();
                let help = format!("the values are {}", quoted(&names));
                let label = format!("there is no status `{}`", row.cell(STATUS));
                self.advise("D006", row.place(STATUS), "unknown status", label, help);
            }
            Some(presence) => self.evidence(row, presence),
        }
    }

    /// Spaces that nobody sees make two cells differ.
    fn spaces(&mut self, row: &Row) {
        for (at, name) in HEADER.iter().enumerate() {
            let cell = row.cell(at);
            if cell.trim() != cell || cell.contains(['\n', '\t']) {
                let label =
                    format!("`{name}` begins or ends with a space, or has more than one line");
                self.note("D012", row.place(at), "spaces that are not meant", label);
            }
        }
    }

    fn agreement(&mut self, row: &Row) {
        let name = row.cell(AGREEMENT);
        let known = self.registry.agreement(&AgreementId::new(name)).is_some();
        // Where an agreement has no id, its entry stands for it.
        if !known && name != row.cell(SOURCE) {
            let help = self.registry.advice(name);
            let help = help.unwrap_or_else(|| "`normtag corpus list` names them".to_owned());
            let label = format!("the registry has no agreement `{name}`");
            self.advise("D004", row.place(AGREEMENT), "unknown agreement", label, help);
        }
    }

    fn element(&mut self, row: &Row) {
        let code = row.cell(ELEMENT);
        if code == OTHER || self.taxonomy.element(&ElementCode::new(code)).is_some() {
            return;
        }
        let codes = || self.taxonomy.elements.iter().map(|element| element.code.as_str());
        let help = did_you_mean(code, codes()).unwrap_or_else(|| {
            format!("the elements are {}", quoted(&codes().chain([OTHER]).collect::<Vec<_>>()))
        });
        let label = format!("`{}` has no element `{code}`", self.taxonomy.id);
        self.advise("D005", row.place(ELEMENT), "unknown element", label, help);
    }

    fn source(&mut self, row: &Row) {
        let source = row.cell(SOURCE);
        let entry = source.strip_prefix(self.taxonomy.id.as_str());
        if entry.and_then(|entry| entry.strip_prefix('/')).is_none_or(str::is_empty) {
            let label = format!("expected the entry it was taken from, `{}/…`", self.taxonomy.id);
            self.note("D007", row.place(SOURCE), "no entry is named", label);
        }
    }

    fn citation(&mut self, row: &Row) {
        let citation = row.cell(CITATION);
        if citation.is_empty()
            || Cited::parse(citation).canonical().is_some()
            || self.verbatim.has(citation)
        {
            return;
        }
        let label = "the grammar of citations does not have this";
        let help = "write it as `Art. 25.4`, `Para. 31` or `Pg. 9`; or, where it must stay as it \
                    is, list it in verbatim.toml with the reason";
        self.advise("D008", row.place(CITATION), "a citation that cannot be read", label, help);
    }

    /// What a tag rests on.
    fn evidence(&mut self, row: &Row, presence: Presence) {
        let (quote, note) = (row.cell(QUOTE), row.cell(NOTE));
        match presence {
            Presence::Present | Presence::Indirect if quote.is_empty() && note.is_empty() => {
                let help = "give the quote; where there is none, the note says why";
                let label = "neither a quote nor a note";
                self.advise("D009", row.whole, "a tag that rests on nothing", label, help);
            }
            Presence::Absent | Presence::NotAssessed if !quote.is_empty() => {
                let label = format!("the cell is {}", row.cell(STATUS));
                self.note("D009", row.place(QUOTE), "a quote for what is not there", label);
            }
            Presence::NotAssessed if note.is_empty() => {
                let label = "the note says why nothing is recorded";
                self.note("D009", row.whole, "an unrecorded cell without a reason", label);
            }
            _ => {}
        }
    }

    fn twice(&mut self, rows: &[&Row]) {
        let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
        for row in rows {
            if !seen.insert(row.cells.iter().collect()) {
                let label = "the same row stands above";
                self.note("D010", row.whole, "a row stands twice", label);
            }
        }
    }

    /// A cell has one value, an entry is one agreement, and every element of
    /// the taxonomy has its cell.
    fn cells(&mut self, rows: &[&Row]) -> BTreeMap<Presence, usize> {
        let mut entries: BTreeMap<&str, &Row> = BTreeMap::new();
        let mut values: BTreeMap<(&str, &str), Presence> = BTreeMap::new();
        for row in rows {
            let source = row.cell(SOURCE);
            let first = entries.entry(source).or_insert(row);
            if first.cell(AGREEMENT) != row.cell(AGREEMENT) {
                let label = format!("`{source}` is `{}` above", first.cell(AGREEMENT));
                self.note("D011", row.place(AGREEMENT), "an entry of two agreements", label);
            }
            let Some(presence) = presence(row) else { continue };
            let first = *values.entry((source, row.cell(ELEMENT))).or_insert(presence);
            if first != presence && row.cell(ELEMENT) != OTHER {
                let label = "a row above gives this cell another status";
                self.note("D011", row.place(STATUS), "a cell with two values", label);
            }
        }
        for (source, first) in &entries {
            let codes = self.taxonomy.elements.iter().map(|element| element.code.as_str());
            let missing = codes.filter(|code| !values.contains_key(&(*source, *code)));
            let missing: Vec<&str> = missing.collect();
            if !missing.is_empty() {
                let label = format!("`{source}` has no row for {}", quoted(&missing));
                let help = "absence is a row too; what is not known is `unrecorded`, with a note";
                self.advise("D013", first.whole, "an entry is not complete", label, help);
            }
        }
        let mut counts = BTreeMap::new();
        for presence in values.iter().filter(|((_, code), _)| *code != OTHER).map(|(_, v)| v) {
            *counts.entry(*presence).or_default() += 1;
        }
        counts
    }

    /// Small differences need one order.
    fn order(&mut self, rows: &[&Row]) {
        let place = |code: &str| {
            let mut codes = self.taxonomy.elements.iter().map(|element| element.code.as_str());
            codes.position(|known| known == code).unwrap_or(usize::MAX)
        };
        let key = |row: &Row| {
            let [agreement, source] = [AGREEMENT, SOURCE].map(|at| row.cell(at).to_owned());
            (agreement, source, place(row.cell(ELEMENT)))
        };
        let wrong = rows.windows(2).find(|pair| key(pair[0]) > key(pair[1]));
        if let Some(pair) = wrong {
            let label = "it belongs above the row before it";
            let help = "rows are sorted by agreement, source and element; `corpus import` of the \
                        file sorts it";
            self.advise("D014", pair[1].whole, "a row out of order", label, help);
        }
    }
}

fn presence(row: &Row) -> Option<Presence> {
    let found = STATUSES.iter().find(|(name, _)| *name == row.cell(STATUS));
    found.map(|(_, presence)| *presence)
}
