//! A bounded number of places, of which one is made free when they are all taken.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::{MAX_KEPT_TOKENS, TokenCacheFault};

/// A bounded number of places to keep something in. When all are taken, the place is cleared that has
/// gone longest without use, as nearly as the second-chance algorithm finds it.
#[derive(Debug)]
pub struct Slots<T> {
    max: usize,
    slots: Vec<Slot<T>>,
    free: Vec<usize>,
    /// Where to look first for something to displace.
    hand: usize,
    last_serial: u64,
}

/// What something is found by. It is never given twice, so what took its place is not mistaken for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// The place, from 0.
    pub slot: usize,
    /// How many were kept before and with this one.
    pub serial: u64,
}

#[derive(Debug)]
struct Slot<T> {
    serial: u64,
    content: Option<T>,
    /// Whether it was used since it was last looked at for being displaced.
    is_used: AtomicBool,
}

impl<T> Slots<T> {
    /// Room for so many.
    ///
    /// # Errors
    /// When that is none, or more than [`MAX_KEPT_TOKENS`].
    pub fn new(max: usize) -> Result<Self, TokenCacheFault> {
        if !(1..=MAX_KEPT_TOKENS).contains(&max) {
            return Err(TokenCacheFault { found: max });
        }
        Ok(Self { max, slots: Vec::new(), free: Vec::new(), hand: 0, last_serial: 0 })
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps something. Answers what it is found by, and what it displaced.
    pub fn insert(&mut self, content: T) -> (Ticket, Option<T>) {
        self.last_serial += 1;
        let serial = self.last_serial;
        let slot = Slot { serial, content: Some(content), is_used: AtomicBool::new(false) };
        let at = match self.free.pop() {
            Some(free) => free,
            None if self.slots.len() < self.max => {
                self.slots.push(slot);
                return (Ticket { slot: self.slots.len() - 1, serial }, None);
            }
            None => self.least_used(),
        };
        let displaced = match self.slots.get_mut(at) {
            Some(place) => std::mem::replace(place, slot).content,
            None => None,
        };
        (Ticket { slot: at, serial }, displaced)
    }

    /// What was kept under this ticket, if it is still there and of use. Only then it counts as used.
    pub fn use_if(&self, ticket: Ticket, is_of_use: impl FnOnce(&T) -> bool) -> Option<&T> {
        let slot = self.slots.get(ticket.slot).filter(|slot| slot.serial == ticket.serial)?;
        let content = slot.content.as_ref().filter(|content| is_of_use(content))?;
        slot.is_used.store(true, Ordering::Relaxed);
        Some(content)
    }

    /// Makes the place free.
    pub fn remove(&mut self, ticket: Ticket) -> Option<T> {
        let slot = self.slots.get_mut(ticket.slot).filter(|slot| slot.serial == ticket.serial)?;
        let content = slot.content.take();
        if content.is_some() {
            self.free.push(ticket.slot);
        }
        content
    }

    /// Goes on round by round from where it last stopped, to one that was not used since the round before.
    fn least_used(&mut self) -> usize {
        loop {
            let at = self.hand;
            self.hand = (at + 1) % self.max;
            if !self.slots.get(at).is_some_and(|slot| slot.is_used.swap(false, Ordering::Relaxed)) {
                return at;
            }
        }
    }
}
