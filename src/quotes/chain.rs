//! Runs that follow one another in a quote and in a text → the places a quote
//! may stand, best first.
//!
//! A chain's score is the letters of its runs less a price for every gap, which
//! grows with the logarithm of the gap: an omission of a page is not much worse
//! than one of a line (minimap2's chaining, with other numbers).

use crate::quotes::seeds::Run;

/// Runs that are chained; of more, the longest.
const MOST_RUNS: usize = 300;
/// Places that are compared.
const MOST_CHAINS: usize = 5;
/// Letters a run must add to a chain to be part of it.
const LEAST_GAIN: usize = 4;

/// Runs in the order of both quote and text, without overlaps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain {
    pub(crate) runs: Vec<Run>,
    pub(crate) score: f32,
}

/// The best chains of `runs`, which have no run in common.
pub(crate) fn chains(mut runs: Vec<Run>) -> Vec<Chain> {
    if runs.len() > MOST_RUNS {
        runs.sort_by_key(|run| std::cmp::Reverse(run.length));
        runs.truncate(MOST_RUNS);
        runs.sort_unstable();
    }
    let links = link(&runs);
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by(|&a, &b| links[b].score.total_cmp(&links[a].score).then(a.cmp(&b)));
    let mut used = vec![false; runs.len()];
    let mut chains = Vec::new();
    for last in order {
        if chains.len() == MOST_CHAINS {
            break;
        }
        if !used[last] {
            chains.push(follow(last, &runs, &links, &mut used));
        }
    }
    chains
}

/// The best chain that ends in a run: its score, and the run before.
#[derive(Clone, Copy)]
struct Link {
    score: f32,
    before: Option<usize>,
}

fn link(runs: &[Run]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let mut best = Link { score: run.length as f32, before: None };
        for (before, earlier) in runs[..at].iter().enumerate() {
            if links[before].score + run.length as f32 <= best.score {
                continue;
            }
            let Some((gain, gap)) = step(*earlier, *run) else { continue };
            let score = links[before].score + gain as f32 - price(gap);
            if score > best.score {
                best = Link { score, before: Some(before) };
            }
        }
        links.push(best);
    }
    links
}

/// What `run` adds after `earlier`, and the letters between them.
fn step(earlier: Run, run: Run) -> Option<(usize, usize)> {
    if run.asked <= earlier.asked || run.text <= earlier.text {
        return None;
    }
    let overlap = overlap(earlier, run);
    let gain = run.length.checked_sub(overlap).filter(|&gain| gain >= LEAST_GAIN)?;
    let run = run.without_first(overlap);
    let gap = (run.asked - earlier.asked_end()).max(run.text - earlier.text_end());
    Some((gain, gap))
}

/// How many letters two runs that follow one another share.
fn overlap(earlier: Run, run: Run) -> usize {
    let asked = earlier.asked_end().saturating_sub(run.asked);
    asked.max(earlier.text_end().saturating_sub(run.text))
}

fn price(gap: usize) -> f32 {
    1.0 + 2.2 * (1.0 + gap as f32 / 6.0).log2()
}

fn follow(last: usize, runs: &[Run], links: &[Link], used: &mut [bool]) -> Chain {
    let mut chain = Chain { runs: Vec::new(), score: links[last].score };
    let mut next = Some(last);
    while let Some(at) = next.filter(|&at| !used[at]) {
        used[at] = true;
        chain.runs.push(runs[at]);
        next = links[at].before;
    }
    chain.runs.reverse();
    for at in 1..chain.runs.len() {
        let shared = overlap(chain.runs[at - 1], chain.runs[at]);
        chain.runs[at] = chain.runs[at].without_first(shared);
    }
    chain.runs.retain(|run| run.length > 0);
    chain
}
