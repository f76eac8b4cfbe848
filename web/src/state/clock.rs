/// For which time tokens are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The host's time, as it passes.
    #[default]
    Running,
    /// This time, in seconds since the epoch.
    Set(u64),
}

impl Clock {
    /// The time for which tokens are judged, when the host's is `host_time`; in seconds since the epoch.
    pub fn now(self, host_time: u64) -> u64 {
        match self {
            Self::Running => host_time,
            Self::Set(at) => at,
        }
    }
}
