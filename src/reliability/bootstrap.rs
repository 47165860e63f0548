//! Drawing clusters with replacement, the same for a seed on every machine
//! and with any number of threads.
//!
//! Round `r` draws from PCG64 DXSM with the seed as its state and `r` as its
//! stream, whatever the scope and whichever thread takes it; of `n` clusters,
//! each of `n` draws of 64 bits `x` chooses cluster `⌊x · n / 2⁶⁴⌋`. So
//! scopes with equally many clusters share their draws, and these are kept.

use super::scopes::Clusters;
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The seed unless told otherwise.
pub const SEED: u64 = 2021;

/// How many rounds unless told otherwise.
pub const ROUNDS: usize = 1000;

/// Rounds that one thread takes at a time.
const STRIDE: usize = 64;

/// How many numbers may be kept: 64 MB.
const KEPT: usize = 1 << 24;

/// How often each round draws each cluster.
pub(super) struct Draws {
    seed: u64,
    rounds: usize,
    /// By number of clusters, round after round.
    kept: BTreeMap<usize, Vec<u32>>,
}

impl Draws {
    /// For scopes that have so many clusters each.
    pub(super) fn of(seed: u64, rounds: usize, counts: impl Iterator<Item = usize>) -> Self {
        let mut scopes: BTreeMap<usize, usize> = BTreeMap::new();
        for count in counts {
            *scopes.entry(count).or_default() += 1;
        }
        let mut draws = Self { seed, rounds, kept: BTreeMap::new() };
        let mut room = KEPT;
        for (clusters, scopes) in scopes {
            let size = clusters * rounds;
            if scopes > 1 && size > 0 && size <= room {
                room -= size;
                let mut times = vec![0; size];
                times
                    .par_chunks_mut(clusters)
                    .enumerate()
                    .for_each(|(round, times)| draw(seed, round, times));
                draws.kept.insert(clusters, times);
            }
        }
        draws
    }

    /// Figures of every round: for each of `width` figures its values by
    /// round, and none where there is nothing to choose between.
    pub(super) fn figures(
        &self,
        clusters: &Clusters,
        width: usize,
        figures: impl Fn(&[u64], &mut [f64]) + Sync,
    ) -> Vec<Vec<f64>> {
        let count = clusters.len();
        if width == 0 || count < 2 {
            return vec![Vec::new(); width];
        }
        let kept = self.kept.get(&count);
        let mut flat = vec![f64::NAN; self.rounds * width];
        flat.par_chunks_mut(width * STRIDE).enumerate().for_each(|(stride, values)| {
            let mut totals = vec![0; clusters.slots()];
            let mut own = vec![0; if kept.is_some() { 0 } else { count }];
            for (offset, values) in values.chunks_mut(width).enumerate() {
                let round = stride * STRIDE + offset;
                let times = if let Some(kept) = kept {
                    &kept[round * count..(round + 1) * count]
                } else {
                    draw(self.seed, round, &mut own);
                    &own
                };
                clusters.total(times, &mut totals);
                figures(&totals, values);
            }
        });
        let column = |figure| flat.iter().skip(figure).step_by(width).copied().collect();
        (0..width).map(column).collect()
    }
}

/// How often one round draws each cluster.
fn draw(seed: u64, round: usize, times: &mut [u32]) {
    let mut random = Pcg64Dxsm::new(u128::from(seed), round as u128);
    let count = times.len() as u128;
    times.fill(0);
    for _ in 0..times.len() {
        #[expect(clippy::cast_possible_truncation, reason = "below the number of clusters")]
        let cluster = ((u128::from(random.next_u64()) * count) >> 64) as usize;
        times[cluster] += 1;
    }
}
