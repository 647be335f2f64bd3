/** Where a sentence can lead to. */
export type ToastLink = { href: string; label: string };
/** What can be done about it right there, such as taking it back. */
export type ToastAction = {
  label: string;
  run: () => void;
  /** It stays until it is pressed or dismissed. */
  stays?: true;
};
export type ToastTone = 'alert' | 'done';

/**
 * Something happened that is worth a sentence to the person, from anywhere in the page: a fault, or
 * with the tone `done` something they did, for 6 s with a button that takes it back.
 */
export class ToastEvent extends Event {
  readonly text: string;
  readonly way: ToastLink | ToastAction | null;
  readonly tone: ToastTone;

  constructor(text: string, way: ToastEvent['way'] = null, tone: ToastTone = 'alert') {
    super('enc-toast', { bubbles: true, composed: true });
    this.text = text;
    this.way = way;
    this.tone = tone;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-toast': ToastEvent;
  }
}
