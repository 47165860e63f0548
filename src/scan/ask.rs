//! Asks one rule of one unit: which conditions hold, and which does not.
//!
//! Conditions hold on the unit, never on what is left of it after a match.

use crate::model::{Failed, Hit, Met, NearMiss, Span, Status};
use crate::rules::{ConceptId, Exception, Nearness, Occurrence, Rule, Scope};
use crate::scan::context::{Context, sentence_occurrences};
use crate::scan::units::{Unit, Verdict};

/// Asks `rule` of `unit`.
pub(super) fn ask(rule: &Rule, unit: &Unit<'_>, context: &Context<'_>) -> Verdict {
    let entries = entries(rule);
    let missing: Vec<&[ConceptId]> =
        entries.iter().copied().filter(|entry| !unit.has_any(entry)).collect();
    let conditions = Conditions { asked: entries.len() + extras(rule), held: 0 };
    if let Some(first) = missing.first() {
        let held = entries.len() - missing.len();
        let key = if rule.any.as_slice() == *first { "any" } else { "all" };
        return conditions.miss(held, key, first, rule, unit, context);
    }
    if let Some(at_least) = &rule.at_least
        && at_least.of.iter().filter(|&&concept| unit.has(concept)).count() < at_least.n
    {
        return conditions.miss(entries.len(), "at_least", &at_least.of, rule, unit, context);
    }
    let held = entries.len() + usize::from(rule.at_least.is_some());
    let Some(met) = tightest(rule, &entries, unit) else {
        let key = if rule.ordered && rule.near.is_none() { "ordered" } else { "near" };
        return conditions.miss(held, key, &[], rule, unit, context);
    };
    let passage = Passage::of(&met, unit, context);
    if !rule.places.contains(&context.place(passage.paragraph)) {
        return conditions.miss(held + 1, "in", &[], rule, unit, context);
    }
    let nearness = context.nearness(passage.paragraph, passage.first_sentence);
    if rule.subject != Nearness::None && nearness > rule.subject {
        return conditions.miss(held + 1, "subject", &[], rule, unit, context);
    }
    for exception in &rule.unless {
        if let Some(concept) = excepted(exception, &met, unit, &passage, context) {
            return conditions.miss(held + 2, "unless", &[concept], rule, unit, context);
        }
    }
    Verdict::Hit(hit(rule, unit, context, &met, &passage, nearness))
}

/// The entries that must occur: those of `all`, and `any` as one.
fn entries(rule: &Rule) -> Vec<&[ConceptId]> {
    let mut entries: Vec<&[ConceptId]> = rule.all.iter().map(Vec::as_slice).collect();
    if !rule.any.is_empty() {
        entries.push(&rule.any);
    }
    entries
}

/// How many conditions there are besides the entries.
fn extras(rule: &Rule) -> usize {
    let nearness = rule.near.is_some() || rule.ordered;
    2 + usize::from(rule.at_least.is_some()) + usize::from(nearness) + rule.unless.len()
}

struct Conditions {
    asked: usize,
    held: usize,
}

impl Conditions {
    fn miss(
        mut self,
        held: usize,
        key: &str,
        concepts: &[ConceptId],
        rule: &Rule,
        unit: &Unit<'_>,
        context: &Context<'_>,
    ) -> Verdict {
        self.held = held;
        if held == 0 {
            return Verdict::Nothing;
        }
        let asked: Vec<ConceptId> = rule.asked().collect();
        let Some(shown) = unit.occurrences.iter().find(|found| asked.contains(&found.concept))
        else {
            return Verdict::Nothing;
        };
        let (paragraph, _) = unit.locate(shown.first);
        let names = concepts.iter().map(|&id| context.rules.concept(id).to_owned());
        Verdict::Miss(NearMiss {
            rule: rule.id.clone(),
            element: rule.element.clone(),
            paragraph,
            span: unit.span_of(shown, context),
            closeness: self.held as f64 / self.asked as f64,
            failed: Failed { condition: key.to_owned(), concepts: names.collect() },
        })
    }
}

/// The occurrences that meet the entries within the fewest words, in order of
/// entry; none where `near` or `ordered` cannot be met. A rule that asks only
/// for `at_least` is met by the first of each of its concepts.
fn tightest(rule: &Rule, entries: &[&[ConceptId]], unit: &Unit<'_>) -> Option<Vec<Occurrence>> {
    if entries.is_empty() {
        return Some(first_of_each(rule, unit));
    }
    let places: Vec<Vec<Occurrence>> = entries
        .iter()
        .map(|entry| {
            unit.occurrences.iter().filter(|o| entry.contains(&o.concept)).copied().collect()
        })
        .collect();
    let ordered = if rule.ordered { rule.all.len() } else { 0 };
    let starts = places.iter().flatten();
    let windows = starts.filter_map(|start| window(start.first, &places, ordered));
    let best = windows.min_by_key(|met| (width(met), met.first().map(|found| found.first)))?;
    let near = rule.near.is_none_or(|near| width(&best) <= near);
    near.then_some(best)
}

/// For each entry its first occurrence from word `start` on; the first
/// `ordered` entries one after another.
fn window(start: usize, places: &[Vec<Occurrence>], ordered: usize) -> Option<Vec<Occurrence>> {
    let mut from = start;
    let mut met = Vec::with_capacity(places.len());
    for (number, places) in places.iter().enumerate() {
        let at = places.partition_point(|place| place.first < from);
        let place = *places.get(at)?;
        met.push(place);
        from = if number + 1 < ordered { place.last + 1 } else { start };
    }
    Some(met)
}

/// Words from the first word of the first to the first word of the last.
fn width(met: &[Occurrence]) -> usize {
    let first = met.iter().map(|found| found.first).min().unwrap_or(0);
    let last = met.iter().map(|found| found.first).max().unwrap_or(0);
    last - first
}

fn first_of_each(rule: &Rule, unit: &Unit<'_>) -> Vec<Occurrence> {
    let wanted = rule.at_least.iter().flat_map(|at_least| &at_least.of);
    wanted.filter_map(|id| unit.occurrences.iter().find(|o| o.concept == *id)).copied().collect()
}

/// The passage that meets a rule.
struct Passage {
    paragraph: usize,
    first_sentence: usize,
    last_sentence: usize,
}

impl Passage {
    /// The sentences from the first to the last that meet the rule; in a unit
    /// of several paragraphs, those of the paragraph that meets most of it.
    fn of(met: &[Occurrence], unit: &Unit<'_>, context: &Context<'_>) -> Self {
        if let Some(sentence) = unit.sentence {
            let (paragraph, _) = unit.paragraphs[0];
            return Self { paragraph, first_sentence: sentence, last_sentence: sentence };
        }
        let places: Vec<(usize, usize)> =
            met.iter().map(|found| unit.locate(found.first)).collect();
        let count = |paragraph: usize| places.iter().filter(|(p, _)| *p == paragraph).count();
        let fullest = places.iter().map(|&(paragraph, _)| paragraph);
        let paragraph = fullest
            .max_by_key(|&paragraph| (count(paragraph), std::cmp::Reverse(paragraph)))
            .unwrap_or(unit.paragraphs[0].0);
        let sentences = &context.reading(paragraph).sentences;
        let words = places.iter().filter(|(p, _)| *p == paragraph).map(|&(_, word)| word);
        let of_word = |word| sentences.partition_point(|sentence| sentence.end <= word);
        let last = sentences.len().saturating_sub(1);
        Self {
            paragraph,
            first_sentence: words.clone().min().map_or(0, of_word).min(last),
            last_sentence: words.max().map_or(0, of_word).min(last),
        }
    }

    fn span(&self, context: &Context<'_>) -> Span {
        let sentences = &context.reading(self.paragraph).sentences;
        let start = context.document.paragraphs[self.paragraph].span.start;
        let (first, last) = (sentences[self.first_sentence], sentences[self.last_sentence]);
        Span::new(first.span.start, last.span.end).shifted(start)
    }

    /// Whether a commitment is made here: a cue in one of the sentences or in
    /// what introduces it, and nothing that takes it away.
    fn commits(&self, context: &Context<'_>) -> bool {
        let rules = context.rules;
        let reading = context.reading(self.paragraph);
        (self.first_sentence..=self.last_sentence).any(|sentence| {
            let own = sentence_occurrences(reading, sentence).iter().map(|o| o.concept);
            let negated = own.clone().any(|concept| rules.negation.contains(&concept));
            let introduced = context.introduction(self.paragraph, sentence);
            !negated && own.chain(introduced).any(|concept| rules.commitment.contains(&concept))
        })
    }
}

/// The concept that makes the exception, where it applies.
fn excepted(
    exception: &Exception,
    met: &[Occurrence],
    unit: &Unit<'_>,
    passage: &Passage,
    context: &Context<'_>,
) -> Option<ConceptId> {
    let is_it = |concept: &ConceptId| exception.any.contains(concept);
    if let Some(near) = exception.near {
        let close = |found: &&Occurrence| {
            is_it(&found.concept) && met.iter().any(|m| m.first.abs_diff(found.first) <= near)
        };
        return unit.occurrences.iter().find(close).map(|found| found.concept);
    }
    let range = match exception.scope {
        Scope::Sentence => {
            return unit.occurrences.iter().map(|found| found.concept).find(|id| is_it(id));
        }
        Scope::Paragraph => passage.paragraph..passage.paragraph + 1,
        Scope::Section => context.section_of(passage.paragraph),
    };
    let mut around = range.flat_map(|index| &context.reading(index).occurrences);
    around.find(|found| is_it(&found.concept)).map(|found| found.concept)
}

fn hit(
    rule: &Rule,
    unit: &Unit<'_>,
    context: &Context<'_>,
    met: &[Occurrence],
    passage: &Passage,
    nearness: Nearness,
) -> Hit {
    let taxonomy = &context.rules.taxonomy;
    let place = context.place(passage.paragraph);
    let mut score = rule.weight * taxonomy.places.get(&place).copied().unwrap_or(1.0);
    if rule.subject != Nearness::None && nearness >= Nearness::Section {
        score *= taxonomy.subject.distant;
    }
    let mut status = rule.tag;
    if rule.force && !passage.commits(context) {
        status = Status::Indirect;
        score *= taxonomy.force.without;
    }
    let mut met: Vec<Met> = met
        .iter()
        .map(|found| Met {
            concept: context.rules.concept(found.concept).to_owned(),
            span: unit.span_of(found, context),
        })
        .collect();
    met.sort_by_key(|met| met.span);
    Hit {
        rule: rule.id.clone(),
        element: rule.element.clone(),
        paragraph: passage.paragraph,
        span: passage.span(context),
        status,
        score,
        met,
    }
}
