import { effect } from '@preact/signals-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Renders its host again whenever a signal read by `reads` changes. Say in `reads` what the template
 * depends on; the template itself may then read the same signals freely.
 */
export class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #reads: () => void;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, reads: () => void) {
    this.#host = host;
    this.#reads = reads;
  }

  hostConnected(): void {
    this.#stop = effect(() => {
      this.#reads();
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
