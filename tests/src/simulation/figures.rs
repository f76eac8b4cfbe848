//! What a simulation adds up to.

use std::fmt;

/// Totals, and the worst that was seen. Times are in milliseconds of virtual time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "`Display` says what each of them is")]
#[non_exhaustive]
pub struct Figures {
    pub seeds: u64,
    pub virtual_time: u64,
    pub lookups: u64,
    pub accepted: u64,
    pub accepted_stale: u64,
    pub accepted_withdrawn: u64,
    pub refused_good_cooldown: u64,
    pub refused_good_replaced: u64,
    pub refused_good_backoff: u64,
    pub refused_good_budget: u64,
    pub refused_unwell: u64,
    pub refused_bad: u64,
    pub first_tokens: u64,
    pub dropped_by_restart: u64,
    pub fetches: u64,
    pub failed_fetches: u64,
    pub refreshes: u64,
    pub evictions: u64,
    pub restarts: u64,
    pub exchanges: u64,
    pub changes: u64,
    pub outages: u64,
    pub most_issuers: u64,
    pub most_key_ids: u64,
    pub most_fetches_in_a_minute: u64,
    pub most_fetches_of_an_issuer_in_a_minute: u64,
    pub longest_lookup: u64,
    pub longest_refusal_after_rotation: u64,
    pub longest_refusal_after_same_id: u64,
    pub longest_refusal_after_outage: u64,
    pub longest_withdrawn_reachable: u64,
    pub longest_withdrawn_unreachable: u64,
}

impl Figures {
    /// Adds what another simulation came to.
    pub fn add(&mut self, other: &Self) {
        macro_rules! fields {
            (sum $($sum:ident)*; most $($most:ident)*) => {
                $(self.$sum += other.$sum;)*
                $(self.$most = self.$most.max(other.$most);)*
            };
        }
        fields!(
            sum seeds virtual_time lookups accepted accepted_stale accepted_withdrawn
                refused_good_cooldown refused_good_replaced refused_good_backoff
                refused_good_budget refused_unwell refused_bad first_tokens dropped_by_restart
                fetches failed_fetches refreshes evictions restarts exchanges changes outages;
            most most_issuers most_key_ids most_fetches_in_a_minute
                most_fetches_of_an_issuer_in_a_minute longest_lookup
                longest_refusal_after_rotation longest_refusal_after_same_id
                longest_refusal_after_outage longest_withdrawn_reachable
                longest_withdrawn_unreachable
        );
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = self.virtual_time as f64 / (30.0 * 86_400_000.0);
        let seconds = |millis: u64| format!("{:.1} s", millis as f64 / 1000.0);
        let lines = [
            ("seeds", self.seeds.to_string()),
            ("simulated months of 30 days", format!("{months:.1}")),
            ("lookups", self.lookups.to_string()),
            ("tokens accepted", self.accepted.to_string()),
            ("  with keys past their lifetime, in an outage", self.accepted_stale.to_string()),
            (
                "  signed with a withdrawn key, within its bound",
                self.accepted_withdrawn.to_string(),
            ),
            ("  the first of a new key, at once", self.first_tokens.to_string()),
            ("tokens refused without a valid signature", self.refused_bad.to_string()),
            ("good tokens refused while their issuer was down", self.refused_unwell.to_string()),
            ("good tokens refused while their issuer was up", self.refused_good().to_string()),
            ("  key id asked for just before", self.refused_good_cooldown.to_string()),
            ("  key replaced under its id just before", self.refused_good_replaced.to_string()),
            ("  back-off after an outage", self.refused_good_backoff.to_string()),
            ("  budget used up", self.refused_good_budget.to_string()),
            ("tokens whose process was restarted", self.dropped_by_restart.to_string()),
            ("fetches", self.fetches.to_string()),
            ("  that failed", self.failed_fetches.to_string()),
            ("  in the background", self.refreshes.to_string()),
            ("changes of published keys", self.changes.to_string()),
            ("outages", self.outages.to_string()),
            ("restarts", self.restarts.to_string()),
            ("snapshots passed between processes", self.exchanges.to_string()),
            ("issuers forgotten", self.evictions.to_string()),
            ("most issuers held", self.most_issuers.to_string()),
            ("most key ids remembered of an issuer", self.most_key_ids.to_string()),
            ("most fetches in a minute", self.most_fetches_in_a_minute.to_string()),
            (
                "most fetches of one issuer in a minute",
                self.most_fetches_of_an_issuer_in_a_minute.to_string(),
            ),
            ("longest lookup", seconds(self.longest_lookup)),
            ("longest refusal of a new key id", seconds(self.longest_refusal_after_rotation)),
            (
                "longest refusal of a key replaced under its id",
                seconds(self.longest_refusal_after_same_id),
            ),
            ("longest refusal after an outage", seconds(self.longest_refusal_after_outage)),
            (
                "longest use of a withdrawn key, issuer up",
                seconds(self.longest_withdrawn_reachable),
            ),
            (
                "longest use of a withdrawn key, issuer down",
                seconds(self.longest_withdrawn_unreachable),
            ),
        ];
        for (name, value) in lines {
            writeln!(f, "{name:<52}{value:>14}")?;
        }
        Ok(())
    }
}

impl Figures {
    /// How many good tokens were refused while their issuer was up.
    pub fn refused_good(&self) -> u64 {
        self.refused_good_cooldown
            + self.refused_good_replaced
            + self.refused_good_backoff
            + self.refused_good_budget
    }
}
