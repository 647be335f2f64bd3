import { msg, str } from '@lit/localize';
import { Unreachable } from '../api/problem.ts';
import { capitalised } from '../design/words.ts';
import { serverWords } from '../languages/server-words.ts';
import { soundsWord } from '../library/words.ts';

export type HealthState = 'ok' | 'degraded' | 'starting';

/** One part of the box and how it does. */
export type HealthPart = {
  name: string;
  state: HealthState;
  /** What it is called, how it stands as a sentence, and what helps where it does not work. */
  label: string;
  sentence: string;
  fix: string;
  /** Where that is done, if on a screen. */
  href?: string;
};

type Facts = {
  label: string;
  fix: string;
  href?: string;
  /** What it says of itself while it works, in words for a person. */
  works?: (detail: string) => string;
};

const answerTimeoutMs = 10_000;

const outputs: Readonly<Record<string, string>> = {
  pulse: 'PulseAudio',
  alsa: 'ALSA',
  dummy: msg('nowhere: this output is for trying things out'),
};

const known: Readonly<Record<string, Facts>> = {
  player: {
    label: msg('Player'),
    works: () => msg('The player is connected.'),
    fix: msg('Encore brings it back by itself. If it stays away, its log says why.'),
  },
  sound_output: {
    label: msg('Speaker'),
    works: (output) => msg(str`Sound goes out through ${outputs[output] ?? output}.`),
    fix: msg(
      'Connect a sound device, or switch it on: Encore finds it by itself. PLAYER_AUDIO_OUTPUT chooses between PulseAudio and ALSA.',
    ),
  },
  library: {
    label: msg('Sounds'),
    works: (sounds) => `${soundsWord(Number.parseInt(sounds, 10))}.`,
    fix: msg(
      'See that the sounds folder is there, can be read and written, and that the disk is not full. Then scan it again.',
    ),
    href: '/library/scan',
  },
  speech: {
    label: msg('Speech'),
    works: (voices) => msg(str`${Number.parseInt(voices, 10)} voices can speak here.`),
    fix: msg(
      'Install espeak-ng on this machine, or name piper and its voices with PIPER_PATH and PIPER_VOICES_DIR.',
    ),
  },
  extractions: {
    label: msg('Extractions'),
    fix: msg('The log of Encore says more.'),
    href: '/extractions/workers',
  },
  backups: {
    label: msg('Backups'),
    fix: msg('Press "Back up now" on this page: it says what is in the way.'),
  },
  mqtt: {
    label: 'MQTT',
    fix: msg(
      'Another program may hold the port: stop it, or choose another one with MQTT_PORT. Encore tries again by itself.',
    ),
  },
};

const stranger = (name: string): Facts => ({
  label: capitalised(name.replaceAll('_', ' ')),
  fix: msg('The log of Encore says more.'),
});

const sentenceFrom = (detail: string): string =>
  detail === '' ? '' : `${capitalised(detail)}${/[.!?]$/.test(detail) ? '' : '.'}`;

const isState = (word: unknown): word is HealthState =>
  word === 'ok' || word === 'degraded' || word === 'starting';

/** The parts that `GET /readyz` names, in its order. Whatever else it holds is left out. */
export const partsIn = (body: unknown): HealthPart[] => {
  const { parts } = (body ?? {}) as { parts?: unknown };
  if (typeof parts !== 'object' || parts === null) return [];
  return Object.entries(parts).flatMap(([name, part]): HealthPart[] => {
    const { state, detail } = (part ?? {}) as { state?: unknown; detail?: unknown };
    if (!isState(state)) return [];
    const { works, ...facts } = known[name] ?? stranger(name);
    const said = typeof detail === 'string' ? detail : '';
    const sentence =
      state === 'ok' && works && said !== ''
        ? works(said)
        : serverWords(`health.${name}.${state}`, sentenceFrom(said));
    return [{ name, state, ...facts, sentence }];
  });
};

/** How the parts of the box do. @throws Unreachable where nobody answers in words */
export const askHealth = async (): Promise<HealthPart[]> => {
  try {
    const signal = AbortSignal.timeout(answerTimeoutMs);
    // A 503 tells of what is still starting.
    const response = await fetch('/readyz', { signal, headers: { accept: 'application/json' } });
    return partsIn(await response.json());
  } catch (error) {
    throw new Unreachable(error);
  }
};

/** "Everything works." */
export const overallWord = (parts: readonly HealthPart[]): string => {
  const [starting, degraded] = (['starting', 'degraded'] as const).map(
    (state) => parts.filter((part) => part.state === state).length,
  );
  if (degraded === 1) return msg('One part needs a look. The rest works.');
  if (degraded) return msg(str`${degraded} parts need a look. The rest works.`);
  return starting ? msg('Still starting.') : msg('Everything works.');
};
