//! Public keys.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::curve::{Curve, P256, P384};
use super::field::Field;
use super::point::{Affine, Point};
use super::prepared::{Place, PreparedKeys};
use super::straus;
use super::table::Table;
use super::words::{self, Words};

/// Making a table takes as long as it saves in about a dozen verifications.
const RECURS: u32 = 16;

/// Bits of a window for a key's own multiples. One more saves 7 of about 100 additions over P-384, and
/// takes nearly twice the memory.
const KEY_WINDOW: u32 = 7;

/// Bits of a window for the generator's, which all keys of a curve share.
const GENERATOR_WINDOW: u32 = 8;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $curve:ty, $bytes:literal) => {
        $(#[$doc])*
        pub struct $name(Key<$curve>);

        impl $name {
            /// After how many uses a key has a table made: it is what making one costs.
            pub const RECURS: u32 = RECURS;

            /// A key by its coordinates; `None` if they are not those of a point of the curve.
            pub fn new(x: &[u8; $bytes], y: &[u8; $bytes]) -> Option<Self> {
                Key::of_coordinates(words::from_be_bytes(x), words::from_be_bytes(y)).map(Self)
            }

            /// A key by the octets of a point, compressed or not (SEC 1, section 2.3.4).
            pub fn from_sec1(point: &[u8]) -> Option<Self> {
                match point {
                    [4, xy @ ..] if xy.len() == 2 * $bytes => {
                        let (x, y) = xy.split_at($bytes);
                        Key::of_coordinates(words::from_be_bytes(x), words::from_be_bytes(y)).map(Self)
                    }
                    [tag @ (2 | 3), x @ ..] if x.len() == $bytes => {
                        Key::of_x(words::from_be_bytes(x), *tag == 3).map(Self)
                    }
                    _ => None,
                }
            }

            /// Whether `signature`, which is r and s, is one of a message with this digest.
            ///
            /// With room in `prepared`, a key that recurs is made ready on the way, which once takes as long as
            /// a dozen verifications, and makes all later ones several times faster.
            pub fn verify(
                &self,
                digest: &[u8; $bytes],
                signature: &[u8; 2 * $bytes],
                prepared: Option<&PreparedKeys>,
            ) -> bool {
                let (r, s) = signature.split_at($bytes);
                let [digest, r, s] = [digest, r, s].map(words::from_be_bytes);
                self.0.verify(&digest, &r, &s, prepared)
            }

            /// How often the key was used since this was last asked.
            pub fn take_uses(&self) -> u32 {
                self.0.uses.swap(0, Ordering::Relaxed)
            }

            /// The coordinates, the highest octet first.
            pub fn coordinates(&self) -> [[u8; $bytes]; 2] {
                self.0.coordinates.each_ref().map(words::to_be_bytes)
            }

            /// Whether the key is made ready.
            pub fn is_prepared(&self) -> bool {
                self.0.table.get().is_some()
            }

            /// How many bytes its table takes; 0 without one.
            pub fn table_bytes(&self) -> usize {
                self.0.table.get().map_or(0, |(table, _)| table.bytes())
            }
        }

        impl PartialEq for $name {
            /// Whether it is the same point.
            fn eq(&self, other: &Self) -> bool {
                self.0.coordinates == other.0.coordinates
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

key! {
    /// A public key over P-256.
    P256Key, P256, 32
}

key! {
    /// A public key over P-384.
    P384Key, P384, 48
}

struct Key<C: Curve> {
    coordinates: [Words; 2],
    /// How often the key was used since its owner last asked.
    uses: AtomicU32,
    table: OnceLock<(Table<C>, Place)>,
}

impl<C: Curve> Key<C> {
    /// There is no point with the coordinates 0 and 0, nor is infinity any that can be written so.
    fn of_coordinates(x: Words, y: Words) -> Option<Self> {
        let prime = &C::Field::PRIME;
        if !words::is_less(&x, prime) || !words::is_less(&y, prime) {
            return None;
        }
        let y_squared = C::y_squared(&C::Field::from_words(&x));
        let on_curve = C::Field::from_words(&y).squared().minus(&y_squared).is_zero();
        on_curve.then(|| Self {
            coordinates: [x, y],
            uses: AtomicU32::new(0),
            table: OnceLock::new(),
        })
    }

    /// The point with this x whose y is odd or even.
    fn of_x(x: Words, odd: bool) -> Option<Self> {
        if !words::is_less(&x, &C::Field::PRIME) {
            return None;
        }
        let y = square_root(&C::y_squared(&C::Field::from_words(&x))).to_words();
        let is_odd = words::bits(&y, 0, 1) == 1;
        let other = |y: &Words| words::difference(&C::Field::PRIME, y);
        // There is no point whose y is zero, because the order is prime.
        Self::of_coordinates(x, if is_odd == odd { y } else { other(&y) })
    }

    fn point(&self) -> Affine<C::Field> {
        let [x, y] = &self.coordinates;
        Affine { x: C::Field::from_words(x), y: C::Field::from_words(y) }
    }

    /// FIPS 186-5, section 6.4.2.
    fn verify(
        &self,
        digest: &Words,
        r: &Words,
        s: &Words,
        prepared: Option<&PreparedKeys>,
    ) -> bool {
        let order = &C::ORDER;
        if !order.has_unit(r) || !order.has_unit(s) {
            return false;
        }
        let [u, v] = order.products(digest, r, &C::inverse(s, &order.words));
        let sum = match self.tables(prepared) {
            Some((generator, key)) => sum_of_summands(generator, &u, key, &v),
            None => straus::sum_of_multiples::<C>([&u, &v], [&C::generator(), &self.point()]),
        };
        !sum.is_infinity() && Self::has_x(&sum, r)
    }

    /// Whether the point's x, a number modulo the prime, is r modulo the order. It is compared with each of
    /// the one or two numbers below the prime that r stands for, so that no inverse is needed.
    fn has_x(point: &Point<C::Field>, r: &Words) -> bool {
        let prime = &C::Field::PRIME;
        let is_x = |x: &Words| point.has_x(&C::Field::from_words(x));
        let beyond = words::difference(prime, &C::ORDER.words);
        is_x(r) || (words::is_less(r, &beyond) && is_x(&words::sum(r, &C::ORDER.words)))
    }

    /// The generator's table and this key's, made when it has recurred often enough.
    fn tables(&self, prepared: Option<&PreparedKeys>) -> Option<(&Table<C>, &Table<C>)> {
        let uses = self.uses.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        if self.table.get().is_none() && uses.is_multiple_of(RECURS) {
            self.prepare(prepared?);
        }
        let (table, _) = self.table.get()?;
        let generator = C::generator_table();
        Some((generator.get_or_init(|| Table::new(&C::generator(), GENERATOR_WINDOW)), table))
    }

    /// Nobody waits for a table: whoever's use makes the number full makes it, and others go on without.
    fn prepare(&self, prepared: &PreparedKeys) {
        if let Some(place) = prepared.take() {
            // If another thread was as quick, its table is as good, and this place is given back.
            let _ = self.table.set((Table::new(&self.point(), KEY_WINDOW), place));
        }
    }
}

/// The sum of a multiple of each table's point.
///
/// It is added up without looking out for points that are equal or each other's negative, which does not
/// happen unless someone makes it happen. If it does, or if the sum is infinity, infinity is what comes out:
/// then the sum is made again, looking out.
fn sum_of_summands<C: Curve>(
    generator: &Table<C>,
    u: &Words,
    key: &Table<C>,
    v: &Words,
) -> Point<C::Field> {
    let summands = || generator.summands(u).chain(key.summands(v));
    let mut rest = summands();
    let Some(first) = rest.next() else { return Point::INFINITY };
    let sum = rest.fold(Point::from(&first), |sum, point| sum.plus_unchecked(&point));
    if sum.is_infinity() {
        return summands().fold(Point::INFINITY, |sum, point| sum.plus(&point));
    }
    sum
}

/// The root of a square, for primes that are 3 modulo 4: its power by (p + 1)/4. For others, some number.
fn square_root<F: Field>(square: &F) -> F {
    let one = words::from_be_bytes(&[1]);
    let exponent = words::sum(&F::PRIME, &one);
    let bits = u32::BITS * words::WORDS as u32;
    (2..bits).rev().fold(F::ONE, |root, at| {
        let root = root.squared();
        if words::bits(&exponent, at, 1) == 1 { root.times(square) } else { root }
    })
}
