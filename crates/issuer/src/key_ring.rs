//! All keys of one account: making, rotating, withdrawing.

use rand_core::CryptoRng;

use crate::keys::{Algorithm, KeyFailure, PrivateKey, RsaKeySource, SigningKey};
use crate::time::Timestamp;

/// All keys of one account. Keys are made when they are first needed, because making an RSA key is slow.
#[derive(Default)]
pub(crate) struct KeyRing {
    keys: Vec<SigningKey>,
    /// Of each algorithm the key that was withdrawn last, for tokens that a test orders. Not saved.
    withdrawn: Vec<SigningKey>,
    next_es384: u32,
    next_rs256: u32,
}

impl KeyRing {
    pub(crate) fn new(keys: Vec<SigningKey>, next_es384: u32, next_rs256: u32) -> Self {
        Self { keys, withdrawn: Vec::new(), next_es384, next_rs256 }
    }

    pub(crate) fn keys(&self) -> &[SigningKey] {
        &self.keys
    }

    /// The number that the next key of `algorithm` will carry in its `kid`.
    pub(crate) fn next_number(&self, algorithm: Algorithm) -> u32 {
        match algorithm {
            Algorithm::Es384 => self.next_es384,
            Algorithm::Rs256 => self.next_rs256,
        }
    }

    /// The key that signs with `algorithm`, if it was made already.
    pub(crate) fn signing_key(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.keys.iter().find(|key| key.withdrawn_at().is_none() && key.algorithm() == algorithm)
    }

    /// Makes the key that signs with `algorithm` unless there is one; tells whether it was made now.
    pub(crate) fn ensure(
        &mut self,
        algorithm: Algorithm,
        rsa_keys: Option<RsaKeySource>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<bool, KeyFailure> {
        if self.signing_key(algorithm).is_some() {
            return Ok(false);
        }
        let private = PrivateKey::make(algorithm, rsa_keys, entropy)?;
        let kid = self.next_kid(algorithm);
        self.keys.push(SigningKey::new(kid, private, None));
        Ok(true)
    }

    /// The keys to publish at `now`, RSA first as AWS does, newest first.
    pub(crate) fn published(&self, now: Timestamp) -> Vec<&SigningKey> {
        let mut published: Vec<_> =
            self.keys.iter().rev().filter(|key| key.is_published(now)).collect();
        published.sort_by_key(|key| key.algorithm() != Algorithm::Rs256);
        published
    }

    /// Forgets the keys whose overlap has ended; tells whether there were any.
    pub(crate) fn forget_withdrawn(&mut self, now: Timestamp) -> bool {
        self.take_out(|key| !key.is_published(now))
    }

    /// Replaces the keys that sign; the old ones stay published for `overlap_seconds`.
    pub(crate) fn rotate(
        &mut self,
        now: Timestamp,
        overlap_seconds: u32,
        algorithms: &[Algorithm],
        rsa_keys: Option<RsaKeySource>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), KeyFailure> {
        for algorithm in algorithms {
            // A verifier may have to see the old key beside the new one, so it must exist.
            self.ensure(*algorithm, rsa_keys, entropy)?;
        }
        for key in self.keys.iter_mut().filter(|key| key.withdrawn_at().is_none()) {
            key.withdraw_at(now.plus_seconds(overlap_seconds));
        }
        algorithms
            .iter()
            .try_for_each(|algorithm| self.ensure(*algorithm, rsa_keys, entropy).map(drop))
    }

    /// Removes a key at once; tells whether it was there.
    pub(crate) fn withdraw(&mut self, kid: &str) -> bool {
        self.take_out(|key| key.kid() == kid)
    }

    /// The key of `algorithm` that was withdrawn last; one that nobody saw when none was.
    pub(crate) fn withdrawn_key(
        &mut self,
        algorithm: Algorithm,
        rsa_keys: Option<RsaKeySource>,
        entropy: &mut (impl CryptoRng + ?Sized),
    ) -> Result<&SigningKey, KeyFailure> {
        if !self.withdrawn.iter().any(|key| key.algorithm() == algorithm) {
            let private = PrivateKey::make(algorithm, rsa_keys, entropy)?;
            let kid = self.next_kid(algorithm);
            self.withdrawn.push(SigningKey::new(kid, private, None));
        }
        let mut withdrawn = self.withdrawn.iter();
        withdrawn.find(|key| key.algorithm() == algorithm).ok_or(KeyFailure)
    }

    /// Moves keys to the withdrawn ones; tells whether there were any.
    fn take_out(&mut self, leaves: impl Fn(&SigningKey) -> bool) -> bool {
        let (leaving, staying) = std::mem::take(&mut self.keys).into_iter().partition(leaves);
        self.keys = staying;
        let leaving: Vec<SigningKey> = leaving;
        let any = !leaving.is_empty();
        for key in leaving {
            self.withdrawn.retain(|other| other.algorithm() != key.algorithm());
            self.withdrawn.push(key);
        }
        any
    }

    fn next_kid(&mut self, algorithm: Algorithm) -> String {
        let next = match algorithm {
            Algorithm::Es384 => &mut self.next_es384,
            Algorithm::Rs256 => &mut self.next_rs256,
        };
        let kid = algorithm.kid(*next);
        *next = next.saturating_add(1);
        kid
    }
}
