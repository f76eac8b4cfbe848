// How much is measured: in full, and for a first impression. Every part has its own process. Rounds take
// milliseconds, so that most of them also pay for the garbage that they leave.
export const PLANS = {
  full: {
    signatures: { tokens: { ES384: 100, ES256: 400, RS256: 400 }, rounds: 25, warmUp: 2000 },
    hosts: { tokens: 1000, rounds: 31, warmUp: 5000 },
    cache: { rounds: 31, warmUp: 20_000 },
    cold: { processes: 25 },
    size: {},
    memory: { issuers: 2000, warmUp: 2000 },
    workers: { rounds: 5, verifications: 20_000 },
    growth: { rounds: 11, warmUp: 2000, fine: true },
    native: { tokens: 200, rounds: 25, warmUp: 2000, count: 1000 },
  },
  quick: {
    signatures: { tokens: { ES384: 50, ES256: 200, RS256: 200 }, rounds: 7, warmUp: 1000 },
    hosts: { tokens: 200, rounds: 9, warmUp: 2000 },
    cache: { rounds: 9, warmUp: 4000 },
    cold: { processes: 5 },
    size: {},
    memory: { issuers: 1000, warmUp: 1000 },
    workers: { rounds: 1, verifications: 5000 },
    growth: { rounds: 5, warmUp: 800, fine: false },
    native: { tokens: 50, rounds: 7, warmUp: 1000, count: null },
  },
};
