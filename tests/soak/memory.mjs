// Whether memory is flat: medians of the last two thirds of a run, the first being warm-up.
import { FLAT_WITHIN, SAMPLED_EVERY_MS } from "./settings.mjs";

const memories = [];

/** Notes the memory of every WebAssembly instance. To be called before the package is imported. */
export function watchWasm() {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(module, imports) {
      super(module, imports);
      memories.push(this.exports.memory);
    }
  };
}

export class MemoryLog {
  #samples = [];
  #timer = setInterval(() => this.#sample(), SAMPLED_EVERY_MS);

  end() {
    clearInterval(this.#timer);
    this.#sample();
    if (memories.length === 0) {
      throw new Error("no WebAssembly instance was seen: its memory was not measured");
    }
    return Object.entries(FLAT_WITHIN).map(([name, bound]) => flatness(name, bound, this.#samples));
  }

  /** Some of what was measured, in MiB, to be looked at. */
  series(points = 60) {
    const every = Math.max(1, Math.floor(this.#samples.length / points));
    const thinned = this.#samples.filter((_, index) => index % every === 0);
    return Object.fromEntries(Object.keys(FLAT_WITHIN).map((name) => [name, thinned.map((sample) => inMiB(sample[name]))]));
  }

  #sample() {
    // What is garbage is no growth.
    globalThis.gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    this.#samples.push({ rss, heapUsed, external, wasm });
  }
}

function flatness(name, bound, samples) {
  const third = Math.floor(samples.length / 3);
  const middle = median(samples.slice(third, 2 * third), name);
  const last = median(samples.slice(2 * third), name);
  const peak = Math.max(...samples.map((sample) => sample[name]));
  const [middleMiB, lastMiB, peakMiB] = [middle, last, peak].map(inMiB);
  return { memory: name, middleMiB, lastMiB, peakMiB, boundMiB: bound, flat: last - middle <= bound * (1 << 20) };
}

function inMiB(bytes) {
  return Math.round((bytes / (1 << 20)) * 10) / 10;
}

function median(samples, name) {
  const values = samples.map((sample) => sample[name]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
