import type { SpeechEngine } from '../../speech/speech-engine.ts';
import { createEspeak } from './espeak.ts';
import { createPiper } from './piper.ts';

export type SpeechSettings = {
  readonly engine: 'auto' | 'espeak-ng' | 'piper';
  readonly espeak: string;
  /** Null: not there. */
  readonly piper: { readonly command: string; readonly voicesDir: string } | null;
};

/** The programs that speak here, the one to be preferred first. */
export const createSpeechEngines = (settings: SpeechSettings): readonly SpeechEngine[] => {
  const { engine, espeak, piper } = settings;
  return [
    ...(piper && engine !== 'espeak-ng' ? [createPiper(piper.command, piper.voicesDir)] : []),
    ...(engine === 'piper' ? [] : [createEspeak(espeak)]),
  ];
};
