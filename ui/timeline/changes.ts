import { msg } from '@lit/localize';
import type { RecordedEvent } from '../../server/audit/contract.ts';
import { capitalised, countWord } from '../design/words.ts';

/** Something that an event changed; `before` null: it had not been set. */
export type Change = { what: string; before: string | null; after: string };

/** Event type → the types of its stream that set the same thing before. */
const setters: Readonly<Record<string, readonly string[]>> = {
  VolumeSet: ['VolumeSet'],
  ModeSet: ['ModeSet'],
  SoundRenamed: ['SoundRenamed', 'SoundAdded'],
  SoundTagged: ['SoundTagged', 'SoundAdded'],
  SoundGainSet: ['SoundGainSet'],
  SoundPolicySet: ['SoundPolicySet'],
  SoundTrimmed: ['SoundTrimmed'],
  SoundFileMoved: ['SoundFileMoved', 'SoundFileReplaced', 'SoundAdded'],
  SoundFileReplaced: ['SoundFileReplaced', 'SoundAdded'],
  PlaylistRenamed: ['PlaylistRenamed', 'PlaylistCreated'],
  PlaylistDescribed: ['PlaylistDescribed', 'PlaylistCreated'],
  PlaylistShared: ['PlaylistShared', 'PlaylistCreated'],
  PlaylistRulesSet: ['PlaylistRulesSet', 'PlaylistCreated'],
  RoleAssigned: ['RoleAssigned', 'UserRegistered'],
  PlanAssigned: ['PlanAssigned', 'UserRegistered'],
  PlanTermsSet: ['PlanTermsSet', 'PlanDefined'],
  BindingDefined: ['BindingDefined'],
  ScheduleDefined: ['ScheduleDefined'],
  SettingChosen: ['SettingChosen'],
};

/** Settings share a stream: the one before is among so many. */
const settingsMax = 500;

/** Where the server has what was set before an event; null where nothing is. */
export const beforePath = (event: RecordedEvent): string | null => {
  const types = setters[event.type];
  if (!types) return null;
  const limit = event.type === 'SettingChosen' ? settingsMax : 1;
  const query = new URLSearchParams({
    stream: event.stream,
    cursor: String(event.global_position),
    limit: String(limit),
  });
  for (const type of types) query.append('type', type);
  return `/admin/audit/events?${query}`;
};

/** Of what `beforePath` gave, the newest first: the one that set the same thing. */
export const settingBefore = (
  event: RecordedEvent,
  earlier: readonly RecordedEvent[],
): RecordedEvent | null =>
  earlier.find(
    (one) => event.type !== 'SettingChosen' || one.data['name'] === event.data['name'],
  ) ?? null;

const isId = (key: string): boolean =>
  /(^|_)ids?$/.test(key) || key === 'room' || key === 'seed' || key === 'code';

const wordsOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return msg('none');
  if (typeof value === 'boolean') return value ? msg('on') : msg('off');
  if (typeof value === 'number') return countWord(value).replace('-', '−');
  if (Array.isArray(value)) return value.length === 0 ? msg('none') : value.map(wordsOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const labelOf = (key: string): string => capitalised(key.replaceAll('_', ' '));

/** What an event changed, as far as it or the one before it says. */
export const changesOf = (event: RecordedEvent, before: RecordedEvent | null): Change[] => {
  const { data } = event;
  if ('balance_before' in data && 'balance_after' in data) {
    const [from, to] = [data['balance_before'], data['balance_after']];
    return [{ what: msg('Balance'), before: wordsOf(from), after: wordsOf(to) }];
  }
  if (!setters[event.type]) return [];
  const label = (key: string): string =>
    event.type === 'SettingChosen' ? labelOf(String(data['name'])) : labelOf(key);
  return Object.keys(data)
    .filter((key) => !isId(key) && !(event.type === 'SettingChosen' && key === 'name'))
    .map((key) => ({
      what: label(key),
      before: before && key in before.data ? wordsOf(before.data[key]) : null,
      after: wordsOf(data[key]),
    }))
    .filter((change) => change.before !== change.after);
};
