//! What a token says: registered claims (RFC 7519, section 4.1) and AWS's own claim.

mod aws;
mod catalogue;
mod instant;
mod registered;

pub use aws::{AWS_CLAIM, AwsClaims, Ec2, Glue, IdentityCenter, Lambda};
pub use catalogue::{Asserter, CATALOGUE, ClaimDescription, describe};
pub use instant::Instant;
pub use registered::{ClaimFault, Claims, MILLISECONDS_FROM};
