//! A hash of names.

use std::hash::{BuildHasherDefault, Hasher};

use crate::octets::{SPREAD, word};

/// For tables of names that nobody but their owner adds to, such as a policy's: strangers can only ask for one. It
/// is the same in every process, so in a table of strangers' names they could choose such as all share one place.
pub type HashNames = BuildHasherDefault<NameHasher>;

/// Eight octets at a time, by multiplication.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut hash = self.0 ^ bytes.len() as u64;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash.rotate_left(23) ^ word(bytes, at)).wrapping_mul(SPREAD);
            at += 8;
        }
        self.0 = hash;
    }

    /// What ends a text: its length has been taken in already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        // Multiplying moves what differs upwards, and tables look at the lowest bits.
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(SPREAD);
        mixed ^ (mixed >> 32)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::HashNames;

    fn hash(name: &str) -> u64 {
        HashNames::default().hash_one(name)
    }

    #[test]
    fn like_names_come_to_different_places() {
        let names: Vec<String> = (0..4096)
            .flat_map(|number| {
                [
                    format!("{number:012}"),
                    format!(
                        "https://{number:08x}-0000-4000-8000-000000000000.tokens.sts.global.api.aws"
                    ),
                    format!("arn:aws:iam::123456789012:role/service/job-{number}"),
                    "a".repeat(number),
                ]
            })
            .collect();
        let places = |bits: fn(u64) -> u64| {
            names.iter().map(|name| bits(hash(name))).collect::<HashSet<_>>()
        };
        assert_eq!(places(|hash| hash).len(), names.len());
        // By chance 63 of 100 places are taken where there are as many names as places.
        let bits: [fn(u64) -> u64; 3] =
            [|hash| hash & 0x3fff, |hash| hash >> 18 & 0x3fff, |hash| hash >> 50];
        for bits in bits {
            assert!(places(bits).len() > 9_500, "{}", places(bits).len());
        }
    }

    #[test]
    fn a_name_has_one_hash() {
        for (name, other) in [("", "\0"), ("a", "a\0"), ("12345678", "12345678\0"), ("ab", "ba")] {
            assert_ne!(hash(name), hash(other), "{name:?}");
        }
    }
}
