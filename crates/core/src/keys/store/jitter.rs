//! Spreading out in time what many hosts would otherwise do at the same moment.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A source of numbers that differ between hosts and issuers, and are the same whenever they are asked
/// for with the same arguments.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Jitter {
    seed: u64,
}

impl Jitter {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// When keys are refreshed ahead of the end of their lifetime: after 75 to 90 percent of it.
    pub(super) fn refresh_after(self, issuer: &str, fetched_at: u64, lifetime: u64) -> u64 {
        // Of whole seconds, not of percents: with many issuers those would be few moments, each with a crowd.
        let least = lifetime - lifetime / 4;
        least + self.number(issuer, fetched_at) % (lifetime / 100 * 15 + 1)
    }

    /// How long nothing is fetched after so many failures in a row: `first` seconds, doubled with each,
    /// and up to half as long again; never more than `most`.
    pub(super) fn back_off(self, issuer: &str, failures: u32, first: u64, most: u64) -> u64 {
        let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(32)).min(most);
        let more = self.number(issuer, failures.into()) % (doubled / 2 + 1);
        doubled.saturating_add(more).min(most)
    }

    fn number(self, issuer: &str, count: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.seed, issuer, count).hash(&mut hasher);
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Jitter;

    #[test]
    fn refreshes_are_spread_over_their_window() {
        let mut seen: Vec<u64> = (0..500)
            .map(|host| Jitter::new(host).refresh_after("https://a", 1_700_000_000, 1000))
            .collect();
        seen.sort_unstable();
        assert!(seen.first() >= Some(&750) && seen.last() <= Some(&900));
        seen.dedup();
        assert!(seen.len() > 140, "every part of the window is used: {}", seen.len());
        assert!(Jitter::default().refresh_after("https://a", 0, 60) < 60);
    }

    #[test]
    fn waits_double_up_to_the_most() {
        for seed in 0..100 {
            let wait = |failures| Jitter::new(seed).back_off("https://a", failures, 5, 300);
            for (failures, least) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160)] {
                assert!((least..=least * 3 / 2).contains(&wait(failures)), "{failures}");
            }
            for failures in [8, 40, u32::MAX] {
                assert_eq!(wait(failures), 300);
            }
            assert_eq!(wait(3), wait(3));
        }
        assert_eq!(Jitter::default().back_off("", u32::MAX, u64::MAX, u64::MAX), u64::MAX);
    }
}
