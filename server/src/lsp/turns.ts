declare const setImmediate: ((callback: () => void) => unknown) | undefined;

/** Lets messages in, a cancellation say, and comes back. A worker has no setImmediate, and its timers wait 4 ms. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else {
      const { port1, port2 } = new MessageChannel();
      // Typed for Node, where this branch never runs.
      (port1 as unknown as { onmessage: () => void }).onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }
  });
}

/** Work in slices: tells after each step whether it is time to let others have their turn. */
export class Slices {
  #since = performance.now();

  constructor(readonly milliseconds = 5) {}

  /** Returns at once while the slice lasts, and after a turn when it is over. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < this.milliseconds) return;
    await nextTurn();
    this.#since = performance.now();
  }

  get over(): boolean {
    return performance.now() - this.#since >= this.milliseconds;
  }
}

/** Calls `run` once things have been quiet for a while; a call that comes in between starts the wait anew. */
export class Debounce {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly milliseconds: number,
    readonly run: () => void,
  ) {}

  trigger(milliseconds = this.milliseconds): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.run();
    }, milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
