import { bindingLimits, type Condition } from './contract.ts';
import type { Terms } from './events.ts';
import type { Reading } from './matcher.ts';
import { keyOf, pathOf } from './payload.ts';
import type { Recognised } from './vendors.ts';

/** The same press told twice, as JSON and as a bare word on a topic of its own. */
export const samePressMs = 200;
const rememberedMax = 10_000;

/** One message as one binding sees it. */
export type Arrival = {
  readonly bindingId: string;
  readonly terms: Pick<
    Terms,
    'match' | 'extract' | 'debounce_ms' | 'edge' | 'ignore_retained' | 'command' | 'owner_id'
  >;
  readonly topic: string;
  readonly reading: Reading;
  readonly recognised: Recognised;
  readonly value: string | number | null;
  /** Its counter was heard before, if only by somebody who learnt. */
  readonly repeated: boolean;
  /** The broker had kept it: how things stood before. */
  readonly kept: boolean;
  /** Live, but the sender asks the broker to keep it. */
  readonly toBeKept: boolean;
  /** Monotonic clock. */
  readonly atMs: number;
};

export type Verdict = 'fires' | 'no' | 'too_fast' | 'still_too_fast';

/** What is remembered across restarts: last levels and press counters by binding and topic. */
export type Memory = {
  get(bindingId: string, topic: string, kind: 'level' | 'counter'): string | undefined;
  set(bindingId: string, topic: string, kind: 'level' | 'counter', value: string): void;
};

/** Keys under which something is told that happens each time anew, whatever its value. */
const eventKeys: ReadonlySet<string> = new Set([
  'action',
  'event',
  'event_type',
  'click',
  'buttonevent',
]);
/** Keys whose number tells which one of several it was. */
const namingKeys: ReadonlySet<string> = new Set([
  'button',
  'key',
  'code',
  'tag',
  'id',
  'idx',
  'channel',
]);
const onWords: ReadonlySet<string> = new Set(['on', 'true', 'open', '1', 'detected', 'pressed']);
const offWords: ReadonlySet<string> = new Set(['off', 'false', 'closed', '0', 'clear', 'released']);

const isLevel = (word: string) => onWords.has(word) || offWords.has(word);

const conditionsOf = (match: Terms['match']): readonly Condition[] => {
  if (Array.isArray(match)) return match;
  return typeof match === 'object' && 'path' in match ? [match] : [];
};

/** Whatever else is asked for with it, a press is no level. */
const asksForEvent = (match: Terms['match']): boolean =>
  conditionsOf(match).some(({ path }) => eventKeys.has(keyOf(pathOf(path))?.toLowerCase() ?? ''));

/** What still tells something where no press does. */
const asksForState = (match: Terms['match']): boolean =>
  conditionsOf(match).length > 0 && !asksForEvent(match);

/** The command goes by the very value that is looked at: 0 of a knob is no OFF. */
const isArgument = ({ match, extract }: Arrival['terms']): boolean => {
  if (extract === null) return false;
  const [{ path } = { path: '' }] = conditionsOf(match);
  return pathOf(extract.path).join('.') === pathOf(path).join('.');
};

/** The newest `rememberedMax` of something. */
export const createRecent = <T>() => {
  const entries = new Map<string, T>();
  return {
    get: (key: string) => entries.get(key),
    set(key: string, value: T): void {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > rememberedMax) entries.delete(entries.keys().next().value as string);
    },
  };
};

type Standing = { readonly level: string; readonly fires: (before: string | undefined) => boolean };

/** The level that a message shows and what of it counts; undefined: it tells of an event. */
const standingOf = ({ terms, topic, reading, recognised }: Arrival): Standing | undefined => {
  const { holds, value, threshold } = reading;
  const word = value?.toLowerCase() ?? '';
  const key = (reading.key ?? topic.split('/').at(-1) ?? '').toLowerCase();
  const steady = recognised.periodic && recognised.press === null;
  /** Without anything to compare with, what comes by the clock is no news. */
  const news = (before: string | undefined) => before !== undefined || !steady;
  if (terms.edge === 'auto') {
    if (eventKeys.has(key) || asksForEvent(terms.match)) return undefined;
    const isName = namingKeys.has(reading.key?.toLowerCase() ?? '') && /^\d+$/.test(word);
    if (!threshold && isLevel(word) && !isName && !isArgument(terms)) {
      return { level: word, fires: (before) => holds && before !== word && news(before) };
    }
    if (!threshold && !steady) return undefined;
    const level = String(holds);
    return { level, fires: (before) => holds && before !== level && news(before) };
  }
  // Where everything matches, the level is what is said.
  const high = terms.match === 'any' && isLevel(word) ? onWords.has(word) : holds;
  const level = String(high);
  switch (terms.edge) {
    case 'rising':
      return { level, fires: (before) => high && before !== level && news(before) };
    case 'falling':
      return { level, fires: (before) => !high && before === 'true' };
    case 'change':
      return { level, fires: (before) => before !== undefined && before !== level };
  }
};

/** Decides whether a message is a press of its own: debounced, told once, and not too often. */
export const createGate = (memory: Memory) => {
  const quietUntil = createRecent<number>();
  const presses = createRecent<{ topic: string; atMs: number }>();
  const runs = createRecent<{ times: number[]; told: boolean }>();

  /** The same press by another topic a moment ago. */
  const isEcho = ({ topic, recognised, terms, atMs }: Arrival): boolean => {
    const { vendor, device, press } = recognised;
    if (press === null) return false;
    const key = JSON.stringify([vendor, device, press, terms.command, terms.owner_id]);
    const last = presses.get(key);
    if (last && last.topic !== topic && atMs - last.atMs < samePressMs) return true;
    presses.set(key, { topic, atMs });
    return false;
  };

  const isBouncing = ({ bindingId, terms, value, atMs }: Arrival): boolean => {
    const key = `${bindingId} ${String(value)}`;
    const until = quietUntil.get(key) ?? Number.NEGATIVE_INFINITY;
    // Each repeat keeps it quiet: a remote that is held is one press.
    quietUntil.set(key, atMs + terms.debounce_ms);
    return atMs < until;
  };

  const rateOf = ({ bindingId, atMs }: Arrival): Exclude<Verdict, 'no'> => {
    const run = runs.get(bindingId) ?? { times: [], told: false };
    const times = run.times.filter((at) => atMs - at < 60_000);
    const lastSecond = times.filter((at) => atMs - at < 1000).length;
    const tooFast =
      lastSecond >= bindingLimits.runsPerSecondMax ||
      times.length >= bindingLimits.runsPerMinuteMax;
    if (tooFast) {
      runs.set(bindingId, { times, told: true });
      return run.told ? 'still_too_fast' : 'too_fast';
    }
    runs.set(bindingId, { times: [...times, atMs], told: false });
    return 'fires';
  };

  return (arrival: Arrival): Verdict => {
    const { bindingId, topic, reading, recognised, terms, kept, toBeKept } = arrival;
    const { counter } = recognised;
    if (!reading.known) return 'no';
    const standing = standingOf(arrival);
    if (recognised.afterword && !(standing && asksForState(terms.match))) return 'no';
    const before = memory.get(bindingId, topic, 'level');
    if (standing) memory.set(bindingId, topic, 'level', standing.level);
    if (standing ? !standing.fires(before) : !reading.holds) return 'no';
    const last = memory.get(bindingId, topic, 'counter');
    const counted = counter !== null && last === counter;
    // An older one that is told again does not make room for the newer.
    const isLate = arrival.repeated && last !== undefined;
    if (counter !== null && !isLate) memory.set(bindingId, topic, 'counter', counter);
    // Without a change, an event that is kept would sound again at every start of a listener.
    if (kept || (toBeKept && !standing && terms.ignore_retained)) return 'no';
    if (counted || arrival.repeated || isEcho(arrival) || isBouncing(arrival)) return 'no';
    return rateOf(arrival);
  };
};
