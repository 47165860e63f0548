//! The kinds of places and the words for them.

/// A kind of place: a row of the table below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind(usize);

/// A row: the canonical name, the label written before a number, the words
/// that are read (lower case), and how deep the kind stands.
struct Row {
    name: &'static str,
    label: &'static str,
    words: &'static [&'static str],
    depth: u8,
}

const fn row(
    name: &'static str,
    label: &'static str,
    words: &'static [&'static str],
    depth: u8,
) -> Row {
    Row { name, label, words, depth }
}

/// Pages stand beside all other kinds, not above or below them.
const PAGE_DEPTH: u8 = u8::MAX;

const KINDS: &[Row] = &[
    row("pdf", "PDF", &["pdf"], 0),
    row("edition", "", &[], 0),
    row("annex", "Annex", &["annex", "annexes", "annexe"], 1),
    row("app", "Appendix", &["app", "appendix", "appendices"], 1),
    row("schedule", "Schedule", &["schedule", "schedules"], 1),
    row("part", "Part", &["part", "parts"], 2),
    row("title", "Title", &["title", "titles"], 3),
    row("chap", "Chapter", &["ch", "chap", "chaps", "chapter", "chapters"], 4),
    row("preamble", "Preamble", &["preamble"], 5),
    row("preface", "Preface", &["preface"], 5),
    row("sec", "Sec.", &["sec", "secs", "sect", "section", "sections"], 5),
    row("art", "Art.", &["art", "arts", "article", "articles"], 6),
    row("rule", "Rule", &["rule", "rules"], 6),
    row("principle", "Principle", &["principle", "principles"], 6),
    row("norm", "Norm", &["norm", "norms"], 6),
    row("rec", "Recommendation", &["rec", "recs", "recommendation", "recommendations"], 6),
    row("recital", "Recital", &["recital", "recitals"], 6),
    row("goal", "Goal", &["goal", "goals"], 6),
    row("target", "Target", &["target", "targets"], 6),
    row("action", "Action", &["action", "actions"], 6),
    row("commitment", "Commitment", &["commitment", "commitments"], 6),
    row("objective", "Objective", &["objective", "objectives"], 6),
    row("guideline", "Guideline", &["guideline", "guidelines"], 6),
    row("cbm", "CBM", &["cbm", "cbms"], 6),
    row("table", "Table", &["table", "tables"], 6),
    row("box", "Box", &["box", "boxes"], 6),
    row("any", "", &[], 6),
    row("clause", "Clause", &["clause", "clauses"], 7),
    row(
        "para",
        "Para.",
        &["para", "paras", "paragraph", "paragraphs", "par", "pars", "§", "¶", "op", "ops"],
        8,
    ),
    row("ppara", "Preambular para.", &[], 8),
    row("subpara", "Subparagraph", &["subpara", "subparas", "subparagraph", "subparagraphs"], 9),
    row("point", "Point", &["point", "points"], 9),
    row("subpoint", "Subpoint", &["subpoint", "subpoints"], 10),
    row("item", "Item", &["item", "items"], 11),
    row("fn", "Footnote", &["fn", "fns", "footnote", "footnotes"], 12),
    row("page", "Pg.", &["p", "pp", "pg", "pgs", "page", "pages"], PAGE_DEPTH),
];

impl Kind {
    /// The kind with this canonical name, such as `art`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().position(|row| row.name == name).map(Self)
    }

    /// The kind this word (lower case, without a dot) stands for.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        KINDS.iter().position(|row| row.words.contains(&word)).map(Self)
    }

    /// The canonical name.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS[self.0].name
    }

    /// What is written before its number.
    pub(crate) fn label(self) -> &'static str {
        KINDS[self.0].label
    }

    /// Whether it may stand without a number.
    pub(crate) fn stands_alone(self) -> bool {
        let alone = ["pdf", "preamble", "preface", "annex", "app", "schedule"];
        alone.contains(&self.name())
    }

    /// Whether it may follow `outer` in one place.
    pub(crate) fn may_follow(self, outer: Self) -> bool {
        let (inner, outer) = (KINDS[self.0].depth, KINDS[outer.0].depth);
        inner != outer && (inner == PAGE_DEPTH || outer == PAGE_DEPTH || inner > outer)
    }

    /// The kind of a bare number under this one.
    pub(crate) fn below_by_number(self) -> Option<Self> {
        let takes_paragraphs = [
            "annex", "app", "schedule", "part", "title", "chap", "preamble", "preface", "sec",
            "art", "rule", "norm",
        ];
        if takes_paragraphs.contains(&self.name()) {
            return Self::named("para");
        }
        self.below_by_letter()
    }

    /// The kind of a bare letter under this one.
    pub(crate) fn below_by_letter(self) -> Option<Self> {
        match self.name() {
            "pdf" | "edition" | "page" | "item" | "fn" => None,
            "point" | "subpara" => Self::named("subpoint"),
            "subpoint" => Self::named("item"),
            _ => Self::named("point"),
        }
    }
}
