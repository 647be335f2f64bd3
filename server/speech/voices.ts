import type { HealthPart } from '../kernel/module.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Problem } from '../kernel/problem.ts';
import type { Voice } from './contract.ts';
import { otherLanguage, speechUnavailable, unknownLanguage, unknownVoice } from './problems.ts';
import type { EngineState, EngineVoice, SpeechEngine } from './speech-engine.ts';

const voicesKeptMs = 10 * 60_000;
/** Where the house chose no voice. */
const fallbackLanguage = 'en';

export type Speaker = {
  readonly engine: SpeechEngine;
  readonly version: string;
  readonly voice: EngineVoice;
};

export type VoiceWish = {
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
};

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/[_ ]/g, '-');

const isCalled = ({ voice }: Speaker, wish: string) =>
  plain(voice.id) === plain(wish) || plain(voice.name) === plain(wish);

/** Lower is better; undefined: it does not speak the language. */
const rankIn = ({ voice }: Speaker, language: string): number | undefined => {
  const regional = Object.keys(voice.speaks).find((tag) => tag.startsWith(`${language}-`));
  return voice.speaks[language] ?? (regional === undefined ? undefined : 100);
};

/** Of the engines in their order, the voice that is best for a language. */
const bestFor = (speakers: readonly Speaker[], language: string): Speaker | undefined => {
  for (const engine of new Set(speakers.map((speaker) => speaker.engine))) {
    const [best] = speakers
      .flatMap((speaker) => {
        const rank = speaker.engine === engine ? rankIn(speaker, language) : undefined;
        return rank === undefined ? [] : [{ speaker, rank }];
      })
      .sort((a, b) => a.rank - b.rank);
    if (best) return best.speaker;
  }
  return undefined;
};

/** `de-AT` is spoken by a German voice where there is no Austrian one. */
const inLanguage = (speakers: readonly Speaker[], wish: string): Speaker | undefined => {
  const parts = plain(wish).split('-');
  for (let length = parts.length; length > 0; length--) {
    const best = bestFor(speakers, parts.slice(0, length).join('-'));
    if (best) return best;
  }
  return undefined;
};

/** The voices of all engines, asked for now and then, and the choice among them. */
export const createVoices = (
  engines: readonly SpeechEngine[],
  ports: { clock: Clock; houseVoice: string | null },
) => {
  const { clock, houseVoice } = ports;
  type Look = { readonly state: Promise<EngineState>; readonly at_ms: number };
  const looks = new Map<SpeechEngine, Look>();
  let health: HealthPart = { state: 'starting', detail: 'looking for voices' };

  const look = async (engine: SpeechEngine): Promise<EngineState> => {
    const now = clock.monotonic();
    const last = looks.get(engine);
    if (last && now - last.at_ms < voicesKeptMs) return last.state;
    const fresh = { state: engine.look(), at_ms: now };
    looks.set(engine, fresh);
    const state = await fresh.state;
    // Whoever installs it need not start Encore again.
    if (!state.ok) looks.delete(engine);
    return state;
  };

  const findDefault = (speakers: readonly Speaker[]): Speaker | undefined =>
    speakers.find((one) => houseVoice !== null && isCalled(one, houseVoice)) ??
    inLanguage(speakers, fallbackLanguage) ??
    speakers[0];

  const all = async (): Promise<{ speakers: Speaker[]; faults: string[] }> => {
    const speakers: Speaker[] = [];
    const faults: string[] = [];
    for (const engine of engines) {
      const state = await look(engine);
      if (!state.ok) faults.push(state.reason);
      else {
        for (const voice of state.voices) speakers.push({ engine, version: state.version, voice });
      }
    }
    if (houseVoice !== null && !speakers.some((one) => isCalled(one, houseVoice))) {
      faults.push(`there is no voice "${houseVoice}": set TTS_VOICE to one that there is`);
    }
    health =
      faults.length > 0
        ? { state: 'degraded', detail: faults.join('; ') }
        : { state: 'ok', detail: `${speakers.length} voices` };
    return { speakers, faults };
  };

  const choose = async (wish: VoiceWish): Promise<Speaker | { problem: Problem }> => {
    const { speakers, faults } = await all();
    if (speakers.length === 0) return { problem: speechUnavailable(faults.join('; ')) };
    if (wish.voice !== undefined) {
      const name = wish.voice;
      const named = speakers.find((one) => isCalled(one, name));
      if (!named) {
        const known = speakers.flatMap(({ voice }) => [voice.id, voice.name]);
        return { problem: unknownVoice(name, nearest(name, known)) };
      }
      if (wish.language !== undefined && !inLanguage([named], wish.language)) {
        return { problem: otherLanguage(name, named.voice.language, wish.language) };
      }
      return named;
    }
    if (wish.language !== undefined) {
      const known = speakers.flatMap(({ voice }) => Object.keys(voice.speaks));
      const found = inLanguage(speakers, wish.language);
      return found ?? { problem: unknownLanguage(wish.language, nearest(wish.language, known)) };
    }
    return findDefault(speakers) ?? { problem: speechUnavailable('there is no voice') };
  };

  return {
    choose,
    async list(): Promise<Voice[] | { problem: Problem }> {
      const { speakers, faults } = await all();
      if (speakers.length === 0) return { problem: speechUnavailable(faults.join('; ')) };
      const usual = findDefault(speakers);
      return speakers.map((speaker) => {
        const { id, name, language, gender } = speaker.voice;
        return {
          engine: speaker.engine.name,
          id,
          name,
          language,
          gender,
          default: speaker === usual,
        };
      });
    },
    /** Looks for the first time. */
    look: async () => void (await all()),
    health: () => health,
  };
};
export type Voices = ReturnType<typeof createVoices>;
