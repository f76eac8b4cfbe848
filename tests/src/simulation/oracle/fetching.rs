//! What may be fetched, and what its outcome may change.

use countersign::keys::Effect;

use super::view::{Flight, KnownSet, Likeness};
use super::{Checked, Oracle, broken};
use crate::simulation::documents::KeyNumber;
use crate::simulation::issuer::IssuerId;
use crate::simulation::key_id::KeyId;

/// Why something is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::simulation) enum Why {
    /// A signature does not match.
    Doubt,
    /// It follows from the outcome of the fetch before.
    FollowUp,
    /// It is got ready ahead of any token.
    Prepare,
    /// In the background, while the keys serve.
    Refresh,
    /// A token names this key.
    Token(KeyId),
}

/// What came of a fetch.
pub(in crate::simulation) struct Landing<'a> {
    pub(in crate::simulation) id: u64,
    /// The key set that was sent.
    pub(in crate::simulation) listed: Option<Vec<(KeyId, KeyNumber)>>,
    /// How long it may be used, by what was sent with it.
    pub(in crate::simulation) stated: Option<u64>,
    /// What the store says came of it.
    pub(in crate::simulation) effect: &'a Effect,
    /// Whether another fetch follows at once.
    pub(in crate::simulation) is_followed: bool,
}

impl Oracle {
    /// A store asked for a fetch.
    pub(in crate::simulation) fn began(
        &mut self,
        host: usize,
        issuer: IssuerId,
        id: u64,
        why: Why,
        now: u64,
    ) -> Checked {
        self.figures.fetches += 1;
        if why == Why::Refresh {
            self.figures.refreshes += 1;
        }
        if why != Why::FollowUp {
            self.may_begin(host, issuer, why, now)?;
        } else if !self.is_within_total(host, issuer, now) {
            return broken("budgets are kept", "of all issuers, by what follows from a fetch");
        }
        let before = self.view(host, issuer, now).flight.take();
        let is_one_more = before.is_none();
        let key_ids = match (why, before) {
            (Why::Token(key_id), _) => vec![key_id],
            // Those who wait go on waiting.
            (Why::FollowUp, Some(before)) => before.key_ids,
            _ => Vec::new(),
        };
        let is_uncertain = self.is_uncertain(host, issuer, now);
        let view = self.view(host, issuer, now);
        view.is_uncertain = is_uncertain;
        view.flight = Some(Flight { id, started: now, key_ids });
        view.meter.take(now);
        let (minute, excess) = (view.meter.in_last_minute(), view.meter.excess());
        let host = &mut self.hosts[host];
        host.total.take(now);
        let most = &mut self.figures.most_fetches_of_an_issuer_in_a_minute;
        *most = minute.max(*most);
        let most = &mut self.figures.most_fetches_in_a_minute;
        *most = host.total.in_last_minute().max(*most);
        host.flights += u64::from(is_one_more);
        host.most_flights = host.most_flights.max(host.flights);
        if host.total.excess() > 0 {
            return broken("budgets are kept", "a fetch on credit, of all issuers");
        }
        // The key set that AWS's form has not, the discovery document, and the key set that it names.
        if excess > 2 {
            return broken(
                "budgets are kept",
                format!("{excess} fetches on credit, of one issuer"),
            );
        }
        Ok(())
    }

    /// Whether the budget that all issuers share allows another fetch: strangers may use a part of it only.
    fn is_within_total(&mut self, host: usize, issuer: IssuerId, now: u64) -> bool {
        let is_stranger = !self.view(host, issuer, now).is_proven && issuer >= self.pinned;
        self.hosts[host].total.allows(is_stranger, now)
    }

    fn may_begin(&mut self, host: usize, issuer: IssuerId, why: Why, now: u64) -> Checked {
        let uncertain = self.is_uncertain(host, issuer, now);
        let settings = self.settings.clone();
        let timeout = settings.fetch_timeout_seconds + 2;
        let view = self.view(host, issuer, now);
        if uncertain && !view.meter.allows(false, now) {
            // Forgotten, and begun anew.
            view.budget_is_uncertain = true;
            view.meter = super::Meter::new(
                settings.issuer_fetch_burst,
                settings.issuer_fetches_per_minute,
                now,
            );
        }
        if !uncertain
            && let Some(flight) = &view.flight
            && now < flight.started + timeout
        {
            return broken("one fetch per issuer", format!("one began at {}", flight.started));
        }
        let for_key_id = match (why, view.fresh_set(now)) {
            (Why::Doubt, _) => true,
            (Why::Token(key_id), Some(set)) => !uncertain && !set.has_id(key_id),
            _ => false,
        };
        if !view.meter.allows(for_key_id && !uncertain, now) {
            return broken("budgets are kept", format!("of one issuer: {why:?}, {view:?}"));
        }
        if !uncertain && let Some(set) = &view.set {
            let age = now.saturating_sub(set.asked_at);
            let cooldown = settings.unknown_key_cooldown_seconds;
            if why == Why::Doubt && age < settings.replaced_key_cooldown_seconds {
                return broken("cool-downs are kept", format!("doubted after {age} s"));
            }
            let lifetime = set.fresh_until - set.asked_at;
            if why == Why::Refresh && age < lifetime * 75 / 100 {
                let detail = format!("renewed after {age} s of {lifetime} s");
                return broken("keys are not renewed too early", detail);
            }
            if for_key_id && let Why::Token(key_id) = why {
                let allowed = match view.likeness(key_id) {
                    _ if view.was_asked(key_id, now) => false,
                    Likeness::Alike => age >= cooldown || view.asked_count(now) < 4,
                    Likeness::Expected => true,
                    Likeness::Other => age >= cooldown,
                };
                if !allowed {
                    let detail = format!("{key_id}, {age} s after the last fetch: {view:?}");
                    return broken("cool-downs are kept", detail);
                }
            }
            if let Some((_, failures)) = view.failure
                && failures == 0
            {
                return broken("failures are counted", "none");
            }
        }
        if !self.is_within_total(host, issuer, now) {
            return broken("budgets are kept", "of all issuers");
        }
        Ok(())
    }

    /// The outcome of a fetch was supplied.
    pub(in crate::simulation) fn landed(
        &mut self,
        host: usize,
        issuer: IssuerId,
        landing: Landing<'_>,
        now: u64,
    ) -> Checked {
        let Landing { id, listed, stated, effect, is_followed } = landing;
        let forgotten = self.may_be_forgotten(host, issuer, now);
        let settings = self.settings.clone();
        let uncertain = self.is_uncertain(host, issuer, now);
        let view = self.view(host, issuer, now);
        let flight = match view.flight.take_if(|flight| flight.id == id) {
            Some(flight) if now < flight.started + settings.fetch_timeout_seconds + 2 => flight,
            _ if *effect == Effect::Ignored => return Ok(()),
            _ => return broken("late outcomes change nothing", format!("{effect:?}")),
        };
        if matches!(effect, Effect::Discovery { .. }) && is_followed {
            view.flight = Some(flight);
            return Ok(());
        }
        self.hosts[host].flights -= 1;
        if matches!(effect, Effect::Discovery { .. }) {
            return match self.is_within_total(host, issuer, now) && !uncertain {
                true => broken("what follows is fetched", "the budget would have allowed it"),
                false => Ok(()),
            };
        }
        let view = self.view(host, issuer, now);
        match (effect, listed) {
            (Effect::Loaded { fresh_until, .. }, Some(keys)) => {
                if view.set.as_ref().is_some_and(|set| set.asked_at > flight.started) && !uncertain
                {
                    let detail = "an older key set took the place of a newer one";
                    return broken("withdrawn keys stay withdrawn", detail);
                }
                let lifetime = stated
                    .unwrap_or(settings.lifetime_seconds)
                    .min(settings.max_lifetime_seconds)
                    .max(settings.min_lifetime_seconds);
                let set = KnownSet {
                    keys,
                    arrived_at: now,
                    asked_at: flight.started,
                    // It serves those who waited for it, at least.
                    fresh_until: (flight.started + lifetime).max(now + 1),
                };
                if *fresh_until != set.fresh_until {
                    let detail = format!("{} rather than {fresh_until}", set.fresh_until);
                    return broken("lifetimes are what was sent", detail);
                }
                view.load(set, &flight, now, settings.unknown_key_cooldown_seconds);
            }
            (Effect::Loaded { .. }, None) => {
                return broken("keys come from key sets", "loaded what was none");
            }
            (Effect::Failed { .. }, Some(_)) => {
                return broken("good answers are taken", format!("{effect:?}"));
            }
            (Effect::Failed { failures, retry_at, .. }, None) => {
                self.figures.failed_fetches += 1;
                let view = self.view(host, issuer, now);
                let expected = view.failure.map_or(1, |(_, count)| count + 1);
                if *failures != expected && !uncertain {
                    return broken("failures are counted", format!("{failures} of {expected}"));
                }
                view.failure = Some((now, *failures));
                let most = now + self.most_back_off(*failures);
                if *retry_at > most {
                    return broken("back-off is bounded", format!("until {retry_at}, not {most}"));
                }
                return Ok(());
            }
            (Effect::Ignored, Some(_)) => {
                let is_older = view.set.as_ref().is_some_and(|set| set.asked_at > flight.started);
                if is_older {
                    view.failure = None;
                } else if !forgotten {
                    return broken("good answers are taken", "one was ignored");
                }
                return Ok(());
            }
            _ => return Ok(()),
        }
        self.is_known_now(host, issuer, now);
        Ok(())
    }
}
