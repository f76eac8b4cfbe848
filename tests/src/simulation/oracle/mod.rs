//! What a store may and may not do, worked out from its documentation and from what was sent to it.

mod answering;
mod fetching;
mod meter;
mod view;

use std::collections::BTreeMap;

use countersign::keys::{KeyStoreSettings, Size};

use super::figures::Figures;
use super::issuer::IssuerId;
use meter::Meter;
use view::{KnownSet, View};

pub(super) use answering::Verdict;
pub(super) use fetching::{Landing, Why};

/// A promise that was broken.
#[derive(Clone, Debug)]
pub(super) struct Violation {
    pub(super) invariant: &'static str,
    pub(super) detail: String,
}

pub(super) type Checked = Result<(), Violation>;

/// The judge of all hosts.
pub(super) struct Oracle {
    settings: KeyStoreSettings,
    pinned: IssuerId,
    hosts: Vec<HostView>,
    pub(super) figures: Figures,
}

struct HostView {
    views: BTreeMap<IssuerId, View>,
    total: Meter,
    evictions: u64,
    /// Fetches under way, and the most there were at once.
    flights: u64,
    most_flights: u64,
}

/// What of a host's knowledge outlives it.
pub(super) struct Saved(Vec<(IssuerId, KnownSet, bool)>);

fn broken<T>(invariant: &'static str, detail: impl Into<String>) -> Result<T, Violation> {
    Err(Violation { invariant, detail: detail.into() })
}

impl Oracle {
    /// The first so many issuers are pinned.
    pub(super) fn new(
        settings: KeyStoreSettings,
        pinned: IssuerId,
        hosts: usize,
        now: u64,
    ) -> Self {
        let host = || HostView::new(&settings, now);
        let hosts = (0..hosts).map(|_| host()).collect();
        Self { settings, pinned, hosts, figures: Figures::default() }
    }

    /// What is saved when a host takes a snapshot.
    pub(super) fn save(&self, host: usize) -> Saved {
        let saved = self.hosts[host].views.iter().filter_map(|(id, view)| {
            let is_proven = view.is_proven || *id < self.pinned;
            Some((*id, view.set.clone()?, is_proven))
        });
        Saved(saved.collect())
    }

    /// A host forgets everything.
    pub(super) fn restart(&mut self, host: usize, now: u64) {
        self.hosts[host] = HostView::new(&self.settings, now);
        self.figures.restarts += 1;
    }

    /// A host takes a snapshot, and says of which issuers it took the keys.
    pub(super) fn restore(
        &mut self,
        host: usize,
        saved: &Saved,
        is_loaded: impl Fn(IssuerId) -> bool,
        now: u64,
    ) -> Checked {
        for (id, set, is_proven) in &saved.0 {
            let is_newer = {
                let view = self.view(host, *id, now);
                view.set.as_ref().is_none_or(|known| known.asked_at < set.asked_at)
            };
            if !is_loaded(*id) {
                continue;
            }
            if !is_newer && !self.is_uncertain(host, *id, now) {
                return broken("withdrawn keys stay withdrawn", "an older set was restored");
            }
            let view = self.view(host, *id, now);
            view.is_proven |= is_proven;
            view.set = Some(set.clone());
        }
        Ok(())
    }

    /// Checks what a store holds.
    pub(super) fn size(&mut self, host: usize, size: Size, evictions: u64) -> Checked {
        self.hosts[host].evictions = evictions;
        // Those that were being fetched for the first time come on top, until the next issuer does.
        let flights = self.hosts[host].most_flights as usize;
        let most = self.settings.max_issuers + self.pinned as usize + flights;
        if size.issuers > most {
            return broken("memory is bounded", format!("{} issuers of {most}", size.issuers));
        }
        if size.fetches_under_way > size.issuers {
            let detail = format!("{} fetches under way", size.fetches_under_way);
            return broken("memory is bounded", detail);
        }
        // Asked for, published once, and noted for the fetch that is under way: 16 of each.
        if size.most_key_ids > 48 {
            return broken("memory is bounded", format!("{} key ids", size.most_key_ids));
        }
        let figures = &mut self.figures;
        figures.most_issuers = figures.most_issuers.max(size.issuers as u64);
        figures.most_key_ids = figures.most_key_ids.max(size.most_key_ids as u64);
        Ok(())
    }

    /// Takes note of how many issuers a store has forgotten.
    pub(super) fn evictions(&mut self, host: usize, evictions: u64) {
        self.figures.evictions += evictions.saturating_sub(self.hosts[host].evictions);
        self.hosts[host].evictions = evictions;
    }

    /// A lookup came to its end.
    pub(super) fn resolved(&mut self, took: super::agenda::Millis) -> Checked {
        let most = super::host::longest_lookup(self.settings.fetch_timeout_seconds);
        self.figures.longest_lookup = self.figures.longest_lookup.max(took);
        if took > most {
            return broken("no lookup waits forever", format!("one took {took} ms"));
        }
        Ok(())
    }

    fn view(&mut self, host: usize, issuer: IssuerId, now: u64) -> &mut View {
        let settings = &self.settings;
        self.hosts[host].views.entry(issuer).or_insert_with(|| {
            let (burst, rate) = (settings.issuer_fetch_burst, settings.issuer_fetches_per_minute);
            View::new(Meter::new(burst, rate, now))
        })
    }

    /// Whether the store may have forgotten this issuer since it was last seen to know it.
    fn may_be_forgotten(&mut self, host: usize, issuer: IssuerId, now: u64) -> bool {
        let evictions = self.hosts[host].evictions;
        issuer >= self.pinned && self.view(host, issuer, now).evictions < evictions
    }

    /// Whether the store may have forgotten this issuer at any time.
    fn is_uncertain(&mut self, host: usize, issuer: IssuerId, now: u64) -> bool {
        self.may_be_forgotten(host, issuer, now) || self.view(host, issuer, now).is_uncertain
    }

    /// Takes note that the store certainly knows this issuer.
    fn is_known_now(&mut self, host: usize, issuer: IssuerId, now: u64) {
        let is_uncertain = self.is_uncertain(host, issuer, now);
        let evictions = self.hosts[host].evictions;
        let view = self.view(host, issuer, now);
        view.is_uncertain = is_uncertain;
        view.evictions = evictions;
    }

    /// The longest that nothing is fetched after so many failures in a row.
    fn most_back_off(&self, failures: u32) -> u64 {
        let (first, most) =
            (self.settings.failure_cooldown_seconds, self.settings.max_failure_cooldown_seconds);
        let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(32)).min(most);
        (doubled + doubled / 2).min(most)
    }

    /// When a fetch that began at this second is given up.
    fn given_up(&self, started: u64) -> u64 {
        started + self.settings.fetch_timeout_seconds + 2
    }
}

impl HostView {
    fn new(settings: &KeyStoreSettings, now: u64) -> Self {
        let total = Meter::new(settings.fetch_burst, settings.fetches_per_minute, now);
        Self { views: BTreeMap::new(), total, evictions: 0, flights: 0, most_flights: 0 }
    }
}
