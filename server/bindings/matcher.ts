import { RE2JS } from 're2js';
import { unreachable } from '../kernel/decider.ts';
import type { Condition, Match } from './contract.ts';
import { keyOf, memberOf, pathOf, valuesAt, type Path, type Payload } from './payload.ts';

/** RE2 takes time by text × program: neither is without a bound. */
const regexLimits = { programSizeMax: 500, textCharactersMax: 4096 } as const;

/** What a matcher makes of one message. */
export type Reading = {
  /** The message speaks of what the matcher asks about. */
  readonly known: boolean;
  readonly holds: boolean;
  /** What was looked at, where it is one plain value. */
  readonly value: string | undefined;
  /** Its name: a JSON key; undefined for the text as a whole. */
  readonly key: string | undefined;
  /** Compared with a number that it may lie above or below for long. */
  readonly threshold: boolean;
};

export type Matcher = (payload: Payload) => Reading;

type Test = Omit<Condition, 'path'> & { readonly path: Path };

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** `"1"` is 1, `true` is "true": devices disagree about what they put in quotes. */
const same = (a: unknown, b: unknown): boolean => isPlain(a) && String(a) === String(b);

const compare = (a: unknown, b: unknown, holds: (a: number, b: number) => boolean): boolean => {
  if (typeof a !== 'number' && (typeof a !== 'string' || a.trim() === '')) return false;
  const [left, right] = [Number(a), Number(b)];
  return !Number.isNaN(left) && !Number.isNaN(right) && holds(left, right);
};

const contains = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value)
    ? value.some((element) => same(element, wanted))
    : isPlain(value) && String(value).includes(String(wanted));

const holdsOf = ({ op, value: wanted = null }: Test, value: unknown): boolean => {
  switch (op) {
    case 'exists':
      // What is there and says nothing is not there: `{"UID": ""}`.
      return (value !== undefined && value !== null && value !== '') !== (wanted === false);
    case 'eq':
      return same(value, wanted);
    case 'ne':
      return value !== undefined && !same(value, wanted);
    case 'gt':
      return compare(value, wanted, (a, b) => a > b);
    case 'gte':
      return compare(value, wanted, (a, b) => a >= b);
    case 'lt':
      return compare(value, wanted, (a, b) => a < b);
    case 'lte':
      return compare(value, wanted, (a, b) => a <= b);
    case 'contains':
      return contains(value, wanted);
    default:
      return unreachable(op);
  }
};

const step = (tests: readonly Test[]): Test[] =>
  tests.map((test) => ({ ...test, path: test.path.slice(1) }));

/** All of them, of the same element wherever they go through a list together. */
const holdTogether = (value: unknown, tests: readonly Test[]): boolean => {
  const [ended, going] = [
    tests.filter(({ path }) => path.length === 0),
    tests.filter(({ path }) => path.length > 0),
  ];
  if (!ended.every((test) => holdsOf(test, value))) return false;
  if (Array.isArray(value)) {
    const spread = going.filter(({ path: [key = ''] }) => !/^\d+$/.test(key));
    const placed = going.filter((test) => !spread.includes(test));
    const inEach = spread.map((test) =>
      test.path[0] === '*' ? { ...test, path: test.path.slice(1) } : test,
    );
    const named = spread.some(({ path: [key] }) => key !== '*');
    const spreadHolds =
      spread.length === 0 ||
      value.some((element) => !(named && Array.isArray(element)) && holdTogether(element, inEach));
    return spreadHolds && byKey(value, placed);
  }
  return byKey(value, going);
};

const byKey = (value: unknown, tests: readonly Test[]): boolean => {
  for (const key of new Set(tests.map(({ path }) => path[0] as string))) {
    const group = tests.filter(({ path }) => path[0] === key);
    if (!holdTogether(memberOf(value, key), step(group))) return false;
  }
  return true;
};

const thresholds: ReadonlySet<Condition['op']> = new Set(['gt', 'gte', 'lt', 'lte']);
const unknown: Reading = {
  known: false,
  holds: false,
  value: undefined,
  key: undefined,
  threshold: false,
};

const ofConditions = (conditions: readonly Condition[]): Matcher => {
  const tests = conditions.map(({ path, ...test }) => ({ ...test, path: pathOf(path) }));
  const threshold = tests.some(({ op }) => thresholds.has(op));
  const asksForAbsence = tests.some(({ op, value }) => op === 'exists' && value === false);
  const [first] = tests;
  return ({ json }) => {
    if (json === undefined) return unknown;
    const values = first ? valuesAt(json, first.path).filter(isPlain) : [];
    const key = first && keyOf(first.path);
    return {
      known: asksForAbsence || tests.some(({ path }) => valuesAt(json, path).length > 0),
      holds: holdTogether(json, tests),
      value: values.length === 1 ? String(values[0]) : undefined,
      key,
      threshold,
    };
  };
};

const ofText = (holds: (payload: Payload & { text: string }) => boolean): Matcher => {
  return ({ text, json }) =>
    text === null
      ? unknown
      : { ...unknown, known: true, holds: holds({ text, json }), value: text.slice(0, 256) };
};

/** What is wrong with a pattern; undefined: nothing. */
export const patternFault = (pattern: string): string | undefined => {
  try {
    const size = RE2JS.compile(pattern).programSize();
    return size > regexLimits.programSizeMax
      ? 'This pattern is too large: give smaller numbers of repeats.'
      : undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll('"', "'") : 'no reason';
    return `This is no pattern in the syntax of RE2: "${why}".`;
  }
};

const ofPattern = (pattern: string): Matcher => {
  // One that was taken before a bound fell matches nothing instead of stopping the others.
  if (patternFault(pattern) !== undefined) return () => unknown;
  const compiled = RE2JS.compile(pattern);
  return ofText(
    ({ text }) => text.length <= regexLimits.textCharactersMax && compiled.matcher(text).find(),
  );
};

/** Compiled once for each binding. */
export const createMatcher = (match: Match): Matcher => {
  if (match === 'any')
    return (payload) => ({ ...ofText(() => true)(payload), holds: true, known: true });
  if (Array.isArray(match)) return ofConditions(match);
  if ('regex' in match) return ofPattern(match.regex);
  if ('equals' in match) {
    const wanted = String(match.equals);
    return ofText(({ text, json }) => text === wanted || json === wanted);
  }
  return ofConditions([match]);
};
