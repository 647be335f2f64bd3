export type Tone = 'info' | 'problem';

/** Something worth a sentence to the person, from anywhere in the page. */
export class ToastEvent extends Event {
  readonly text: string;
  readonly tone: Tone;

  constructor(text: string, tone: Tone = 'info') {
    super('enc-toast', { bubbles: true, composed: true });
    this.text = text;
    this.tone = tone;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-toast': ToastEvent;
  }
}
