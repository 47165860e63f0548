//! Asks one rule of one unit: which conditions hold, and which does not.
//!
//! Conditions hold on the unit, never on what is left of it after a match.

use crate::model::{Hit, Met, Span, Status};
use crate::rules::{ConceptId, Exception, Nearness, Occurrence, Rule, Scope};
use crate::scan::context::{Context, sentence_occurrences};
use crate::scan::units::{Near, Unit, Verdict};

/// Asks `rule` of `unit`.
pub(super) fn ask<'r>(rule: &'r Rule, unit: &Unit<'_>, context: &Context<'_>) -> Verdict<'r> {
    let miss = |held, condition, concepts| miss(rule, unit, context, held, condition, concepts);
    let asked = entries(rule).count();
    let held = entries(rule).filter(|entry| unit.has_any(entry)).count();
    if held < asked {
        let first = entries(rule).find(|entry| !unit.has_any(entry)).unwrap_or_default();
        let is_any = std::ptr::eq(first, rule.any.as_slice());
        return miss(held, if is_any { "any" } else { "all" }, first);
    }
    if let Some(at_least) = &rule.at_least
        && at_least.of.iter().filter(|&&concept| unit.has(concept)).count() < at_least.n
    {
        return miss(held, "at_least", &at_least.of);
    }
    let held = held + usize::from(rule.at_least.is_some());
    let Some(met) = tightest(rule, unit) else {
        let ordered = rule.ordered && rule.near.is_none();
        return miss(held, if ordered { "ordered" } else { "near" }, &[]);
    };
    let passage = Passage::of(&met, unit, context);
    if !rule.places.contains(&context.place(passage.paragraph)) {
        return miss(held + 1, "in", &[]);
    }
    let nearness = context.nearness(passage.paragraph, passage.first_sentence);
    if rule.subject != Nearness::None && nearness > rule.subject {
        return miss(held + 1, "subject", &[]);
    }
    for exception in &rule.unless {
        if let Some(concept) = excepted(exception, &met, unit, &passage, context) {
            return miss(held + 2, "unless", std::slice::from_ref(concept));
        }
    }
    Verdict::Hit(hit(rule, unit, context, &met, &passage, nearness))
}

/// The entries that must occur: those of `all`, and `any` as one.
fn entries(rule: &Rule) -> impl Iterator<Item = &[ConceptId]> {
    let any = Some(rule.any.as_slice()).filter(|any| !any.is_empty());
    rule.all.iter().map(Vec::as_slice).chain(any)
}

/// How many conditions there are besides the entries.
fn extras(rule: &Rule) -> usize {
    let nearness = rule.near.is_some() || rule.ordered;
    2 + usize::from(rule.at_least.is_some()) + usize::from(nearness) + rule.unless.len()
}

/// A rule of which `held` conditions hold, and `condition` does not.
fn miss<'r>(
    rule: &'r Rule,
    unit: &Unit<'_>,
    context: &Context<'_>,
    held: usize,
    condition: &'static str,
    concepts: &'r [ConceptId],
) -> Verdict<'r> {
    let shown = unit.occurrences.iter().find(|found| rule.asked().any(|id| id == found.concept));
    let Some(shown) = shown.filter(|_| held > 0) else { return Verdict::Nothing };
    let conditions = entries(rule).count() + extras(rule);
    Verdict::Miss(Near {
        paragraph: unit.locate(shown.first).0,
        span: unit.span_of(shown, context),
        closeness: held as f64 / conditions as f64,
        condition,
        concepts,
    })
}

/// The occurrences that meet the entries within the fewest words, in order of
/// entry; none where `near` or `ordered` cannot be met. A rule that asks only
/// for `at_least` is met by the first of each of its concepts.
fn tightest(rule: &Rule, unit: &Unit<'_>) -> Option<Vec<Occurrence>> {
    if entries(rule).next().is_none() {
        return Some(first_of_each(rule, unit));
    }
    let of = |entry: &[ConceptId]| -> Vec<Occurrence> {
        unit.occurrences.iter().filter(|found| entry.contains(&found.concept)).copied().collect()
    };
    let places: Vec<Vec<Occurrence>> = entries(rule).map(of).collect();
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
fn excepted<'r>(
    exception: &'r Exception,
    met: &[Occurrence],
    unit: &Unit<'_>,
    passage: &Passage,
    context: &Context<'_>,
) -> Option<&'r ConceptId> {
    let named = |found: &Occurrence| exception.any.iter().find(|&&id| id == found.concept);
    if let Some(near) = exception.near {
        let close = |found: &&Occurrence| met.iter().any(|m| m.first.abs_diff(found.first) <= near);
        return unit.occurrences.iter().filter(close).find_map(named);
    }
    let range = match exception.scope {
        Scope::Sentence => return unit.occurrences.iter().find_map(named),
        Scope::Paragraph => passage.paragraph..passage.paragraph + 1,
        Scope::Section => context.section_of(passage.paragraph),
    };
    range.flat_map(|index| &context.reading(index).occurrences).find_map(named)
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
    let mut score = rule.weight;
    if rule.subject != Nearness::None && nearness >= Nearness::Section {
        score *= taxonomy.subject.distant;
    }
    let mut status = rule.tag;
    if rule.force && !passage.commits(context) {
        status = Status::Indirect;
        score *= taxonomy.force.without;
    }
    // A rule that names its places has said what they are worth.
    if status == Status::Present && !rule.names_places {
        let place = context.place(passage.paragraph);
        score *= taxonomy.places.get(&place).copied().unwrap_or(1.0);
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
