//! Drawing clusters with replacement, the same for a seed on every machine
//! and with any number of threads.

use super::scopes::Clusters;
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;
use rayon::prelude::*;

/// The seed unless told otherwise.
pub const SEED: u64 = 2021;

/// How many rounds unless told otherwise.
pub const ROUNDS: usize = 1000;

/// Rounds that one thread takes at a time.
const STRIDE: usize = 64;

/// Figures of every round: for each of `width` figures its values by round.
///
/// Round `r` draws from PCG64 DXSM with the seed as its state and `r` as its
/// stream, whatever the scope and whichever thread takes it; a 64-bit draw
/// `x` chooses cluster `⌊x · clusters / 2⁶⁴⌋`.
pub(super) fn bootstrap(
    clusters: &Clusters,
    slots: usize,
    (seed, rounds, width): (u64, usize, usize),
    figures: impl Fn(&[u64], &mut [f64]) + Sync,
) -> Vec<Vec<f64>> {
    let mut flat = vec![f64::NAN; rounds * width];
    if width == 0 || clusters.len() < 2 {
        return vec![Vec::new(); width];
    }
    flat.par_chunks_mut(width * STRIDE).enumerate().for_each(|(stride, values)| {
        let mut totals = vec![0; slots];
        for (offset, values) in values.chunks_mut(width).enumerate() {
            draw(clusters, seed, stride * STRIDE + offset, &mut totals);
            figures(&totals, values);
        }
    });
    (0..width).map(|figure| flat.iter().skip(figure).step_by(width).copied().collect()).collect()
}

/// The totals of one round.
fn draw(clusters: &Clusters, seed: u64, round: usize, totals: &mut [u64]) {
    let mut random = Pcg64Dxsm::new(u128::from(seed), round as u128);
    totals.fill(0);
    let count = clusters.len() as u128;
    for _ in 0..clusters.len() {
        #[expect(clippy::cast_possible_truncation, reason = "below the number of clusters")]
        let cluster = ((u128::from(random.next_u64()) * count) >> 64) as usize;
        clusters.add(cluster, totals);
    }
}
