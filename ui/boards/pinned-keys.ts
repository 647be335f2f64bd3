import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { inLayer, isTyping, singleKeys } from '../design/keys.ts';

const isDigit = (key: string): boolean => /^[1-9]$/.test(key);

/** The keys 1 to 9, wherever the focus is on the page; they rest while somebody types. */
export class PinnedKeys implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #press: (key: number) => void;

  /** @param press is told which key was pressed, once for as long as it is held */
  constructor(host: ReactiveControllerHost & HTMLElement, press: (key: number) => void) {
    this.#host = host;
    this.#press = press;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKeyDown);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKeyDown);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!isDigit(event.key) || event.repeat || event.defaultPrevented) return;
    // With Shift some keyboards write their digits.
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!singleKeys.value || isTyping(event) || inLayer(event)) return;
    if (this.#host.closest('[inert]') ?? this.#screen()) return;
    this.#press(Number(event.key));
  };

  /** Slotted into a screen of another tree, which may be the one that is not shown. */
  #screen(): Element | null {
    const root = this.#host.getRootNode();
    return root instanceof ShadowRoot ? root.host.closest('[inert]') : null;
  }
}
