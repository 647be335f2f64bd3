import type { ReactiveController, ReactiveControllerHost } from 'lit';

const dimAfterMs = 5 * 60_000;

/**
 * Whether nobody has touched the page for a while: `asleep`. Whatever wakes it does nothing else, so
 * that a hand that only wants to see does not play.
 */
export class Dimmer implements ReactiveController {
  asleep = false;

  readonly #host: ReactiveControllerHost;
  readonly #onSleep: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the touch that woke it comes to is swallowed as well. */
  #waking = false;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost, onSleep: () => void) {
    this.#host = host;
    this.#onSleep = onSleep;
    host.addController(this);
  }

  hostConnected(): void {
    const { signal } = (this.#listening = new AbortController());
    const on = { signal, capture: true, passive: false };
    for (const type of ['pointerdown', 'keydown'] as const)
      window.addEventListener(type, this.#onTouch, on);
    for (const type of ['pointermove', 'wheel'] as const)
      window.addEventListener(type, this.#onSign, { ...on, passive: true });
    window.addEventListener('click', this.#onClick, on);
    this.#restart();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    clearTimeout(this.#timer);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#set(true);
      this.#onSleep();
    }, dimAfterMs);
  }

  #set(asleep: boolean): void {
    if (asleep === this.asleep) return;
    this.asleep = asleep;
    this.#host.requestUpdate();
  }

  readonly #onSign = (): void => {
    this.#set(false);
    this.#restart();
  };

  readonly #onTouch = (event: Event): void => {
    this.#waking = this.asleep;
    if (this.#waking) swallow(event);
    this.#onSign();
  };

  readonly #onClick = (event: Event): void => {
    if (this.#waking) swallow(event);
  };
}

const swallow = (event: Event): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};
