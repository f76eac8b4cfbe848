//! What may be accepted, and what may be refused.

use countersign::keys::Refusal;

use super::view::Likeness;
use super::{Checked, Oracle, broken};
use crate::simulation::agenda::{Millis, seconds};
use crate::simulation::documents::KeyNumber;
use crate::simulation::issuer::{Issuer, IssuerId};
use crate::simulation::key_id::KeyId;

/// How long after a repeated attempt was due stale keys serve while it is made.
const RETRIED_WITHIN_SECONDS: u64 = 60;

/// Why a token was not accepted.
#[derive(Clone, Debug)]
pub(in crate::simulation) enum Verdict {
    /// There is a key with its id, and it is another one.
    OtherKey,
    Refused(Refusal),
}

/// A token's key: what it names, and what signed it, if any key did.
type Named = (KeyId, Option<KeyNumber>);

impl Oracle {
    /// Somebody waits for a fetch that is under way, until this second at most.
    pub(in crate::simulation) fn waits(
        &mut self,
        host: usize,
        issuer: IssuerId,
        key_id: KeyId,
        until: u64,
        now: u64,
    ) -> Checked {
        let most = self.given_up(now);
        if until <= now || until > most {
            return broken("no lookup waits forever", format!("until {until}, at {now}"));
        }
        self.view(host, issuer, now).waits(key_id, now);
        Ok(())
    }

    /// A token has to wait for a fetch.
    pub(in crate::simulation) fn delayed(
        &mut self,
        host: usize,
        issuer: IssuerId,
        key_id: KeyId,
        now: u64,
    ) -> Checked {
        let forgotten = self.may_be_forgotten(host, issuer, now);
        let view = self.view(host, issuer, now);
        if view.fresh_set(now).is_some_and(|set| set.has_id(key_id)) && !forgotten {
            let invariant = match issuer < self.pinned {
                true => "pinned issuers stay",
                false => "fresh keys serve at once",
            };
            let (evictions, settings) = (self.hosts[host].evictions, self.settings.clone());
            let view = self.view(host, issuer, now);
            return broken(
                invariant,
                format!("{key_id} is there at {now}: {view:?} {evictions} {settings:?}"),
            );
        }
        Ok(())
    }

    /// A store gave out a key.
    pub(in crate::simulation) fn ready(
        &mut self,
        host: usize,
        issuer: IssuerId,
        (key_id, key): (KeyId, KeyNumber),
        stale: bool,
        now: u64,
    ) -> Checked {
        const INVARIANT: &str = "withdrawn keys stay withdrawn";
        self.is_known_now(host, issuer, now);
        let stale_for = self.settings.stale_if_error_seconds;
        let view = self.view(host, issuer, now);
        let Some(set) = view.set.clone() else {
            return broken(INVARIANT, "a key of an issuer that sent none");
        };
        if !set.has(key_id, key) {
            let detail = format!("{key_id} (key {key}) is not in the newest set: {:?}", set.keys);
            return broken(INVARIANT, detail);
        }
        if !stale {
            return match set.is_fresh(now) {
                true => Ok(()),
                false => broken(INVARIANT, format!("used as fresh, {}", set.fresh_until)),
            };
        }
        if set.is_fresh(now) {
            return broken("fresh keys are not called stale", format!("{}", set.fresh_until));
        }
        if now >= set.fresh_until + stale_for {
            return broken(INVARIANT, format!("served {} s past", now - set.fresh_until));
        }
        let failure = view.failure;
        let is_failing = failure.is_some_and(|(at, count)| {
            now < at + self.most_back_off(count) + RETRIED_WITHIN_SECONDS
        });
        if !is_failing && !self.is_out_of_budget(host, issuer, false, now) {
            let view = self.view(host, issuer, now).clone();
            let detail = format!(
                "stale without an outage, at {now}: {view:?}, {:?}",
                self.hosts[host].total
            );
            return broken(INVARIANT, detail);
        }
        Ok(())
    }

    /// A token was accepted.
    pub(in crate::simulation) fn accepted(
        &mut self,
        host: usize,
        id: IssuerId,
        issuer: &Issuer,
        (key_id, key): (KeyId, KeyNumber),
        stale: bool,
        time: Millis,
    ) {
        self.view(host, id, seconds(time)).is_proven = true;
        let figures = &mut self.figures;
        figures.accepted += 1;
        figures.accepted_stale += u64::from(stale);
        if issuer.publication(key_id, key).is_none()
            && let Some(withdrawal) = issuer.withdrawal(key_id, key)
        {
            figures.accepted_withdrawn += 1;
            let late = time - withdrawal.at;
            let is_reachable = issuer.condition.is_well() && issuer.well_since <= withdrawal.at;
            let longest = match is_reachable {
                true => &mut figures.longest_withdrawn_reachable,
                false => &mut figures.longest_withdrawn_unreachable,
            };
            *longest = late.max(*longest);
        }
    }

    /// A token was not accepted. `issuer` is nothing where a stranger made it up.
    pub(in crate::simulation) fn refused(
        &mut self,
        host: usize,
        id: IssuerId,
        issuer: Option<&Issuer>,
        (key_id, key): Named,
        verdict: &Verdict,
        time: Millis,
    ) -> Checked {
        let now = seconds(time);
        let forgotten = self.may_be_forgotten(host, id, now);
        let stale_for = self.settings.stale_if_error_seconds;
        let view = self.view(host, id, now);
        let has = view.set.as_ref().filter(|set| key.is_some_and(|key| set.has(key_id, key)));
        if let Some(set) = has
            && now < set.fresh_until + stale_for
            && !forgotten
        {
            let invariant = match now < set.fresh_until {
                true => "good tokens pass",
                false => "keys serve on through an outage",
            };
            return broken(invariant, format!("{key_id} is there: {verdict:?}"));
        }
        let publication = issuer.zip(key).and_then(|(issuer, key)| issuer.publication(key_id, key));
        let (Some(issuer), Some(publication)) = (issuer, publication) else {
            self.figures.refused_bad += 1;
            return Ok(());
        };
        if !issuer.condition.is_well() {
            self.figures.refused_unwell += 1;
            return Ok(());
        }
        match verdict {
            Verdict::Refused(Refusal::UnknownKey { .. }) => {
                self.refused_unknown(host, id, key_id, publication.since, time)
            }
            Verdict::Refused(Refusal::Unavailable { .. }) => {
                self.refused_unavailable(host, id, issuer, key_id, time)
            }
            Verdict::OtherKey => {
                self.refused_replaced(host, id, issuer, key_id, publication.since, time)
            }
            Verdict::Refused(other) => broken("good tokens pass", format!("{other:?}")),
        }
    }

    /// A key id that is published was said to be unknown: so it may be only just after it was asked for,
    /// or where it does not look like the issuer's own, and the set was fetched only just before.
    fn refused_unknown(
        &mut self,
        host: usize,
        id: IssuerId,
        key_id: KeyId,
        since: Millis,
        time: Millis,
    ) -> Checked {
        const INVARIANT: &str = "a rotation is picked up";
        let now = seconds(time);
        let cooldown = self.settings.unknown_key_cooldown_seconds;
        let most = self.given_up(seconds(since)) + cooldown;
        let uncertain = self.is_uncertain(host, id, now);
        let view = self.view(host, id, now);
        let Some(set) = view.fresh_set(now) else {
            return broken(INVARIANT, format!("{key_id} is unknown by no fresh set"));
        };
        let is_shared = now < set.asked_at + cooldown || now == set.arrived_at;
        let excused = match view.likeness(key_id) {
            _ if view.was_asked(key_id, now) || uncertain => true,
            Likeness::Expected => false,
            Likeness::Alike => is_shared && view.asked_count(now) >= 4,
            Likeness::Other => is_shared,
        };
        if !excused || now > most {
            let late = time - since;
            return broken(INVARIANT, format!("{key_id} unknown after {late} ms: {view:?}"));
        }
        self.figures.refused_good_cooldown += 1;
        let longest = &mut self.figures.longest_refusal_after_rotation;
        *longest = (time - since).max(*longest);
        Ok(())
    }

    /// The key under this id is still the one before: so it may be for the cool-down of replaced keys.
    fn refused_replaced(
        &mut self,
        host: usize,
        id: IssuerId,
        issuer: &Issuer,
        key_id: KeyId,
        since: Millis,
        time: Millis,
    ) -> Checked {
        let now = seconds(time);
        let cooldown = self.settings.replaced_key_cooldown_seconds;
        let most = self.given_up(seconds(since)) + cooldown;
        let uncertain = self.is_uncertain(host, id, now);
        let view = self.view(host, id, now);
        let is_new = view
            .set
            .as_ref()
            .is_some_and(|set| now < set.asked_at + cooldown || now == set.arrived_at);
        if (is_new || uncertain) && now <= most {
            self.figures.refused_good_replaced += 1;
            let longest = &mut self.figures.longest_refusal_after_same_id;
            *longest = (time - since).max(*longest);
            return Ok(());
        }
        self.refused_unavailable(host, id, issuer, key_id, time)
    }

    /// Nothing may be fetched: so it may be in the back-off after an outage that is over, and where a
    /// budget is used up.
    fn refused_unavailable(
        &mut self,
        host: usize,
        id: IssuerId,
        issuer: &Issuer,
        key_id: KeyId,
        time: Millis,
    ) -> Checked {
        let now = seconds(time);
        let view = self.view(host, id, now);
        let for_key_id = view.fresh_set(now).is_some() || {
            // A signature that does not match is judged by keys that are stale, too.
            view.set.as_ref().is_some_and(|set| set.has_id(key_id))
        };
        let failure = view.failure;
        if let Some((at, count)) = failure
            && now < at + self.most_back_off(count)
        {
            if at > self.given_up(seconds(issuer.well_since)) {
                return broken("good answers are taken", "a failure of an issuer that is up");
            }
            self.figures.refused_good_backoff += 1;
            let longest = &mut self.figures.longest_refusal_after_outage;
            *longest = time.saturating_sub(issuer.well_since).max(*longest);
            return Ok(());
        }
        if self.is_out_of_budget(host, id, for_key_id, now) {
            self.figures.refused_good_budget += 1;
            return Ok(());
        }
        let view = self.view(host, id, now);
        broken("good tokens pass", format!("{key_id} is not available: {view:?}"))
    }

    fn is_out_of_budget(
        &mut self,
        host: usize,
        issuer: IssuerId,
        for_key_id: bool,
        now: u64,
    ) -> bool {
        let is_uncertain = self.is_uncertain(host, issuer, now);
        let is_pinned = issuer < self.pinned;
        let view = self.view(host, issuer, now);
        let is_stranger = !is_pinned && (!view.is_proven || is_uncertain);
        view.budget_is_uncertain
            || !view.meter.allows(for_key_id, now)
            || !self.hosts[host].total.allows(is_stranger, now)
    }
}
