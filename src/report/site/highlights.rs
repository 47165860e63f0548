//! What stands out, in words made from the figures: never a word without one.

use crate::mapping::{Direction, Frequency, Trend};
use crate::report::site::Report;

/// Sentences, under the question each answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlights {
    /// The heading.
    pub heading: &'static str,
    /// The sentences.
    pub sentences: Vec<String>,
}

/// How many are named where many could be.
const NAMED: usize = 3;

/// What stands out of a report.
#[must_use]
pub fn highlights(report: &Report<'_>) -> Vec<Highlights> {
    let of = |heading, sentences: Vec<String>| Highlights { heading, sentences };
    let all = vec![
        of("How frequent", frequency(report)),
        of("What rises, what declines", trend(report)),
        of("What is new", new(report)),
        of("What is alike", alike(report)),
        of("Who uses whose words", wording(report)),
    ];
    all.into_iter().filter(|one| !one.sentences.is_empty()).collect()
}

fn named(one: &Frequency) -> String {
    let share = one.present;
    format!(
        "{} ({}; {} of {} agreements, {:.0} %, 95 % interval {:.0} to {:.0} %)",
        one.name,
        one.code,
        share.part,
        share.whole,
        share.share * 100.0,
        share.low * 100.0,
        share.high * 100.0
    )
}

fn frequency(report: &Report<'_>) -> Vec<String> {
    let mut ranked: Vec<&Frequency> = report.elements.iter().collect();
    ranked.sort_by(|a, b| b.present.share.total_cmp(&a.present.share));
    let list =
        |some: &[&Frequency]| some.iter().map(|one| named(one)).collect::<Vec<_>>().join("; ");
    let count = NAMED.min(ranked.len() / 2);
    let (most, least) = (&ranked[..count], &ranked[ranked.len() - count..]);
    let mut said = Vec::new();
    if count > 0 {
        said.push(format!("Most frequent: {}.", list(most)));
        said.push(format!("Least frequent: {}.", list(least)));
    }
    let mut categories: Vec<&Frequency> = report.categories.iter().collect();
    categories.sort_by(|a, b| b.present.share.total_cmp(&a.present.share));
    if let [first, .., last] = categories.as_slice() {
        said.push(format!(
            "Of the categories, most agreements have something of {}, fewest of {}.",
            named(first),
            named(last)
        ));
    }
    said
}

fn trend(report: &Report<'_>) -> Vec<String> {
    let Some(trends) = report.trends else { return Vec::new() };
    let one = |one: &Trend| {
        format!(
            "{} ({}; {:.0} % before {}, {:.0} % after; {:+.0} points, 95 % interval {:+.0} to {:+.0}; \
             p = {:.3}, adjusted for {} elements {:.2})",
            one.name,
            one.code,
            one.before.share * 100.0,
            trends.middle,
            one.after.share * 100.0,
            one.difference * 100.0,
            one.low * 100.0,
            one.high * 100.0,
            one.p,
            trends.elements.len(),
            one.p_adjusted
        )
    };
    let of = |direction, word: &str| {
        let own = trends.elements.iter().filter(|it| it.direction == direction).map(one);
        let own: Vec<String> = own.collect();
        match own.as_slice() {
            [] => format!("{word}: none by the test."),
            own => format!("{word} by the test, taken one by one: {}.", own.join("; ")),
        }
    };
    let mut said = vec![of(Direction::Rising, "Rising"), of(Direction::Declining, "Declining")];
    let sure = trends.elements.iter().filter(|one| one.p_adjusted < 0.05).count();
    if sure == 0 {
        said.push(format!(
            "With {} elements tested at once on {} agreements, none of these is sure: by chance \
             alone, one or two would look like a trend.",
            trends.elements.len(),
            trends.dated
        ));
    }
    said
}

fn new(report: &Report<'_>) -> Vec<String> {
    let Some(since) = report.since else { return Vec::new() };
    let all = report.mapping.agreements.iter();
    let found: Vec<String> = all
        .filter(|one| one.date().is_some_and(|date| date >= since))
        .map(|one| {
            let present = one.count(crate::model::Presence::Present);
            let date = one.date().map_or_else(String::new, |date| date.to_string());
            format!("{} ({date}, {present} elements present)", one.name())
        })
        .collect();
    vec![match found.as_slice() {
        [] => format!("No agreement since {since}."),
        found => format!("Since {since}, {} agreements: {}.", found.len(), found.join("; ")),
    }]
}

fn alike(report: &Report<'_>) -> Vec<String> {
    let name = |id: &crate::model::AgreementId| {
        let all = report.mapping.agreements.iter();
        all.filter(|one| one.id == *id).map(|one| one.name().to_owned()).next().unwrap_or_default()
    };
    let groups = report.similarity.groups.iter().filter(|group| group.len() > 1).take(NAMED);
    let mut said: Vec<String> = groups
        .map(|group| {
            let names: Vec<String> = group.iter().map(name).collect();
            format!(
                "{} agreements have much the same elements (on average at least half of those that \
                 either of two has): {}.",
                group.len(),
                names.join("; ")
            )
        })
        .collect();
    let most = report.similarity.nearest.iter().max_by(|a, b| {
        a.alike.total_cmp(&b.alike).then(a.both.cmp(&b.both)).then(b.agreement.cmp(&a.agreement))
    });
    if let Some(most) = most.filter(|most| most.both > 0) {
        said.push(format!(
            "Most alike: {} and {}, with {} elements in both (Jaccard {:.2}).",
            name(&most.agreement),
            name(&most.nearest),
            most.both,
            most.alike
        ));
    }
    said
}

fn wording(report: &Report<'_>) -> Vec<String> {
    let shared = report.shared.iter().take(NAMED).map(|one| {
        let link = if one.dated { "in" } else { "and" };
        format!(
            "Of the words quoted from {}, {} stand again {link} {}, in {} runs of eight or more.",
            one.earlier,
            one.words,
            one.later,
            one.runs.len()
        )
    });
    shared.collect()
}
