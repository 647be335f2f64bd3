import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { inLayer, isTyping, singleKeys } from '../design/keys.ts';

export type BoardKeyActions = {
  search(): void;
  escape(): void;
  density(): void;
  /** What Ctrl or ⌘ with A does: undefined leaves it to the browser. */
  all(): (() => void) | undefined;
};

/** The keys of the board, wherever the focus is on the page. */
export class BoardKeys implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #do: BoardKeyActions;

  constructor(host: ReactiveControllerHost & HTMLElement, actions: BoardKeyActions) {
    this.#host = host;
    this.#do = actions;
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKeyDown);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKeyDown);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || inLayer(event)) return;
    if (this.#host.closest('[inert]')) return;
    const action = this.#actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  };

  #actionOf(event: KeyboardEvent): (() => void) | undefined {
    const withCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (withCommand && key === 'a') return isTyping(event) ? undefined : this.#do.all();
    if (withCommand) return key === 'k' ? this.#do.search : undefined;
    if (key === 'escape') return this.#do.escape;
    if (event.altKey || isTyping(event) || !singleKeys.value) return undefined;
    return { '/': this.#do.search, d: this.#do.density }[key];
  }
}
