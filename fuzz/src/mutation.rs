//! Changes to an input, the same in every run.

/// A small generator of numbers (xorshift64*): what it draws has to be the same everywhere, and no more.
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`, which must not be 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        usize::try_from(drawn).unwrap_or_default() % bound
    }

    pub(crate) fn of<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        &choices[self.below(choices.len())]
    }
}

/// No changed input is longer.
const LONGEST: usize = 4096;

/// Changes an input in one to four places. `others` are inputs to take pieces from.
pub(crate) fn changed(
    input: &[u8],
    others: &[(String, Vec<u8>)],
    words: &[Vec<u8>],
    draws: &mut Draws,
) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=draws.below(4) {
        change(&mut bytes, others, words, draws);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, others: &[(String, Vec<u8>)], words: &[Vec<u8>], draws: &mut Draws) {
    let at = draws.below(bytes.len() + 1);
    let end = (at + 1 + draws.below(16)).min(bytes.len());
    match draws.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << draws.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = *draws.of(b"\0\n \"'%&*+,-./0189:;=?@AZ[\\]_az{|}~\x7f\x80\xc3\xff");
            }
        }
        2 => drop(bytes.drain(at..end)),
        3 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        4 => {
            let (_, other) = draws.of(others);
            let from = draws.below(other.len() + 1);
            let to = (from + 1 + draws.below(64)).min(other.len());
            bytes.splice(at..end, other[from..to].to_vec());
        }
        5 => bytes.truncate(at),
        _ => {
            // In place of something, or in between.
            let end = *draws.of(&[at, end]);
            bytes.splice(at..end, draws.of(words).clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Draws, changed};

    #[test]
    fn changes_are_many_and_always_the_same() {
        let others = [("other".to_owned(), b"another input".to_vec())];
        let words = [b"word".to_vec()];
        let all = || -> Vec<Vec<u8>> {
            let mut draws = Draws::new(7);
            (0..200).map(|_| changed(b"an input", &others, &words, &mut draws)).collect()
        };
        let mut drawn = all();
        assert_eq!(drawn, all());
        drawn.sort();
        drawn.dedup();
        assert!(drawn.len() > 150, "{}", drawn.len());
    }
}
