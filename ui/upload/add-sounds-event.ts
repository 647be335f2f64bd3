/** The person wants to choose files that become sounds. */
export class AddSoundsEvent extends Event {
  constructor() {
    super('enc-add-sounds', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-add-sounds': AddSoundsEvent;
  }
}
