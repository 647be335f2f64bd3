import { msg, str } from '@lit/localize';
import type { SoundPolicy } from '../../server/sounds/contract.ts';
import type { Play } from '../../server/soundboard/contract.ts';
import { decimalWord } from '../design/words.ts';

/** What a press does while the same sound still sounds. */
export const policyWords: Record<SoundPolicy, { label: string; about: string }> = {
  overlap: { label: msg('Overlap'), about: msg('Both sound at the same time.') },
  restart: { label: msg('Restart'), about: msg('It stops and begins again.') },
  ignore: { label: msg('Ignore'), about: msg('The press does nothing until it has ended.') },
  queue: {
    label: msg('Queue', { id: 'policy.queue' }),
    about: msg('It plays once more when it has ended.'),
  },
};

/** "−3.5 dB" and "+6.0 dB": always one decimal, and a true minus. */
export const gainWord = (gainDb: number): string => {
  const sign = gainDb < 0 ? '−' : gainDb > 0 ? '+' : '';
  return `${sign}${decimalWord(Math.abs(gainDb))} dB`;
};

const doors: Record<string, string> = {
  ws: msg('in the app'),
  http: msg('over HTTP'),
  mqtt: msg('over MQTT'),
  binding: msg('by a button'),
  schedule: msg('by a schedule'),
  system: msg('by Encore itself'),
};

/** Through which door a press came. */
export const doorWord = (origin: string): string => doors[origin] ?? msg(str`through ${origin}`);

export const outcomeWords: Record<Play['status'], string> = {
  requested: msg('Waiting'),
  started: msg('Playing'),
  finished: msg('Played'),
  stopped: msg('Stopped'),
  failed: msg('Failed'),
};

/** A tag as it is kept: lower case, one space between words. */
export const tagOf = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

const suggestionsMax = 8;

/** Tags of the library that go on with what is typed, the most used first. */
export const suggestionsFor = (
  typed: string,
  chosen: readonly string[],
  known: readonly (readonly [string, number])[],
): readonly string[] => {
  const start = tagOf(typed);
  return known
    .map(([tag]) => tag)
    .filter((tag) => !chosen.includes(tag) && tag.includes(start))
    .slice(0, suggestionsMax);
};
