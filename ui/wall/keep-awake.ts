import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keeps the screen on while its host is in the page, where the browser can. */
export class KeepAwake implements ReactiveController {
  #lock: WakeLockSentinel | null = null;
  #wanted = false;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#wanted = true;
    document.addEventListener('visibilitychange', this.#ask);
    this.#ask();
  }

  hostDisconnected(): void {
    this.#wanted = false;
    document.removeEventListener('visibilitychange', this.#ask);
    void this.#lock?.release();
    this.#lock = null;
  }

  /** The browser takes it back with every look at another page. */
  readonly #ask = (): void => void this.#request();

  async #request(): Promise<void> {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (!this.#wanted) return void lock.release();
      this.#lock = lock;
    } catch {
      // On a flat battery browsers say no: then the screen goes off as ever.
    }
  }
}
