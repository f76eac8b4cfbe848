//! Who may cause a fetch now.

use super::budget::Bucket;
use super::issuer::Issuer;
use super::settings::KeyStoreSettings;

/// The budget that all issuers share, and the settings that say how large budgets are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Permits<'a> {
    pub(super) settings: &'a KeyStoreSettings,
    pub(super) shared: Bucket,
}

impl Permits<'_> {
    /// Whether an issuer's keys may be fetched because they are missing or to be renewed.
    ///
    /// # Errors
    /// When they may, in seconds since the epoch.
    pub(super) fn renewal(&self, issuer: &Issuer, now: u64) -> Result<(), u64> {
        issuer.budget.allows(self.settings.issuer_rate(), 0, now)?;
        self.all_issuers(issuer, now)
    }

    /// Whether an issuer's keys may be fetched because of what one token says. A part of the issuer's
    /// budget is out of its reach, so that floods of tokens never keep keys from being renewed.
    ///
    /// # Errors
    /// When they may, in seconds since the epoch.
    pub(super) fn key_id(&self, issuer: &Issuer, now: u64) -> Result<(), u64> {
        let rate = self.settings.issuer_rate();
        issuer.budget.allows(rate, rate.reserve(), now)?;
        self.all_issuers(issuer, now)
    }

    /// Whether what follows from a fetch may be fetched. The issuer's own budget pays for it, on credit if
    /// need be: half of what is needed would be of no use.
    ///
    /// # Errors
    /// When it may, in seconds since the epoch.
    pub(super) fn follow_up(&self, issuer: &Issuer, now: u64) -> Result<(), u64> {
        self.all_issuers(issuer, now)
    }

    /// Strangers can make up issuers without end, and use only a part of the budget for that.
    fn all_issuers(&self, issuer: &Issuer, now: u64) -> Result<(), u64> {
        let rate = self.settings.rate();
        let reserve = if issuer.is_known() { 0 } else { rate.reserve() };
        self.shared.allows(rate, reserve, now)
    }
}
