import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { sentenceOf } from './problem.ts';

const lateAfterMs = 120;

/**
 * What a view asks the server for when it comes, and how that stands: `value` once it is there,
 * `error` in words while it is not, `late` when it is time for a skeleton. `reload()` keeps the old
 * value until the new one has come, and tells whether it has.
 */
export class Loading<T> implements ReactiveController {
  value: T | null = null;
  error = '';
  late = false;

  readonly #host: ReactiveControllerHost;
  readonly #ask: () => Promise<T>;
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, ask: () => Promise<T>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setTimeout(() => {
      this.late = true;
      this.#host.requestUpdate();
    }, lateAfterMs);
    // Properties are set after connecting.
    void Promise.resolve().then(this.reload);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#turn++;
  }

  readonly reload = async (): Promise<boolean> => {
    const turn = ++this.#turn;
    let error = '';
    try {
      const value = await this.#ask();
      if (turn === this.#turn) this.value = value;
    } catch (problem) {
      error = sentenceOf(problem);
    }
    if (turn !== this.#turn) return false;
    this.error = error;
    this.#host.requestUpdate();
    return error === '';
  };
}
