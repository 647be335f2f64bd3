import type { Wish } from './extractions.ts';

/** Somebody wants the sound behind a link. */
export class ExtractEvent extends Event {
  readonly wish: Wish;

  constructor(wish: Wish) {
    super('enc-extract');
    this.wish = wish;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-extract': ExtractEvent;
  }
}
