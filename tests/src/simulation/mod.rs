//! A fleet on virtual time: issuers that rotate their keys and fail, hosts that verify, strangers that flood.
//!
//! The key store does no input or output and reads no clock, so a month passes in seconds. All follows
//! from one seed. An oracle that knows only what was sent to each store, and what the settings'
//! documentation promises, judges every answer.

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from the simulation itself: one that is out of range is a defect of it"
)]

mod agenda;
mod caller;
mod documents;
mod events;
mod figures;
mod host;
mod issuer;
mod key_id;
mod oracle;
mod plan;
mod random;
mod store;
mod trace;
mod traffic;
mod world;

use std::fmt;

pub use figures::Figures;
pub use plan::Scale;
pub use store::{MakeStore, Store, key_store, real};
use world::World;

/// A promise that was broken, and how to see it again.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// What the world came from.
    pub seed: u64,
    /// How large it was.
    pub scale: Scale,
    /// When, in milliseconds since the simulation began.
    pub time: u64,
    /// Which promise.
    pub invariant: &'static str,
    /// What was found.
    pub detail: String,
    /// The last events that have to do with it.
    pub events: Vec<String>,
}

/// Lets a world go by.
///
/// # Errors
/// The first promise that was broken.
pub fn simulate(seed: u64, scale: Scale, make: MakeStore<'_>) -> Result<Figures, Box<Failure>> {
    const EVENTS: usize = 40;
    let mut world = World::new(seed, scale, make);
    world.run().map_err(|violation| {
        let issuer = world.trace.last_issuer;
        Box::new(Failure {
            seed,
            scale,
            time: world.time,
            invariant: violation.invariant,
            detail: format!("issuer {issuer}: {}", violation.detail),
            events: world.trace.last(issuer, EVENTS),
        })
    })?;
    let mut figures = std::mem::take(&mut world.oracle.figures);
    figures.seeds = 1;
    figures.virtual_time = world.time;
    Ok(figures)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.time as f64 / 1000.0;
        writeln!(f, "seed {}, after {seconds:.3} s: {}", self.seed, self.invariant)?;
        writeln!(f, "  {}", self.detail)?;
        writeln!(f, "the last events:")?;
        for event in &self.events {
            writeln!(f, "  {event}")?;
        }
        write!(f, "see it again: cargo xtask simulate --seed {}", self.seed)?;
        if let Some(issuers) = self.scale.issuers {
            write!(f, " --issuers {issuers}")?;
        }
        if let Some(days) = self.scale.days {
            write!(f, " --days {days}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
