// Figures that are the same wherever they are taken: the class that a size falls into.
const READ = [["4 KiB", 4 << 10], ["64 KiB", 64 << 10], ["128 KiB", 128 << 10]];
const MEMORY = [["32 MiB", 32 << 20]];
const SAMPLED_EVERY_MS = 5;

/** The class of what was read of a document: a part of it, or the limit and the chunk that exceeded it. */
export function readClass(bytes) {
  return classOf(bytes, READ);
}

/** The class of what memory grew by: known in coarse steps only. */
export function memoryClass(bytes) {
  return classOf(bytes, MEMORY);
}

function classOf(bytes, classes) {
  return classes.find(([, most]) => bytes <= most)?.[0] ?? `${Math.ceil(bytes / 1024)} KiB`;
}

/** How much the memory of this process grows at most, in bytes. */
export class MemoryPeak {
  #start = process.memoryUsage.rss();
  #peak = this.#start;
  #timer = setInterval(() => this.#sample(), SAMPLED_EVERY_MS);

  end() {
    clearInterval(this.#timer);
    this.#sample();
    return this.#peak - this.#start;
  }

  #sample() {
    this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
  }
}
