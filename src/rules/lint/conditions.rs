//! The conditions of one rule: those that always hold, that never count, that
//! are said twice, and what else is odd about a rule by itself.

use super::implied::Implied;
use super::usage::is_kebab;
use crate::diagnostic::Diagnostic;
use crate::model::{SourceFile, Span, Status};
use crate::rules::{ConceptId, Exception, Rule, RuleSet, Scope, parse, split};
use crate::toml_reader::{At, Mistakes, Table, quoted};
use std::collections::BTreeMap;

/// The warnings of every rule by itself.
pub(super) fn lint(
    files: &[SourceFile],
    rules: &RuleSet,
    implied: &Implied<'_>,
) -> Vec<Diagnostic> {
    let folder = rules.taxonomy.id.as_str();
    let own = files.iter().filter(|file| split(&file.path).0 == folder);
    let in_file = |file: &SourceFile| {
        let (_, found) = parse(file, |table, mistakes| {
            if !table.has("rule") {
                return;
            }
            for table in table.tables("rule") {
                let named = table.text("name").map(|name| name.span);
                let same = |rule: &&Rule| rule.path == file.path && Some(rule.span) == named;
                if let Some(rule) = rules.rules.iter().find(same) {
                    One { rule, rules, implied, table: &table, mistakes }.lint();
                }
            }
        });
        found
    };
    own.flat_map(in_file).collect()
}

/// Whether an exception applies wherever the rule would hold: it is met by
/// what meets the rule.
pub(in crate::rules) fn always_applies(exception: &Exception, rule: &Rule) -> bool {
    // In a unit of several paragraphs the quoted one need not hold it.
    if rule.scope == Scope::Section && exception.scope != Scope::Section {
        return false;
    }
    let taken = |entry: &[ConceptId]| {
        !entry.is_empty() && entry.iter().all(|concept| exception.any.contains(concept))
    };
    let left = |of: &[ConceptId]| of.iter().filter(|id| !exception.any.contains(id)).count();
    rule.all.iter().any(|entry| taken(entry))
        || taken(&rule.any)
        || rule.at_least.as_ref().is_some_and(|at_least| left(&at_least.of) < at_least.n)
}

/// One rule, with its table.
struct One<'a> {
    rule: &'a Rule,
    rules: &'a RuleSet,
    implied: &'a Implied<'a>,
    table: &'a Table<'a, 'a>,
    mistakes: &'a Mistakes<'a>,
}

impl One<'_> {
    fn lint(&self) {
        self.name();
        self.narrow();
        self.certain();
        self.certain_at_least();
        self.never_counting();
        self.twice();
        self.same_example();
        self.weight();
        self.without_cues();
    }

    fn warn(&self, code: &'static str, span: Span, title: &str, label: String, help: &str) {
        self.mistakes.warn(code, span, title, label, help);
    }

    fn name(&self) {
        let name = self.rule.id.as_str().rsplit('/').next().unwrap_or_default();
        if !is_kebab(name) {
            let label = format!("`{name}` is not in kebab-case");
            let help = "write names in small letters and digits, with hyphens between";
            self.warn("R044", self.rule.span, "unusual name", label, help);
        }
    }

    /// `near` narrower than its entries: then one word must show two of them.
    fn narrow(&self) {
        let entries = self.rule.all.len() + usize::from(!self.rule.any.is_empty());
        let Some(near) = self.rule.near.filter(|near| near + 1 < entries) else { return };
        let span = self.table.place("near").unwrap_or(self.rule.span);
        let label =
            format!("{entries} entries, and `near` is {near}: one word must show two of them");
        let help = "widen `near`, or ask for fewer entries";
        self.warn("R027", span, "`near` is narrower than its entries", label, help);
    }

    /// Entries that hold wherever another one does.
    fn certain(&self) {
        // Entries in order stand one behind another, each by its own word.
        if self.rule.ordered {
            return;
        }
        let all = &self.rule.all;
        let spans = self.table.alternatives("all").unwrap_or_default();
        for (number, entry) in all.iter().enumerate() {
            let same = |other: usize| self.implied.entry_implies(entry, &all[other]);
            let by = (0..all.len()).find(|&other| {
                let stronger = self.implied.entry_implies(&all[other], entry);
                other != number && stronger && (!same(other) || other < number)
            });
            if let (Some(by), Some(span)) = (by, spans.get(number).and_then(|at| cover(at))) {
                self.always(span, &format!("wherever {} is found", self.names(&all[by])));
            }
        }
        let by = all.iter().find(|entry| self.implied.entry_implies(entry, &self.rule.any));
        if let (Some(by), Some(span)) = (by, self.table.place("any")) {
            self.always(span, &format!("wherever {} is found", self.names(by)));
        }
    }

    /// `at_least` of concepts that the rule asks for anyway.
    fn certain_at_least(&self) {
        let Some(at_least) = &self.rule.at_least else { return };
        let sure = at_least.of.iter().filter(|&&concept| {
            let mut all = self.rule.all.iter();
            all.any(|entry| self.implied.entry_implies(entry, &[concept]))
        });
        if sure.count() >= at_least.n
            && let Some(span) = self.table.place("at_least")
        {
            self.always(span, "wherever `all` does");
        }
    }

    fn always(&self, span: Span, wherever: &str) {
        let label = format!("this holds {wherever}");
        let help = "leave it out, or ask for something that can be missing";
        self.warn("R028", span, "condition that always holds", label, help);
    }

    /// Alternatives that an exception always takes away.
    fn never_counting(&self) {
        let rule = self.rule;
        let spans = self.table.alternatives("all").unwrap_or_default();
        let any = self.table.texts("any").unwrap_or_default();
        let entries = rule.all.iter().zip(&spans).chain([(&rule.any, &any)]);
        let listed = entries.filter(|(entry, _)| entry.len() > 1);
        for (&concept, at) in listed.flat_map(|(entry, spans)| entry.iter().zip(spans)) {
            let lone =
                Rule { all: vec![vec![concept]], any: Vec::new(), at_least: None, ..rule.clone() };
            if rule.unless.iter().any(|exception| always_applies(exception, &lone)) {
                let label = format!("an exception takes `{}` away wherever it stands", at.value);
                let help = "leave it out here, or in `unless`";
                self.warn("R029", at.span, "alternative that never counts", label, help);
            }
        }
    }

    /// Concepts listed twice in one list.
    fn twice(&self) {
        let mut lists = self.table.alternatives("all").unwrap_or_default();
        lists.extend(self.table.texts("any"));
        if let Some(at_least) = self.table.table("at_least") {
            lists.extend(at_least.texts("of"));
        }
        if self.table.has("unless") {
            let tables = self.table.tables("unless");
            lists.extend(tables.iter().filter_map(|table| table.texts("any")));
        }
        for list in lists {
            for (number, name) in list.iter().enumerate() {
                if list[..number].iter().any(|other| other.value == name.value) {
                    let label = format!("`{}` stands in this list already", name.value);
                    self.warn("R030", name.span, "concept listed twice", label, "leave it out");
                }
            }
        }
    }

    /// One text as two examples.
    fn same_example(&self) {
        let mut seen: BTreeMap<(&str, bool), &str> = BTreeMap::new();
        let hits = self.rule.hits.iter().map(|example| ("hit", example));
        let misses = self.rule.misses.iter().map(|example| ("miss", example));
        for (kind, example) in hits.chain(misses) {
            let Some(before) = seen.insert((&example.text, example.on_subject), kind) else {
                continue;
            };
            let label = format!("this text is a {before} already");
            let help = "invent another example: the more they differ, the more they tell";
            self.warn("R031", example.span, "example given twice", label, help);
        }
    }

    /// A weight that reaches no threshold.
    fn weight(&self) {
        let thresholds = self.rules.taxonomy.thresholds;
        let (least, tag) = match self.rule.tag {
            Status::Present => (thresholds.present, "present"),
            Status::Indirect => (thresholds.indirect, "indirect"),
        };
        if self.rule.weight >= least {
            return;
        }
        let span = self.table.place("weight").unwrap_or(self.rule.span);
        let label = format!(
            "`{tag}` is proposed from {least} on, and this rule gives {}",
            self.rule.weight
        );
        let help = "raise the weight, or make the tag `indirect`: by itself the rule proposes nothing it is for";
        self.warn("R032", span, "weight below the threshold", label, help);
    }

    /// Force or subject asked for where the taxonomy names no concept of it.
    fn without_cues(&self) {
        let asks = [
            ("force", self.rule.force && self.rules.commitment.is_empty(), "`[force] commitment`"),
            ("subject", self.rules.subject.is_empty(), "`[subject] concepts`"),
        ];
        for (key, lacking, where_to) in asks {
            if let (true, Some(span)) = (lacking, self.table.place(key)) {
                let label = format!("the taxonomy names no concept for `{key}`");
                let help =
                    format!("name one in taxonomy.toml, under {where_to}, or leave `{key}` out");
                self.warn("R033", span, "nothing to ask for", label, &help);
            }
        }
    }

    fn names(&self, entry: &[ConceptId]) -> String {
        quoted(&entry.iter().map(|&id| self.rules.concept(id)).collect::<Vec<_>>())
    }
}

/// The bytes from the first to the last of an entry's names.
fn cover(entry: &[At<String>]) -> Option<Span> {
    Some(Span::new(entry.first()?.span.start, entry.last()?.span.end))
}
