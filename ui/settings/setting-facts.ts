import { msg } from '@lit/localize';
import type { Setting, SettingName, Settings } from '../../server/household/contract.ts';
import { capitalised, countWord, midSentence } from '../design/words.ts';

/** How a setting is chosen. */
export type Control =
  | { kind: 'switch' }
  /** Value → what it is called. */
  | { kind: 'choice'; choices: Readonly<Record<string, string>> }
  | {
      kind: 'range';
      min: number;
      max: number;
      step: number;
      words: (value: number) => string;
    };

export type SettingFacts = { label: string; control: Control };

export type SettingSection = { heading: string; about: string; names: readonly SettingName[] };

const seconds = (ms: number): string => {
  if (ms === 0) return msg('None');
  return ms < 1000 ? `${ms} ms` : `${countWord(ms / 1000)} s`;
};
const decibels = (db: number): string => (db === 0 ? msg('None') : `${db} dB`);

const announcements: Record<Settings['announcements'], string> = {
  duck: msg('Quieter'),
  pause: msg('Paused'),
  none: msg('As loud as ever'),
};

/** Quiet hours have a card of their own. */
type PlainSetting = Exclude<SettingName, 'quiet_hours'>;

const known: Readonly<Record<PlainSetting, SettingFacts>> = {
  volume_max: {
    label: msg('Loudest volume'),
    control: { kind: 'range', min: 0, max: 100, step: 1, words: String },
  },
  crossfade_ms: {
    label: msg('Crossfade'),
    control: { kind: 'range', min: 0, max: 10_000, step: 250, words: seconds },
  },
  resume_after_power_cut: { label: msg('Go on after a power cut'), control: { kind: 'switch' } },
  ducking_depth_db: {
    label: msg('Steps back by'),
    control: { kind: 'range', min: 0, max: 60, step: 1, words: decibels },
  },
  ducking_attack_ms: {
    label: msg('How fast it steps back'),
    control: { kind: 'range', min: 0, max: 5_000, step: 50, words: seconds },
  },
  ducking_release_ms: {
    label: msg('How fast it comes back'),
    control: { kind: 'range', min: 0, max: 10_000, step: 100, words: seconds },
  },
  announcements: {
    label: msg('Music under speech'),
    control: { kind: 'choice', choices: announcements },
  },
};

export const settingSections: readonly SettingSection[] = [
  {
    heading: msg('Music'),
    about: msg('What the jukebox does by itself.'),
    names: ['volume_max', 'crossfade_ms', 'resume_after_power_cut'],
  },
  {
    heading: msg('Music under sounds'),
    about: msg('The music steps back while a sound of the board plays, and comes back after it.'),
    names: ['ducking_depth_db', 'ducking_attack_ms', 'ducking_release_ms', 'announcements'],
  },
];

/** Those that no section of this page knows yet, as far as a plain control can show them. */
export const othersOf = (settings: Iterable<Setting>): SettingName[] =>
  [...settings]
    .filter(({ name, value }) => {
      const placed = settingSections.some(({ names }) => names.includes(name));
      return !placed && name !== 'quiet_hours' && typeof value === 'boolean';
    })
    .map(({ name }) => name);

/** A setting that this page does not know says its name in plain letters. */
export const factsOf = (name: SettingName): SettingFacts =>
  (known as Partial<Record<SettingName, SettingFacts>>)[name] ?? {
    label: capitalised(name.replaceAll('_', ' ')),
    control: { kind: 'switch' },
  };

/** "12 dB", "on", "none": its value within a sentence. */
export const valueWord = ({ control }: SettingFacts, value: unknown): string => {
  switch (control.kind) {
    case 'switch':
      return value === true ? msg('on') : msg('off');
    case 'choice':
      return midSentence(control.choices[String(value)] ?? String(value));
    case 'range':
      return Number(value) === 0 ? midSentence(control.words(0)) : control.words(Number(value));
  }
};
