//! Claims on which a reviewer decides without seeing what is proposed: how far
//! people and rules agree can be told only from decisions that the proposal did
//! not lead.

use crate::model::{AgreementId, Digest, ElementCode, TaxonomyId};

/// The share of claims that are hidden until they are decided. Which they are
/// is told by a digest of the claim: the same for every reviewer, on every run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blind(f64);

impl Blind {
    /// A share of 0 to 1.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// Whether a claim is among them.
    #[must_use]
    pub fn hides(
        self,
        taxonomy: &TaxonomyId,
        agreement: &AgreementId,
        element: &ElementCode,
    ) -> bool {
        let claim = format!("blind\n{taxonomy}\n{agreement}\n{element}");
        let lot = Digest::of(claim.as_bytes()).lot();
        f64::from(lot) < self.0 * (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_claims_is_hidden_and_more_of_them_with_a_larger_one() {
        let hidden = |share| {
            let blind = Blind::new(share).expect("a share");
            let claims = (0..1000).map(|n| AgreementId::new(format!("a-{n}")));
            let hides = |a: &AgreementId| blind.hides(&TaxonomyId::new("t"), a, &"1.1".into());
            claims.filter(hides).collect::<Vec<_>>()
        };
        assert!(hidden(0.0).is_empty());
        assert_eq!(hidden(1.0).len(), 1000);
        let fifth = hidden(0.2);
        assert!((150..250).contains(&fifth.len()), "{}", fifth.len());
        let half = hidden(0.5);
        assert!(fifth.iter().all(|claim| half.contains(claim)));
        assert_eq!(Blind::new(1.5), None);
    }
}
