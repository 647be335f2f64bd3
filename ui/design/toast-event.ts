/** Something went wrong that is worth a sentence to the person, from anywhere in the page. */
export class ToastEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('enc-toast', { bubbles: true, composed: true });
    this.text = text;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-toast': ToastEvent;
  }
}
