// How everything is timed: each round runs every contender over the same inputs, in another order, so that
// whatever else the machine does falls on all of them. Only the ratios mean anything.
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds in which synchronous contenders were timed, and in which they ran. */
const spent = { timed: 0, running: 0 };

/** The share of the time in which a contender was timed and did not run: something else kept the machine busy. */
export function disturbance({ timed, running } = spent) {
  return timed === 0 ? null : Math.max(0, 1 - running / timed);
}

/**
 * A contender has `name`, `inputs` and `verify`, which throws what it refuses; with `fresh`, its inputs are made
 * anew before each round, outside what is timed. Every contender first verifies `warmUp` times, and then in
 * rounds. Returns, by name, the microseconds per verification of every round.
 */
export async function interleave(contenders, { warmUp, rounds }) {
  for (const contender of contenders) {
    await warm(contender, warmUp);
  }
  const times = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of shuffled(contenders, round)) {
      // Whoever comes after one that waited or was kept waiting would otherwise be treated differently by the
      // system's scheduler.
      await pause(1);
      times[contender.name].push(await once(contender));
    }
  }
  return times;
}

/**
 * In an order that is as good as random, and for the same number always the same: with turns in a circle each
 * would always come after the same one.
 */
export function shuffled(contenders, number) {
  const left = [...contenders];
  let state = number + 1;
  return contenders.map(() => {
    // A step of xorshift32, after some that part neighbours.
    for (let step = 0; step < 8; step += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
    }
    return left.splice((state >>> 0) % left.length, 1)[0];
  });
}

/** A contender that accepts anything, or nothing, would be quick indeed. */
export async function mustWork({ name, inputs, verify }, bad) {
  for (const input of inputs) {
    await verify(input);
  }
  let refused = false;
  try {
    await verify(bad);
  } catch {
    refused = true;
  }
  if (!refused) {
    throw new Error(`${name} accepts a token with another token's signature`);
  }
}

async function warm({ inputs, fresh, verify }, verifications) {
  for (let done = 0; done < verifications; ) {
    for (const input of fresh?.() ?? inputs) {
      const result = verify(input);
      if (result instanceof Promise) {
        await result;
      }
      done += 1;
    }
  }
}

async function once({ inputs, fresh, verify }) {
  const all = fresh?.() ?? inputs;
  let waits = false;
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (const input of all) {
    const result = verify(input);
    // Awaiting what is no promise would cost those that need no promise.
    if (result instanceof Promise) {
      waits = true;
      await result;
    }
  }
  const time = performance.now() - start;
  if (!waits) {
    const { user, system } = process.cpuUsage(cpu);
    spent.timed += time;
    spent.running += (user + system) / 1000;
  }
  return (time * 1000) / all.length;
}
