import { openLedger, type Prices } from '../credits/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { PlayerLink } from '../player/player-link.ts';
import type { Board } from '../soundboard/index.ts';
import { createSoundQueries, type SoundIntake } from '../sounds/index.ts';
import { createSpeechQueries } from './queries.ts';
import { createSpeech } from './speech.ts';
import type { SpeechEngine } from './speech-engine.ts';
import { createSynthesis } from './synthesis.ts';
import { createVoices } from './voices.ts';

/** Speech, made once, for its own doors and for whoever speaks for the house. */
export const openSpeech = (
  kernel: Kernel,
  ports: {
    /** The preferred one first. */
    speechEngines: readonly SpeechEngine[];
    /** Id or name of the voice that speaks where none is asked for; null takes an English one. */
    houseVoice: string | null;
    intake: SoundIntake;
    board: Board;
    link: PlayerLink;
    soundsDir: string;
    prices: Prices;
  },
) => {
  const { speechEngines, houseVoice, intake, board, link, soundsDir, prices } = ports;
  const stopping = new AbortController();
  const queries = createSpeechQueries(kernel.storage);
  const sounds = createSoundQueries(kernel.storage, soundsDir);
  const ledger = openLedger(kernel, prices);
  const voices = createVoices(speechEngines, { clock: kernel.clock, houseVoice });
  const { signal } = stopping;
  const synthesis = createSynthesis(kernel, { queries, ledger, intake, stopping: signal });
  const speech = createSpeech(kernel, { voices, queries, sounds, ledger, board, link, synthesis });
  return { speech, voices, synthesis, queries, sounds, stopping };
};
export type OpenSpeech = ReturnType<typeof openSpeech>;
