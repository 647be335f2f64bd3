import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isTyping, singleKeys } from '../design/keys.ts';
import { EncPad, PadActionEvent, type PadAction } from './pad.ts';

const holdMs = 500;
/** A finger is never quite still. */
const moveMaxPx = 8;

const keys: Record<string, PadAction> = {
  '.': 'menu',
  f: 'favourite',
  x: 'pick',
  F2: 'rename',
};

const padOf = (event: Event): EncPad | undefined =>
  event.composedPath().find((node) => node instanceof EncPad);

/** Holding, the right button and keys on pads, heard once for all of them. */
export class PadGestures implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #start: { x: number; y: number } | null = null;
  /** The press has become a hold: what the release does is not a press. */
  #held = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const { signal } = (this.#listening = new AbortController());
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ): void => this.#host.addEventListener(type, listener, { signal, capture: true });
    on('pointerdown', this.#onDown);
    on('pointermove', this.#onMove);
    on('pointerup', this.#drop);
    on('pointercancel', this.#drop);
    on('scroll', this.#drop);
    on('click', this.#onClick);
    on('contextmenu', this.#onContextMenu);
    on('keydown', this.#onKeyDown);
  }

  hostDisconnected(): void {
    this.#listening.abort();
    this.#drop();
  }

  #listening = new AbortController();

  readonly #onDown = (event: PointerEvent): void => {
    this.#drop();
    this.#held = false;
    const pad = padOf(event);
    if (!pad || event.button !== 0 || !event.isPrimary) return;
    const { clientX: x, clientY: y } = event;
    this.#start = { x, y };
    this.#timer = setTimeout(() => {
      this.#held = true;
      this.#open(pad, x, y);
    }, holdMs);
  };

  readonly #onMove = ({ clientX, clientY }: PointerEvent): void => {
    if (!this.#start) return;
    const { x, y } = this.#start;
    if (Math.hypot(clientX - x, clientY - y) > moveMaxPx) this.#drop();
  };

  readonly #drop = (): void => {
    clearTimeout(this.#timer);
    this.#start = null;
  };

  readonly #onClick = (event: MouseEvent): void => {
    // A key presses without a pointer.
    if (!this.#held || event.detail === 0) return;
    this.#held = false;
    event.stopPropagation();
    event.preventDefault();
  };

  readonly #onContextMenu = (event: MouseEvent): void => {
    const pad = padOf(event);
    if (!pad) return;
    event.preventDefault();
    // Some browsers tell of a long press this way too.
    const held = this.#held;
    if (this.#start) this.#held = true;
    this.#drop();
    if (!held) this.#open(pad, event.clientX, event.clientY);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const action = keys[event.key] ?? keys[event.key.toLowerCase()];
    const pad = padOf(event);
    if (!action || !pad || event.repeat || isTyping(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1 && !singleKeys.value) return;
    event.preventDefault();
    const { left, bottom } = pad.getBoundingClientRect();
    pad.dispatchEvent(new PadActionEvent(pad.sound.id, action, left + 12, bottom - 12));
  };

  #open(pad: EncPad, x: number, y: number): void {
    this.#drop();
    pad.focus({ preventScroll: true });
    pad.dispatchEvent(new PadActionEvent(pad.sound.id, 'menu', x, y));
  }
}
