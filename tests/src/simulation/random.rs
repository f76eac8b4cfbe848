//! Randomness from a seed alone, the same on every machine.

/// A source of numbers: SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.number() % (most - least + 1)
    }

    /// A position in a list that long, which is not empty.
    pub(super) fn position(&mut self, length: usize) -> usize {
        (self.number() % length as u64) as usize
    }

    /// Whether something that happens so many times in a thousand happens.
    pub(super) fn chance(&mut self, in_a_thousand: u64) -> bool {
        self.number() % 1000 < in_a_thousand
    }

    /// A wait of that length on average.
    pub(super) fn wait(&mut self, mean: u64) -> u64 {
        self.between(1, mean * 2)
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.position(choices.len())]
    }
}
