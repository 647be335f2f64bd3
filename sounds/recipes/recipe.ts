import type { Signal, Stereo } from './toolkit/signal.ts';

export type Format = 'wav' | 'flac' | 'mp3' | 'ogg' | 'opus' | 'm4a';

export type Recipe = {
  /** The first folder is the sound's tag. */
  readonly folder: string;
  /** As it stands on the pad. */
  readonly name: string;
  readonly format: Format;
  readonly render: (speak: (text: string) => Signal) => Stereo;
};
