//! The curves y^2 = x^3 - 3x + b (SP 800-186, sections 3.2.1.3 and 3.2.1.4).

use std::sync::OnceLock;

use super::field::{Field, P256Field, P384Field};
use super::inversion::inverse;
use super::order::Order;
use super::point::Affine;
use super::table::Table;
use super::words::{self, Words};

/// A curve. Both have a prime order, so that every point but the one at infinity generates all.
pub(super) trait Curve: Sized + Send + Sync + 'static {
    type Field: Field;

    /// How long the prime and the order are.
    const BITS: u32;
    const ORDER: Order;
    /// The b of the equation, and the coordinates of the generator, with the highest octet first.
    const B: &'static [u8];
    const GENERATOR: [&'static [u8]; 2];

    /// An inverse modulo the prime or the order.
    fn inverse(value: &Words, modulus: &Words) -> Words;
    /// Where the generator's multiples are kept: a constant, too large to be shipped, that the first key
    /// to be prepared has computed.
    fn generator_table() -> &'static OnceLock<Table<Self>>;

    fn generator() -> Affine<Self::Field> {
        let [x, y] = Self::GENERATOR.map(words::from_be_bytes);
        Affine { x: Self::Field::from_words(&x), y: Self::Field::from_words(&y) }
    }

    /// x^3 - 3x + b.
    fn y_squared(x: &Self::Field) -> Self::Field {
        let b = Self::Field::from_words(&words::from_be_bytes(Self::B));
        let three = Self::Field::ONE.plus(&Self::Field::ONE).plus(&Self::Field::ONE).settled();
        x.squared().minus(&three).settled().times(x).plus(&b).settled()
    }
}

/// NIST P-256.
pub(super) enum P256 {}

impl Curve for P256 {
    type Field = P256Field;

    const BITS: u32 = 256;
    const ORDER: Order = Order {
        words: [
            0xfc63_2551,
            0xf3b9_cac2,
            0xa717_9e84,
            0xbce6_faad,
            0xffff_ffff,
            0xffff_ffff,
            0x0000_0000,
            0xffff_ffff,
            0,
            0,
            0,
            0,
        ],
        length: 8,
        squared: [
            0xbe79_eea2,
            0x8324_4c95,
            0x49bd_6fa6,
            0x4699_799c,
            0x2b6b_ec59,
            0x2845_b239,
            0xf3d9_5620,
            0x66e1_2d94,
            0,
            0,
            0,
            0,
        ],
        negative_inverse: 0xee00_bc4f,
    };
    const B: &'static [u8] = &[
        0x5a, 0xc6, 0x35, 0xd8, 0xaa, 0x3a, 0x93, 0xe7, 0xb3, 0xeb, 0xbd, 0x55, 0x76, 0x98, 0x86,
        0xbc, 0x65, 0x1d, 0x06, 0xb0, 0xcc, 0x53, 0xb0, 0xf6, 0x3b, 0xce, 0x3c, 0x3e, 0x27, 0xd2,
        0x60, 0x4b,
    ];
    const GENERATOR: [&'static [u8]; 2] = [
        &[
            0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4,
            0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45,
            0xd8, 0x98, 0xc2, 0x96,
        ],
        &[
            0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f,
            0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68,
            0x37, 0xbf, 0x51, 0xf5,
        ],
    ];

    fn inverse(value: &Words, modulus: &Words) -> Words {
        inverse::<9>(value, modulus)
    }

    fn generator_table() -> &'static OnceLock<Table<Self>> {
        static TABLE: OnceLock<Table<P256>> = OnceLock::new();
        &TABLE
    }
}

/// NIST P-384.
pub(super) enum P384 {}

impl Curve for P384 {
    type Field = P384Field;

    const BITS: u32 = 384;
    const ORDER: Order = Order {
        words: [
            0xccc5_2973,
            0xecec_196a,
            0x48b0_a77a,
            0x581a_0db2,
            0xf437_2ddf,
            0xc763_4d81,
            0xffff_ffff,
            0xffff_ffff,
            0xffff_ffff,
            0xffff_ffff,
            0xffff_ffff,
            0xffff_ffff,
        ],
        length: 12,
        squared: [
            0x19b4_09a9,
            0x2d31_9b24,
            0xdf1a_a419,
            0xff3d_81e5,
            0xfcb8_2947,
            0xbc3e_483a,
            0x4aab_1cc5,
            0xd40d_4917,
            0x2826_6895,
            0x3fb0_5b7a,
            0x2b39_bf21,
            0x0c84_ee01,
        ],
        negative_inverse: 0xe88f_dc45,
    };
    const B: &'static [u8] = &[
        0xb3, 0x31, 0x2f, 0xa7, 0xe2, 0x3e, 0xe7, 0xe4, 0x98, 0x8e, 0x05, 0x6b, 0xe3, 0xf8, 0x2d,
        0x19, 0x18, 0x1d, 0x9c, 0x6e, 0xfe, 0x81, 0x41, 0x12, 0x03, 0x14, 0x08, 0x8f, 0x50, 0x13,
        0x87, 0x5a, 0xc6, 0x56, 0x39, 0x8d, 0x8a, 0x2e, 0xd1, 0x9d, 0x2a, 0x85, 0xc8, 0xed, 0xd3,
        0xec, 0x2a, 0xef,
    ];
    const GENERATOR: [&'static [u8]; 2] = [
        &[
            0xaa, 0x87, 0xca, 0x22, 0xbe, 0x8b, 0x05, 0x37, 0x8e, 0xb1, 0xc7, 0x1e, 0xf3, 0x20,
            0xad, 0x74, 0x6e, 0x1d, 0x3b, 0x62, 0x8b, 0xa7, 0x9b, 0x98, 0x59, 0xf7, 0x41, 0xe0,
            0x82, 0x54, 0x2a, 0x38, 0x55, 0x02, 0xf2, 0x5d, 0xbf, 0x55, 0x29, 0x6c, 0x3a, 0x54,
            0x5e, 0x38, 0x72, 0x76, 0x0a, 0xb7,
        ],
        &[
            0x36, 0x17, 0xde, 0x4a, 0x96, 0x26, 0x2c, 0x6f, 0x5d, 0x9e, 0x98, 0xbf, 0x92, 0x92,
            0xdc, 0x29, 0xf8, 0xf4, 0x1d, 0xbd, 0x28, 0x9a, 0x14, 0x7c, 0xe9, 0xda, 0x31, 0x13,
            0xb5, 0xf0, 0xb8, 0xc0, 0x0a, 0x60, 0xb1, 0xce, 0x1d, 0x7e, 0x81, 0x9d, 0x7a, 0x43,
            0x1d, 0x7c, 0x90, 0xea, 0x0e, 0x5f,
        ],
    ];

    fn inverse(value: &Words, modulus: &Words) -> Words {
        inverse::<13>(value, modulus)
    }

    fn generator_table() -> &'static OnceLock<Table<Self>> {
        static TABLE: OnceLock<Table<P384>> = OnceLock::new();
        &TABLE
    }
}
