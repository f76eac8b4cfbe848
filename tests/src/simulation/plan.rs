//! What a seed stands for: settings, issuers, and how much happens.

use countersign::keys::KeyStoreSettings;

use super::agenda::{DAY, HOUR, MINUTE, Millis, SECOND};
use super::issuer::{Condition, Issuer};
use super::key_id::Naming;
use super::random::Random;

/// How large a world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// How many issuers there are; nothing for 10 to 50.
    pub issuers: Option<u32>,
    /// How many days pass; nothing for some hours to three days.
    pub days: Option<u32>,
}

/// What a seed stands for.
pub(super) struct Plan {
    pub(super) settings: KeyStoreSettings,
    pub(super) issuers: Vec<Issuer>,
    /// How many processes verify, each with a store of its own.
    pub(super) hosts: usize,
    pub(super) ends: Millis,
    /// How long it takes from one to the next on average, for each issuer.
    pub(super) between_changes: Millis,
    pub(super) between_outages: Millis,
    /// For all issuers together.
    pub(super) between_floods: Millis,
    pub(super) between_stranger_floods: Millis,
    /// For each host, and for all of them together.
    pub(super) between_restarts: Millis,
    pub(super) between_exchanges: Millis,
    /// How many of a thousand fetches a host never reports, reports too late, or cancels.
    pub(super) lost: u64,
}

impl Scale {
    /// Many small worlds, each with many faults.
    pub const SMALL: Self = Self { issuers: None, days: None };
    /// The fleet.
    pub const FLEET: Self = Self { issuers: Some(10_000), days: Some(30) };

    fn is_large(self) -> bool {
        self.issuers.is_some_and(|issuers| issuers > 200)
    }
}

impl Plan {
    pub(super) fn new(seed: u64, scale: Scale) -> Self {
        let mut random = Random::new(seed);
        let count = scale.issuers.unwrap_or_else(|| random.between(10, 50) as u32).max(1);
        let ends = scale
            .days
            .map_or_else(|| random.between(3, 72) * HOUR, |days| Millis::from(days) * DAY);
        let large = scale.is_large();
        let settings =
            if large { large_settings(count, &mut random) } else { settings(count, &mut random) };
        let pinned = if large { 50 } else { random.between(0, 4) as u32 };
        let issuers = (0..count).map(|id| issuer(id, id < pinned, large, &mut random)).collect();
        let rarely = |random: &mut Random, days: u64| {
            if large { days * DAY } else { random.between(1, 12) * HOUR }
        };
        Self {
            settings,
            issuers,
            hosts: if large { 1 } else { random.between(1, 3) as usize },
            ends,
            between_changes: rarely(&mut random, 7),
            between_outages: rarely(&mut random, 10),
            between_floods: if large { 2 * HOUR } else { random.between(5, 60) * MINUTE },
            between_stranger_floods: if large { DAY } else { random.between(1, 6) * HOUR },
            between_restarts: rarely(&mut random, 5),
            between_exchanges: random.between(10, 120) * MINUTE,
            lost: random.one_of(&[0, 0, 2, 10]),
        }
    }
}

fn issuer(id: u32, is_pinned: bool, large: bool, random: &mut Random) -> Issuer {
    let is_aws = !is_pinned || random.chance(500);
    let name = match is_aws {
        true => format!("https://issuer-{id}.tokens.sts.global.api.aws"),
        false => format!("https://issuer-{id}.example.com/oidc"),
    };
    let between_tokens = match (large, id % 500) {
        (true, 3) => random.between(10, 60) * SECOND,
        (true, _) => random.between(2, 60) * HOUR,
        (false, _) => random.one_of(&[5 * SECOND, MINUTE, 5 * MINUTE, 20 * MINUTE, 3 * HOUR]),
    };
    let max_age =
        random.one_of(&[None, None, Some(0), Some(120), Some(600), Some(3600), Some(90_000)]);
    let naming =
        random.one_of(&[Naming::Numbered, Naming::Numbered, Naming::Random, Naming::Words]);
    let mut issuer = Issuer {
        name,
        naming,
        has_discovery: !is_aws || random.chance(700),
        is_pinned,
        max_age,
        age: max_age.map_or(0, |most| random.one_of(&[0, 0, most / 3, most])),
        between_tokens,
        published: Vec::new(),
        withdrawn: Vec::new(),
        condition: Condition::Well,
        well_since: 0,
        keys_made: 0,
    };
    issuer.publish_new(0, random);
    issuer
}

/// The defaults, with room for all issuers or for a part of them.
fn large_settings(issuers: u32, random: &mut Random) -> KeyStoreSettings {
    let all = issuers as usize;
    let max_issuers = random.one_of(&[all / 10, all / 2, all * 2]).max(1);
    KeyStoreSettings { max_issuers, ..KeyStoreSettings::default() }
}

fn settings(issuers: u32, random: &mut Random) -> KeyStoreSettings {
    KeyStoreSettings {
        lifetime_seconds: random.one_of(&[120, 900, 3600, 7200]),
        min_lifetime_seconds: random.one_of(&[10, 60, 120]),
        max_lifetime_seconds: random.one_of(&[7200, 86_400]),
        stale_if_error_seconds: random.one_of(&[0, 600, 3600, 86_400]),
        unknown_key_cooldown_seconds: random.one_of(&[3, 10, 10, 60]),
        replaced_key_cooldown_seconds: random.one_of(&[20, 60, 60, 300]),
        failure_cooldown_seconds: random.one_of(&[1, 5, 5, 20]),
        max_failure_cooldown_seconds: random.one_of(&[30, 300, 300, 900]),
        fetch_timeout_seconds: random.one_of(&[2, 5, 5, 20]),
        max_issuers: match random.chance(600) {
            true => 100_000,
            false => random.between(2, u64::from(issuers) * 2) as usize,
        },
        issuer_fetch_burst: random.one_of(&[6, 20, 20, 40]),
        issuer_fetches_per_minute: random.one_of(&[1, 6, 6, 12]),
        fetch_burst: random.one_of(&[10, 100, 100, 300]),
        fetches_per_minute: random.one_of(&[30, 600, 600]),
        ..KeyStoreSettings::default()
    }
}
