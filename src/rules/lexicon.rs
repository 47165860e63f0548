//! The vocabulary of one language, compiled: finds concepts in a text.
//!
//! Three automata (stems, words as written, words in their case) run once over the words of a
//! text, whatever the number of concepts; a few regular expressions run beside
//! them. Knows neither rules nor documents.

use crate::model::Span;
use crate::rules::joins::Joins;
use crate::rules::pattern::Pattern;
use crate::words::{SentencePart, Stemmer, Token, sentences, tokens};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use regex::bytes::Regex as BytesRegex;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// A concept's place in [`crate::rules::RuleSet::concepts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// A concept found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The first word that shows it, counted from 0.
    pub first: usize,
    /// The last word that shows it.
    pub last: usize,
    /// The concept.
    pub concept: ConceptId,
}

/// A sentence of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text.
    pub span: Span,
    /// The index of its first word.
    pub first: usize,
    /// One past the index of its last word.
    pub end: usize,
    /// For a later part of a sentence: the index of its first part.
    pub lead: Option<usize>,
}

/// A text with its words, sentences, and the concepts found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The words in order.
    pub tokens: Vec<Token>,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
    /// The concepts in order of their first word.
    pub occurrences: Vec<Occurrence>,
}

/// The label of a list item at the start of a sentence.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:and|or)\s+)?(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})[.)]|[•–—-])+\s+")
        .expect("the pattern is fixed")
});

/// The vocabulary of one language, compiled when a text in it is first read:
/// most runs meet one language of several. Copies share what is compiled.
#[derive(Clone)]
pub struct Lexicon {
    language: String,
    joins: Joins,
    patterns: Arc<BTreeMap<Pattern, Vec<ConceptId>>>,
    compiled: Arc<OnceLock<Compiled>>,
    /// Patterns that were added, compiled by themselves.
    added: Option<Box<Lexicon>>,
}

/// What finds the patterns of a vocabulary.
struct Compiled {
    stems: Automaton,
    surfaces: Automaton,
    exact: Automaton,
    regexes: Vec<(BytesRegex, Vec<ConceptId>)>,
}

/// Patterns of one kind, found in one pass.
struct Automaton {
    machine: Option<AhoCorasick>,
    concepts: Vec<Vec<ConceptId>>,
}

/// A text's words written one after another, as one kind of pattern sees them.
struct Stream {
    text: String,
    /// Where the space before each word stands.
    starts: Vec<usize>,
}

impl Compiled {
    /// Compiles patterns, each with the concepts it shows.
    fn new(lexicon: &Lexicon) -> Self {
        let Lexicon { language, joins, patterns, .. } = lexicon;
        let mut stemmer = Stemmer::new(language);
        let mut stems = BTreeMap::new();
        let mut surfaces = BTreeMap::new();
        let mut exact = BTreeMap::new();
        let mut regexes = Vec::new();
        for (pattern, concepts) in patterns.iter() {
            let (words, found) = match pattern {
                Pattern::Stems { words, start } => {
                    (stem_pattern(words, *start, joins, &mut stemmer), &mut stems)
                }
                Pattern::Prefix { words, start } => (written(words, *start, joins), &mut surfaces),
                Pattern::Written { words, start } => {
                    (written(words, *start, joins) + " ", &mut surfaces)
                }
                Pattern::Exact { words } => {
                    (straight(&format!(" {} ", words.join(" "))), &mut exact)
                }
                Pattern::Regex(body) => {
                    if let Ok(regex) = compile_regex(body) {
                        regexes.push((regex, concepts.clone()));
                    }
                    continue;
                }
                Pattern::Include(_) => continue,
            };
            found.entry(words).or_insert_with(Vec::new).extend(concepts.iter().copied());
        }
        Self {
            stems: Automaton::new(stems),
            surfaces: Automaton::new(surfaces),
            exact: Automaton::new(exact),
            regexes,
        }
    }

    fn find_regexes(&self, text: &str, tokens: &[Token], found: &mut Vec<Occurrence>) {
        for (regex, concepts) in &self.regexes {
            for place in regex.find_iter(text.as_bytes()) {
                let first = tokens.partition_point(|token| token.span.end <= place.start());
                let end = tokens.partition_point(|token| token.span.start < place.end());
                if first < end {
                    push(found, concepts, first, end - 1);
                }
            }
        }
    }
}

impl Lexicon {
    /// Keeps patterns, each with the concepts it shows. Includes are resolved
    /// before; regular expressions have been tried before.
    pub(super) fn new(
        language: &str,
        joins: Joins,
        patterns: BTreeMap<Pattern, Vec<ConceptId>>,
    ) -> Self {
        let language = language.to_owned();
        Self {
            language,
            joins,
            patterns: Arc::new(patterns),
            compiled: Arc::default(),
            added: None,
        }
    }

    /// A vocabulary of the same language with this one pattern, which shows
    /// `concepts`.
    ///
    /// # Errors
    ///
    /// What is wrong with the pattern, where it cannot be read. One that names
    /// another concept (`@…`) is no pattern by itself.
    pub fn of_pattern(&self, written: &str, concepts: &[ConceptId]) -> Result<Self, String> {
        let pattern = Pattern::parse(written)?;
        match &pattern {
            Pattern::Include(_) => return Err("name the concept without `@`".to_owned()),
            Pattern::Regex(body) => {
                compile_regex(body).map_err(|_| "not a regular expression".to_owned())?;
            }
            _ => {}
        }
        let patterns = BTreeMap::from([(pattern, concepts.to_vec())]);
        Ok(Self::new(&self.language, self.joins.clone(), patterns))
    }

    /// The same vocabulary with one more pattern, which shows `concepts`.
    ///
    /// # Errors
    ///
    /// As [`Self::of_pattern`].
    pub fn with(&self, written: &str, concepts: &[ConceptId]) -> Result<Self, String> {
        let added = Some(Box::new(self.of_pattern(written, concepts)?));
        Ok(Self { added, ..self.clone() })
    }

    /// What finds its patterns, those added last.
    fn compiled(&self) -> impl Iterator<Item = &Compiled> {
        let all = std::iter::once(self).chain(self.added.as_deref());
        all.map(|lexicon| lexicon.compiled.get_or_init(|| Compiled::new(lexicon)))
    }

    /// The ISO 639-1 code of its language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A stemmer for this language, to be kept for many texts.
    #[must_use]
    pub fn stemmer(&self) -> Stemmer {
        Stemmer::new(&self.language)
    }

    /// Its patterns, each with the concepts it shows.
    pub(super) fn patterns(&self) -> impl Iterator<Item = (&Pattern, &[ConceptId])> {
        self.patterns.iter().map(|(pattern, concepts)| (pattern, concepts.as_slice()))
    }

    /// The patterns that show `concept`, as they are written, in order; those of
    /// concepts it includes among them.
    #[must_use]
    pub fn words_of(&self, concept: ConceptId) -> Vec<String> {
        let own = self.patterns().filter(|(_, concepts)| concepts.contains(&concept));
        own.map(|(pattern, _)| pattern.to_string()).collect()
    }

    /// Finds the concepts in `text`.
    #[must_use]
    pub fn read(&self, text: &str, stemmer: &mut Stemmer) -> Reading {
        let tokens = tokens(text);
        let sentences = words_of(sentences(text), &tokens);
        let compiled: Vec<&Compiled> = self.compiled().collect();
        let mut folded = String::new();
        let joins = &self.joins;
        let write_stem = |word: &str, out: &mut String| {
            joins.fold(word, &mut folded);
            if joins.passes_over(&folded) {
                return false;
            }
            out.push(' ');
            out.push_str(stemmer.stem(&folded));
            true
        };
        let mut occurrences = Vec::new();
        let stems = Stream::new(text, &tokens, &sentences, write_stem);
        for part in &compiled {
            part.stems.find(&stems, &mut occurrences);
        }
        if compiled.iter().any(|part| part.surfaces.machine.is_some()) {
            let mut folded = String::new();
            let surface = Stream::new(text, &tokens, &sentences, |word, out| {
                joins.fold(word, &mut folded);
                if joins.passes_over(&folded) {
                    return false;
                }
                out.push(' ');
                out.push_str(&folded);
                true
            });
            for part in &compiled {
                part.surfaces.find(&surface, &mut occurrences);
            }
        }
        if compiled.iter().any(|part| part.exact.machine.is_some()) {
            let exact = Stream::new(text, &tokens, &sentences, |word, out| {
                out.push(' ');
                out.push_str(&straight(word));
                true
            });
            for part in &compiled {
                part.exact.find(&exact, &mut occurrences);
            }
        }
        for part in &compiled {
            part.find_regexes(text, &tokens, &mut occurrences);
        }
        occurrences.sort_unstable();
        occurrences.dedup();
        Reading { tokens, sentences, occurrences }
    }
}

/// The same words with straight apostrophes.
fn straight(words: &str) -> String {
    words.replace(['\u{2019}', '\u{2bc}'], "'")
}

/// Compiles the body of a regular expression as patterns write it.
///
/// An expression in ASCII is matched byte by byte: the fast engine cannot
/// tell Unicode's word boundaries, and agreements are full of typographic
/// quotes that would send it back to the slow one.
pub(super) fn compile_regex(body: &str) -> Result<BytesRegex, regex::Error> {
    regex::bytes::RegexBuilder::new(body).case_insensitive(true).unicode(!body.is_ascii()).build()
}

impl Automaton {
    fn new(patterns: BTreeMap<String, Vec<ConceptId>>) -> Self {
        let (words, mut concepts): (Vec<String>, Vec<Vec<ConceptId>>) =
            patterns.into_iter().unzip();
        for list in &mut concepts {
            list.sort_unstable();
            list.dedup();
        }
        let machine = (!words.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(&words)
                .expect("a vocabulary is far smaller than the automaton's limits")
        });
        Self { machine, concepts }
    }

    fn find(&self, stream: &Stream, found: &mut Vec<Occurrence>) {
        let Some(machine) = &self.machine else { return };
        for place in machine.find_overlapping_iter(&stream.text) {
            let first = stream.starts.partition_point(|&start| start < place.start());
            let end = stream.starts.partition_point(|&start| start < place.end() - 1);
            if first < end {
                push(found, &self.concepts[place.pattern().as_usize()], first, end - 1);
            }
        }
    }
}

fn push(found: &mut Vec<Occurrence>, concepts: &[ConceptId], first: usize, last: usize) {
    found.extend(concepts.iter().map(|&concept| Occurrence { first, last, concept }));
}

impl Stream {
    /// Writes the words with `write`, each after a space, a `^` before the
    /// first word of each sentence. `write` says whether it wrote the word: one
    /// that is passed over stands where the next one does.
    fn new(
        text: &str,
        tokens: &[Token],
        sentences: &[Sentence],
        mut write: impl FnMut(&str, &mut String) -> bool,
    ) -> Self {
        let mut out = String::with_capacity(text.len() + 4 * sentences.len());
        let mut starts = Vec::with_capacity(tokens.len());
        for sentence in sentences {
            let words = &text[sentence.span.start..sentence.span.end];
            let label = LABEL.find(words).map_or(0, |label| label.end());
            let opening = sentence.span.start + label;
            let mut opened = false;
            for token in &tokens[sentence.first..sentence.end] {
                if !opened && token.span.start >= opening {
                    out.push_str(" ^");
                    opened = true;
                }
                starts.push(out.len());
                write(&text[token.span.start..token.span.end], &mut out);
            }
            // A word of its own that no pattern has, so that no phrase runs
            // from one sentence into the next.
            out.push_str(" .");
        }
        out.push(' ');
        Self { text: out, starts }
    }
}

fn words_of(parts: Vec<SentencePart>, tokens: &[Token]) -> Vec<Sentence> {
    let mut first = 0;
    let mut sentences = Vec::with_capacity(parts.len());
    for SentencePart { span, lead } in parts {
        let end = first + tokens[first..].partition_point(|token| token.span.start < span.end);
        sentences.push(Sentence { span, first, end, lead });
        first = end;
    }
    sentences
}

fn stem_pattern(words: &[String], start: bool, joins: &Joins, stemmer: &mut Stemmer) -> String {
    let mut pattern = opening(start);
    for word in joins.pattern(words) {
        pattern.push(' ');
        pattern.push_str(stemmer.stem(&word));
    }
    pattern.push(' ');
    pattern
}

fn written(words: &[String], start: bool, joins: &Joins) -> String {
    let mut pattern = opening(start);
    for word in joins.pattern(words) {
        pattern.push(' ');
        pattern.push_str(&word);
    }
    pattern
}

fn opening(start: bool) -> String {
    String::from(if start { " ^" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words found in `text` by `patterns`, in order, parted by bars.
    #[track_caller]
    fn check(patterns: &[&str], text: &str, expected: &str) {
        check_in("en", Joins::default(), patterns, text, expected);
    }

    #[track_caller]
    fn check_in(language: &str, joins: Joins, patterns: &[&str], text: &str, expected: &str) {
        let patterns = patterns
            .iter()
            .map(|written| (Pattern::parse(written).expect("a pattern"), vec![ConceptId(0)]))
            .collect();
        let lexicon = Lexicon::new(language, joins, patterns);
        let reading = lexicon.read(text, &mut lexicon.stemmer());
        let words: Vec<&str> = reading
            .occurrences
            .iter()
            .map(|found| {
                let (first, last) = (reading.tokens[found.first], reading.tokens[found.last]);
                &text[first.span.start..last.span.end]
            })
            .collect();
        assert_eq!(words.join(" | "), expected);
    }

    #[test]
    fn a_word_matches_by_its_stem() {
        check(&["protect"], "Protecting it protects. A pro tects.", "Protecting | protects");
    }

    #[test]
    fn a_phrase_bridges_hyphens_but_not_sentences() {
        check(&["zero day"], "A zero-day. Zero. Day zero days", "zero-day | zero days");
    }

    #[test]
    fn a_prefix_matches_the_word_as_written() {
        check(&["cyber*"], "Cyberspace and cyber-crime, encyber", "Cyberspace | cyber");
        check(&["security flaw*"], "security flaws, securities flaws", "security flaws");
    }

    #[test]
    fn a_word_as_written_has_no_other_forms() {
        check(&["~products"], "Products, product, production", "Products");
        check(&["^~report"], "Report it. Reporting! We report", "Report");
    }

    #[test]
    fn exact_words_keep_their_case() {
        check(&["=US-CERT"], "The US-CERT and us-cert", "US-CERT");
        check(&["=State's"], "A State\u{2019}s and a state's", "State\u{2019}s");
    }

    #[test]
    fn an_anchored_pattern_matches_after_a_label_only() {
        check(&["^protect"], "(a) Protect it. They protect it. Protect!", "Protect | Protect");
        check(&["^protect"], "They should: (a) protect; (b) protect;", "protect | protect");
    }

    #[test]
    fn a_regular_expression_is_found_in_the_words_it_touches() {
        check(&["/back-?doors?/"], "No Backdoor, no back-door.", "Backdoor | back-door");
    }

    #[test]
    fn patterns_that_overlap_are_all_found() {
        check(
            &["critical infrastructure", "infrastructure"],
            "critical infrastructure",
            "critical infrastructure | infrastructure",
        );
    }

    #[test]
    fn phrases_pass_over_articles_and_elisions() {
        let french = |patterns, text, expected| {
            let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
            let joins = Joins { skip: list(&["de", "des", "du", "la"]), elide: list(&["l", "d"]) };
            check_in("fr", joins, patterns, text, expected);
        };
        let text = "La protection des donn\u{e9}es, la protection de l\u{2019}infrastructure.";
        french(&["protection donn\u{e9}es"], text, "La protection des donn\u{e9}es");
        french(&["protection de la donn\u{e9}e"], text, "La protection des donn\u{e9}es");
        french(&["protection infrastructure"], text, "la protection de l\u{2019}infrastructure");
        french(&["~infrastructure"], text, "de l\u{2019}infrastructure");
        french(&["de la"], text, "");
    }
}
