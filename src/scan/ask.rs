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
    let mut nearest = None;
    for met in windows(rule, unit) {
        let met = with_at_least(rule, unit, met);
        let passage = Passage::of(&met, unit, context);
        match refuse(rule, unit, context, &met, &passage) {
            None => return Verdict::Hit(hit(rule, unit, context, &met, &passage)),
            Some(refusal) => nearest = nearest.or(Some(refusal)),
        }
    }
    match nearest {
        Some((condition, concepts)) => miss(held + 1, condition, concepts),
        None if rule.ordered && rule.near.is_none() => miss(held, "ordered", &[]),
        None => miss(held, "near", &[]),
    }
}

/// What keeps a passage that meets the conditions from being a hit.
fn refuse<'r>(
    rule: &'r Rule,
    unit: &Unit<'_>,
    context: &Context<'_>,
    met: &[Occurrence],
    passage: &Passage,
) -> Option<(&'static str, &'r [ConceptId])> {
    if !rule.places.contains(&context.place(passage.paragraph)) {
        return Some(("in", &[]));
    }
    let near = match rule.subject {
        Nearness::None => true,
        Nearness::Throughout => context.about || passage.nearness == Nearness::Sentence,
        asked => passage.nearness <= asked,
    };
    if !near {
        return Some(("subject", &[]));
    }
    let excepted = |exception| excepted(exception, met, unit, passage, context);
    let concept = rule.unless.iter().find_map(excepted)?;
    Some(("unless", std::slice::from_ref(concept)))
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

/// How many ways of meeting a rule in one unit are looked at.
const WINDOWS: usize = 16;

/// The ways to meet the entries within `near` words, the tightest first; each
/// holds an occurrence for each entry. A rule that asks only for `at_least`
/// has one way that holds none.
fn windows(rule: &Rule, unit: &Unit<'_>) -> Vec<Vec<Occurrence>> {
    if entries(rule).next().is_none() {
        return vec![Vec::new()];
    }
    let of = |entry: &[ConceptId]| -> Vec<Occurrence> {
        unit.occurrences.iter().filter(|found| entry.contains(&found.concept)).copied().collect()
    };
    let places: Vec<Vec<Occurrence>> = entries(rule).map(of).collect();
    let ordered = if rule.ordered { rule.all.len() } else { 0 };
    let starts = places.iter().flatten();
    let windows = starts.filter_map(|start| window(start.first, &places, ordered));
    let near = |met: &Vec<Occurrence>| rule.near.is_none_or(|near| width(met) <= near);
    let mut windows: Vec<Vec<Occurrence>> = windows.filter(near).collect();
    windows.sort_by_key(|met| (width(met), met.first().map(|found| found.first)));
    windows.dedup();
    windows.truncate(WINDOWS);
    windows
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

/// What meets the entries, and for `at_least` those of its concepts that stand
/// nearest to it.
fn with_at_least(rule: &Rule, unit: &Unit<'_>, mut met: Vec<Occurrence>) -> Vec<Occurrence> {
    let Some(at_least) = &rule.at_least else { return met };
    let around = met.first().map_or(0, |found| found.first);
    let nearest = |id: &ConceptId| {
        let own = unit.occurrences.iter().filter(|found| found.concept == *id);
        own.min_by_key(|found| found.first.abs_diff(around)).copied()
    };
    let mut found: Vec<Occurrence> = at_least.of.iter().filter_map(nearest).collect();
    found.sort_by_key(|found| (found.first.abs_diff(around), *found));
    met.extend(found.into_iter().take(at_least.n));
    met
}

/// The passage that meets a rule.
struct Passage {
    paragraph: usize,
    first_sentence: usize,
    last_sentence: usize,
    /// How near the taxonomy's subject is to it.
    nearness: Nearness,
}

impl Passage {
    /// The sentences from the first to the last that meet the rule; in a unit
    /// of several paragraphs, those of the paragraph that meets most of it.
    fn of(met: &[Occurrence], unit: &Unit<'_>, context: &Context<'_>) -> Self {
        if let Some(sentence) = unit.sentence {
            let (paragraph, _) = unit.paragraphs[0];
            return Self::new(paragraph, sentence, sentence, context);
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
        let first = words.clone().min().map_or(0, of_word).min(last);
        Self::new(paragraph, first, words.max().map_or(0, of_word).min(last), context)
    }

    fn new(paragraph: usize, first: usize, last: usize, context: &Context<'_>) -> Self {
        Self {
            paragraph,
            first_sentence: first,
            last_sentence: last,
            nearness: context.nearness(paragraph, first),
        }
    }

    fn span(&self, context: &Context<'_>) -> Span {
        let sentences = &context.reading(self.paragraph).sentences;
        let start = context.document.paragraphs[self.paragraph].span.start;
        let (first, last) = (sentences[self.first_sentence], sentences[self.last_sentence]);
        Span::new(first.span.start, last.span.end).shifted(start)
    }

    /// The words of its sentences, as numbers within the paragraph.
    fn words(&self, context: &Context<'_>) -> std::ops::Range<usize> {
        let sentences = &context.reading(self.paragraph).sentences;
        sentences[self.first_sentence].first..sentences[self.last_sentence].end
    }

    /// Whether a commitment is made here: a cue in one of the sentences or in
    /// what introduces it, and nothing that takes it away.
    fn commits(&self, context: &Context<'_>) -> bool {
        self.has_force(&context.rules.commitment, context)
    }

    /// Whether a firm commitment is made here.
    fn is_firm(&self, context: &Context<'_>) -> bool {
        self.has_force(&context.rules.firm, context)
    }

    fn has_force(&self, cues_of_force: &[ConceptId], context: &Context<'_>) -> bool {
        let rules = context.rules;
        (self.first_sentence..=self.last_sentence).any(|sentence| {
            let cues = self.cues(sentence, context);
            let has = |concepts: &[ConceptId]| cues.iter().any(|cue| concepts.contains(cue));
            let goes_on = sentence > 0 && has(&rules.continues);
            let before = if goes_on { self.cues(sentence - 1, context) } else { Vec::new() };
            let had = |concepts: &[ConceptId]| before.iter().any(|cue| concepts.contains(cue));
            (has(cues_of_force) || had(cues_of_force))
                && !has(&rules.negation)
                && !had(&rules.negation)
        })
    }

    /// The concepts of a sentence and of what introduces it.
    fn cues(&self, sentence: usize, context: &Context<'_>) -> Vec<ConceptId> {
        let own = sentence_occurrences(context.reading(self.paragraph), sentence);
        let own = own.iter().map(|found| found.concept);
        own.chain(context.introduction(self.paragraph, sentence)).collect()
    }
}

/// The concept that makes the exception, where it applies. Distances are
/// counted within a paragraph.
fn excepted<'r>(
    exception: &'r Exception,
    met: &[Occurrence],
    unit: &Unit<'_>,
    passage: &Passage,
    context: &Context<'_>,
) -> Option<&'r ConceptId> {
    let paragraphs = match exception.scope {
        Scope::Sentence | Scope::Paragraph => passage.paragraph..passage.paragraph + 1,
        Scope::Section => context.section_of(passage.paragraph),
    };
    let met: Vec<(usize, usize)> = met.iter().map(|found| unit.locate(found.first)).collect();
    paragraphs.into_iter().find_map(|paragraph| {
        let close = |word: usize| {
            exception.near.is_none_or(|near| {
                met.iter().any(|&(p, at)| p == paragraph && at.abs_diff(word) <= near)
            })
        };
        let words = match exception.scope {
            Scope::Sentence => passage.words(context),
            Scope::Paragraph | Scope::Section => 0..usize::MAX,
        };
        let found = context.reading(paragraph).occurrences.iter();
        let mut found = found.filter(|found| words.contains(&found.first) && close(found.first));
        found.find_map(|found| exception.any.iter().find(|&&id| id == found.concept))
    })
}

fn hit(
    rule: &Rule,
    unit: &Unit<'_>,
    context: &Context<'_>,
    met: &[Occurrence],
    passage: &Passage,
) -> Hit {
    let taxonomy = &context.rules.taxonomy;
    let mut score = rule.weight;
    if rule.subject != Nearness::None {
        score *= match passage.nearness {
            Nearness::Sentence => 1.0,
            _ if !context.about => taxonomy.subject.elsewhere,
            Nearness::Paragraph => 1.0,
            _ => taxonomy.subject.distant,
        };
    }
    let mut status = rule.tag;
    let commits = if context.tells { passage.is_firm(context) } else { passage.commits(context) };
    let asked = rule.force || context.tells && rule.tag == Status::Present;
    if asked && !commits {
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
