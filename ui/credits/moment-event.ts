/** Another moment was picked; null is now. */
export class MomentEvent extends Event {
  readonly at: string | null;

  constructor(at: string | null) {
    super('enc-moment', { bubbles: true, composed: true });
    this.at = at;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-moment': MomentEvent;
  }
}
