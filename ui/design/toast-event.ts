/** Where a sentence can lead to. */
export type ToastLink = { href: string; label: string };

/** Something went wrong that is worth a sentence to the person, from anywhere in the page. */
export class ToastEvent extends Event {
  readonly text: string;
  readonly link: ToastLink | null;

  constructor(text: string, link: ToastLink | null = null) {
    super('enc-toast', { bubbles: true, composed: true });
    this.text = text;
    this.link = link;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-toast': ToastEvent;
  }
}
