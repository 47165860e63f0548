//! The units a rule is asked of, and which rules are worth asking.

use crate::model::{Hit, NearMiss, Span};
use crate::rules::{ConceptId, Occurrence, RuleSet, Scope};
use crate::scan::context::{Context, sentence_occurrences};
use std::borrow::Cow;
use std::ops::Range;

/// What asking a rule gave.
pub(super) enum Verdict {
    /// It holds.
    Hit(Hit),
    /// It nearly holds.
    Miss(NearMiss),
    /// Nothing worth telling.
    Nothing,
}

/// A sentence, a paragraph or a section with the concepts in it.
pub(super) struct Unit<'a> {
    /// The concepts in order; words are counted from the unit's paragraphs' first.
    pub(super) occurrences: Cow<'a, [Occurrence]>,
    /// The paragraphs it covers, each with the number of words before it.
    pub(super) paragraphs: Vec<(usize, usize)>,
    /// The one sentence it is, where it is one.
    pub(super) sentence: Option<usize>,
    /// Which concepts occur, a bit for each.
    pub(super) concepts: Vec<u64>,
}

impl<'a> Unit<'a> {
    pub(super) fn sentence(paragraph: usize, sentence: usize, context: &Context<'a>) -> Self {
        let occurrences = sentence_occurrences(context.reading(paragraph), sentence);
        Self::new(Cow::Borrowed(occurrences), vec![(paragraph, 0)], Some(sentence))
    }

    pub(super) fn paragraph(paragraph: usize, context: &Context<'a>) -> Self {
        let occurrences = &context.reading(paragraph).occurrences;
        Self::new(Cow::Borrowed(occurrences), vec![(paragraph, 0)], None)
    }

    pub(super) fn section(section: Range<usize>, context: &Context<'a>) -> Self {
        let mut occurrences = Vec::new();
        let mut paragraphs = Vec::new();
        let mut before = 0;
        for index in section {
            let reading = context.reading(index);
            paragraphs.push((index, before));
            occurrences.extend(reading.occurrences.iter().map(|found| Occurrence {
                first: found.first + before,
                last: found.last + before,
                concept: found.concept,
            }));
            before += reading.tokens.len();
        }
        Self::new(Cow::Owned(occurrences), paragraphs, None)
    }

    fn new(
        occurrences: Cow<'a, [Occurrence]>,
        paragraphs: Vec<(usize, usize)>,
        sentence: Option<usize>,
    ) -> Self {
        let mut concepts = Vec::new();
        for found in occurrences.iter() {
            set(&mut concepts, found.concept);
        }
        Self { occurrences, paragraphs, sentence, concepts }
    }

    pub(super) fn has(&self, concept: ConceptId) -> bool {
        let (word, bit) = place(concept);
        self.concepts.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    pub(super) fn has_any(&self, concepts: &[ConceptId]) -> bool {
        concepts.iter().any(|&concept| self.has(concept))
    }

    /// The paragraph that holds this word of the unit, and the word's number
    /// within it.
    pub(super) fn locate(&self, word: usize) -> (usize, usize) {
        let at = self.paragraphs.partition_point(|&(_, before)| before <= word) - 1;
        let (paragraph, before) = self.paragraphs[at];
        (paragraph, word - before)
    }

    /// The bytes of the document these words cover.
    pub(super) fn span_of(&self, found: &Occurrence, context: &Context<'_>) -> Span {
        let (paragraph, first) = self.locate(found.first);
        let tokens = &context.reading(paragraph).tokens;
        let last = first + (found.last - found.first);
        let start = context.document.paragraphs[paragraph].span.start;
        Span::new(tokens[first].span.start, tokens[last].span.end).shifted(start)
    }
}

fn place(concept: ConceptId) -> (usize, u32) {
    (usize::from(concept.0 / 64), u32::from(concept.0 % 64))
}

fn set(bits: &mut Vec<u64>, concept: ConceptId) {
    let (word, bit) = place(concept);
    if bits.len() <= word {
        bits.resize(word + 1, 0);
    }
    bits[word] |= 1 << bit;
}

/// For each scope and concept, the rules that ask for it: only they can hold
/// or come near where it occurs, so the cost follows the text.
pub(super) struct Triggers {
    by_scope: [Vec<Vec<usize>>; 3],
}

/// Finds the triggers of all rules.
pub(super) fn triggers(rules: &RuleSet) -> Triggers {
    let empty = || vec![Vec::new(); rules.concepts.len()];
    let mut by_scope = [empty(), empty(), empty()];
    for (number, rule) in rules.rules.iter().enumerate() {
        for concept in rule.asked() {
            by_scope[rule.scope as usize][usize::from(concept.0)].push(number);
        }
    }
    Triggers { by_scope }
}

impl Triggers {
    /// Whether any rule is asked of units of this scope.
    pub(super) fn any(&self, scope: Scope) -> bool {
        self.by_scope[scope as usize].iter().any(|rules| !rules.is_empty())
    }

    /// The rules worth asking of `unit`, in order.
    pub(super) fn rules(&self, scope: Scope, unit: &Unit<'_>) -> Vec<usize> {
        let by_concept = &self.by_scope[scope as usize];
        let mut rules: Vec<usize> = Vec::new();
        let mut last = None;
        for found in unit.occurrences.iter() {
            if last != Some(found.concept) {
                rules.extend(&by_concept[usize::from(found.concept.0)]);
                last = Some(found.concept);
            }
        }
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}
