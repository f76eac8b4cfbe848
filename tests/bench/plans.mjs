// How much is measured: in full, and for a first impression. Every part has its own process.
export const PLANS = {
  full: {
    signatures: { tokens: 100, rounds: 21, warmUp: 2000 },
    hosts: { tokens: 200, rounds: 31, warmUp: 5000 },
    cache: { rounds: 31, warmUp: 2000 },
    cold: { processes: 25 },
    size: {},
    memory: { issuers: 2000, warmUp: 2000 },
    growth: { rounds: 11, warmUp: 1000, fine: true },
    native: { tokens: 100, rounds: 21, warmUp: 2000, count: 1000 },
  },
  quick: {
    signatures: { tokens: 50, rounds: 5, warmUp: 1000 },
    hosts: { tokens: 100, rounds: 9, warmUp: 1000 },
    cache: { rounds: 7, warmUp: 1000 },
    cold: { processes: 5 },
    size: {},
    memory: { issuers: 400, warmUp: 1000 },
    growth: { rounds: 3, warmUp: 200, fine: false },
    native: { tokens: 50, rounds: 5, warmUp: 1000, count: null },
  },
};
