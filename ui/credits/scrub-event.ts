/** The slider stands on another moment; null is now. */
export class ScrubEvent extends Event {
  readonly at: number | null;

  constructor(at: number | null) {
    super('enc-scrub', { bubbles: true });
    this.at = at;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-scrub': ScrubEvent;
  }
}
