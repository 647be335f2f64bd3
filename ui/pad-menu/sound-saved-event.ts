import type { Sound } from '../../server/sounds/contract.ts';

/** The server has the changes; this is the sound now. */
export class SoundSavedEvent extends Event {
  readonly sound: Sound;

  constructor(sound: Sound) {
    super('enc-sound-saved');
    this.sound = sound;
  }
}

declare global {
  interface HTMLElementEventMap {
    'enc-sound-saved': SoundSavedEvent;
  }
}
