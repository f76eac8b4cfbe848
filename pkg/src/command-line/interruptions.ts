/** Being asked to end: by Ctrl-C, and by SIGTERM. */
export class Interruptions {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** From here on such requests are counted, and do not end the process by themselves. */
  listen(): void {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        this.#count += 1;
        for (const look of this.#waiting.splice(0)) {
          look();
        }
      });
    }
  }

  /** Resolves once there were so many. */
  async nth(count: number): Promise<void> {
    while (this.#count < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
