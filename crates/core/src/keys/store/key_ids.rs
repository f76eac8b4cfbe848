//! Which key ids are worth a fetch when the key set does not have them.
//!
//! A key id that nobody knows is a rotation or an invention, and only a fetch can tell. One cool-down for
//! all of them would let inventions hide a rotation; one fetch for each would let strangers choose how
//! often this host fetches. So each key id has its own cool-down where it looks like what the issuer
//! would publish next, and all others share one.

use super::time::Span;

/// How many key ids are remembered, of each kind.
const REMEMBERED: usize = 16;
/// How many random-looking key ids may each cause a fetch within one cool-down.
const ALIKE_AT_ONCE: usize = 4;
/// From how many characters on a key id may be a random one.
const RANDOM_FROM: usize = 16;
/// The key ids that AWS's issuers begin with: the next of either may appear where only the other was.
const FIRST_OF_AWS: [&str; 2] = ["EC384_0", "RSA_0"];
/// How far from a published number the next one may be.
const FURTHEST: u64 = 2;

/// What is remembered of an issuer's key ids.
#[derive(Debug, Default)]
pub(super) struct KeyIds {
    /// Fetched for, and not there. Until when that is believed.
    asked: Vec<(String, Span)>,
    /// Published once, and not any more.
    former: Vec<String>,
}

/// How much a key id looks like one that the issuer would publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// Of the same random form as a published one.
    Alike,
    /// The next in a published sequence, or one that was published before.
    Expected,
    /// Neither.
    Other,
}

impl KeyIds {
    /// Whether the issuer was just asked for this very key id, and did not have it.
    pub(super) fn was_asked(&self, key_id: &str, now: u64) -> bool {
        self.asked.iter().any(|(asked, span)| asked == key_id && !span.is_over(now))
    }

    /// How many key ids are remembered.
    pub(super) fn count(&self) -> usize {
        self.asked.len() + self.former.len()
    }

    /// Whether a key id that was not asked for is worth a fetch. `shared` is the cool-down of all that do
    /// not look like the issuer's own.
    pub(super) fn is_worth_a_fetch(
        &self,
        key_id: &str,
        published: &[String],
        shared: Span,
        now: u64,
    ) -> bool {
        match self.likeness(key_id, published) {
            Likeness::Expected => true,
            Likeness::Alike => {
                let under_way = self.asked.iter().filter(|(_, span)| !span.is_over(now));
                under_way.count() < ALIKE_AT_ONCE || shared.is_over(now)
            }
            Likeness::Other => shared.is_over(now),
        }
    }

    /// Takes note of a key set that arrived: what was asked for and is not in it is believed not to be
    /// there for a while, and what it lacks of the one before is remembered.
    pub(super) fn arrived(
        &mut self,
        asked: Vec<String>,
        before: &[String],
        published: &[String],
        cooldown: Span,
    ) {
        let now = cooldown.start();
        self.asked.retain(|(id, span)| !span.is_over(now) && !published.contains(id));
        for id in asked.into_iter().filter(|id| !published.contains(id)) {
            self.asked.retain(|(known, _)| *known != id);
            remember(&mut self.asked, (id, cooldown));
        }
        self.former.retain(|id| !published.contains(id));
        for id in before.iter().filter(|id| !published.contains(id)) {
            if !self.former.contains(id) {
                remember(&mut self.former, id.clone());
            }
        }
    }

    fn likeness(&self, key_id: &str, published: &[String]) -> Likeness {
        let known = || published.iter().chain(&self.former).map(String::as_str);
        if self.former.iter().any(|former| former == key_id)
            || known().chain(FIRST_OF_AWS).any(|known| follows(known, key_id))
        {
            Likeness::Expected
        } else if known().any(|known| is_alike(known, key_id)) {
            Likeness::Alike
        } else {
            Likeness::Other
        }
    }
}

/// Keeps the newest.
fn remember<T>(list: &mut Vec<T>, item: T) {
    if list.len() >= REMEMBERED {
        list.remove(0);
    }
    list.push(item);
}

/// Whether two key ids are near each other in one sequence, as `RSA_0` and `RSA_1` are.
fn follows(known: &str, key_id: &str) -> bool {
    match (numbered(known), numbered(key_id)) {
        (Some((before, number, after)), Some((other_before, other_number, other_after))) => {
            before == other_before
                && after == other_after
                && number.abs_diff(other_number) <= FURTHEST
        }
        _ => false,
    }
}

/// A key id around its last number.
fn numbered(key_id: &str) -> Option<(&str, u64, &str)> {
    let end = key_id.rfind(|c: char| c.is_ascii_digit())?.checked_add(1)?;
    let (head, after) = key_id.split_at_checked(end)?;
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
    // Digits that do not fit are no sequence number.
    Some((before, head.get(before.len()..)?.parse().ok()?, after))
}

/// Whether two key ids look drawn from the same random source: as long, of the same alphabet, and with
/// the same separators at the same places.
fn is_alike(known: &str, key_id: &str) -> bool {
    known.len() >= RANDOM_FROM
        && known.len() == key_id.len()
        && alphabet(known) == alphabet(key_id)
        && separators(known).eq(separators(key_id))
}

#[derive(PartialEq, Eq)]
enum Alphabet {
    Hexadecimal,
    Letters,
}

fn alphabet(key_id: &str) -> Alphabet {
    let hexadecimal = |c: char| c.is_ascii_hexdigit() || !c.is_ascii_alphanumeric();
    if key_id.chars().all(hexadecimal) { Alphabet::Hexadecimal } else { Alphabet::Letters }
}

/// Characters of no base64url or hexadecimal text, and dashes where they divide hexadecimal ones.
fn separators(key_id: &str) -> impl Iterator<Item = (usize, char)> {
    let hexadecimal = alphabet(key_id) == Alphabet::Hexadecimal;
    key_id.char_indices().filter(move |(_, c)| {
        !c.is_ascii_alphanumeric() && (hexadecimal || !matches!(c, '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::{ALIKE_AT_ONCE, KeyIds, Likeness, REMEMBERED};
    use crate::keys::store::time::Span;

    const UUID: &str = "0f3c9a34-6b1e-4d0c-8a77-0d3b6a2e9c11";

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn successors_are_expected_and_inventions_are_not() {
        let memory = KeyIds { former: ids(&["old"]), ..KeyIds::default() };
        let published = ids(&["RSA_1", "EC384_1", UUID, "key", "2026-11-25"]);
        for (key_id, expected) in [
            ("RSA_2", Likeness::Expected),
            ("RSA_3", Likeness::Expected),
            ("RSA_0", Likeness::Expected),
            ("EC384_2", Likeness::Expected),
            ("2026-11-26", Likeness::Expected),
            ("EC384_0", Likeness::Expected),
            ("old", Likeness::Expected),
            ("RSA_4", Likeness::Other),
            ("RSA_1000", Likeness::Other),
            ("EC385_1", Likeness::Other),
            ("rsa_2", Likeness::Other),
            ("RSA_2x", Likeness::Other),
            ("RSA_99999999999999999999999", Likeness::Other),
            ("junk-1", Likeness::Other),
            ("junk", Likeness::Other),
            ("", Likeness::Other),
            ("é1", Likeness::Other),
            ("7a3c9a34-6b1e-4d0c-8a77-0d3b6a2e9cff", Likeness::Alike),
            ("7a3c9a34-6b1e-4d0c-8a77-0d3b6a2e9cfz", Likeness::Other),
            ("7a3c9a34-6b1e-4d0c-8a770-d3b6a2e9cff", Likeness::Other),
            ("7a3c9a34-6b1e-4d0c-8a77-0d3b6a2e9cf", Likeness::Other),
        ] {
            assert_eq!(memory.likeness(key_id, &published), expected, "{key_id}");
        }
        let thumbprint = ids(&["NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"]);
        let other = "HOrNzbLsXh8uDCcd6MN-wXF4W_7noWXFZAfHkxZsRGC";
        assert_eq!(memory.likeness(other, &thumbprint), Likeness::Alike);
        assert_eq!(memory.likeness("HOrNzbLsXh8u.Ccd6MN", &thumbprint), Likeness::Other);
    }

    #[test]
    fn a_flood_of_random_ids_is_let_through_a_few_times_only() {
        let mut memory = KeyIds::default();
        let published = ids(&[UUID]);
        let shared = Span::new(100, 10);
        let mut fetches = 0;
        for index in 0..50 {
            let key_id = format!("{index:08x}-6b1e-4d0c-8a77-0d3b6a2e9c11");
            if memory.is_worth_a_fetch(&key_id, &published, shared, 100) {
                memory.arrived(vec![key_id], &published, &published, shared);
                fetches += 1;
            }
        }
        assert_eq!(fetches, ALIKE_AT_ONCE);
        let key_id = "7a3c9a34-6b1e-4d0c-8a77-0d3b6a2e9cff";
        assert!(memory.is_worth_a_fetch(key_id, &published, shared, 110));
    }

    #[test]
    fn what_was_asked_for_is_believed_for_a_while_and_no_longer_than_it_is_so() {
        let mut memory = KeyIds::default();
        let (before, after) = (ids(&["RSA_0"]), ids(&["RSA_1"]));
        memory.arrived(ids(&["RSA_1"]), &before, &before, Span::new(100, 10));
        assert!(memory.was_asked("RSA_1", 109));
        assert!(!memory.was_asked("RSA_2", 109));
        assert!(!memory.was_asked("RSA_1", 110));
        memory.arrived(ids(&["RSA_2"]), &before, &after, Span::new(105, 10));
        assert!(!memory.was_asked("RSA_1", 106), "it is there now");
        assert_eq!(memory.former, before);
        memory.arrived(Vec::new(), &after, &before, Span::new(106, 10));
        assert_eq!(memory.former, after, "what is back is not former");
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = KeyIds::default();
        for index in 0..1000 {
            let asked = vec![format!("asked-{index}")];
            let before = vec![format!("former-{index}")];
            memory.arrived(asked, &before, &[], Span::new(100, 10));
        }
        assert_eq!((memory.asked.len(), memory.former.len()), (REMEMBERED, REMEMBERED));
        assert!(memory.was_asked("asked-999", 100));
    }
}
