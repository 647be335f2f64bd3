import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import type { Match } from './contract.ts';
import { createMatcher, patternFault } from './matcher.ts';
import { payloadOf } from './payload.ts';

const bytes = (payload: unknown): Uint8Array =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
const holds = (match: Match, payload: unknown): boolean => {
  const parsed = payloadOf(bytes(payload));
  return parsed !== undefined && createMatcher(match)(parsed).holds;
};
const where = (
  path: string,
  op: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains',
  value: string | number | boolean | null,
) => ({ path, op, value }) as const;

const shelly = (...events: { component: string; event: string; idx?: number }[]) => ({
  src: 'shellyplusi4-a1',
  method: 'NotifyEvent',
  params: { ts: 1.5, events },
});

describe('text', () => {
  it.each<[Match, unknown, boolean]>([
    [{ equals: 'single' }, 'single', true],
    [{ equals: 'single' }, 'single\n', true],
    [{ equals: 'single' }, '"single"', true],
    [{ equals: 'single' }, 'Single', false],
    [{ equals: 'single' }, { action: 'single' }, false],
    [{ equals: 42 }, '42', true],
    [{ equals: true }, 'true', true],
    [{ regex: '^(single|double)$' }, 'double', true],
    [{ regex: '^(single|double)$' }, 'doubles', false],
    [{ regex: '(?i)on' }, 'BUTTON', true],
    ['any', 'whatever', true],
  ])('%j of %j: %s', (match, payload, wanted) => expect(holds(match, payload)).toBe(wanted));

  it('of nothing, or of blanks, is nothing', () => {
    expect(payloadOf(bytes(''))).toBeUndefined();
    expect(payloadOf(bytes(' \n'))).toBeUndefined();
  });

  it('that is no text is any, and else nothing', () => {
    const parsed = payloadOf(Uint8Array.of(0xff, 0xfe, 0x00));
    if (!parsed) throw new Error('these are bytes');
    expect(createMatcher('any')(parsed).holds).toBe(true);
    expect(createMatcher({ regex: '' })(parsed).holds).toBe(false);
  });
});

describe('conditions', () => {
  it.each<[Match, unknown, boolean]>([
    [where('action', 'eq', 'single'), { action: 'single' }, true],
    [where('action', 'eq', 'single'), { action: 'double' }, false],
    [where('action', 'eq', 'single'), {}, false],
    [where('action', 'eq', 'single'), 'single', false],
    [where('$.action', 'eq', 'single'), { action: 'single' }, true],
    [where('', 'eq', 5), '5', true],
    [where('value', 'eq', '1315156'), { value: 1315156 }, true],
    [where('state', 'eq', true), { state: true }, true],
    [where('state', 'eq', null), { state: null }, true],
    [where('state', 'ne', 'off'), { state: 'on' }, true],
    [where('state', 'ne', 'off'), {}, false],
    [where('t', 'gt', 20), { t: 20 }, false],
    [where('t', 'gte', 20), { t: 20 }, true],
    [where('t', 'lt', 20), { t: '19.5' }, true],
    [where('t', 'lte', 20), { t: 'warm' }, false],
    [where('t', 'lt', 20), { t: '' }, false],
    [where('t', 'lt', 20), { t: null }, false],
    [where('action', 'contains', 'double'), { action: 'button_1_double' }, true],
    [where('keys', 'contains', 3), { keys: [1, 3] }, true],
    [{ path: 'PN532.UID', op: 'exists' }, { PN532: { UID: '94D8FC5F' } }, true],
    [{ path: 'PN532.UID', op: 'exists' }, { PN532: { UID: '' } }, false],
    [{ path: 'PN532.UID', op: 'exists', value: false }, { PN532: {} }, true],
    [where('__proto__', 'eq', 'x'), {}, false],
    [where('constructor.name', 'eq', 'Object'), {}, false],
    [where('length', 'eq', 2), [1, 2], false],
    [where('list.1', 'eq', 'b'), { list: ['a', 'b'] }, true],
    [where('list[0]', 'eq', 'b'), { list: ['a', 'b'] }, false],
  ])('%j of %j: %s', (match, payload, wanted) => expect(holds(match, payload)).toBe(wanted));

  it('hold all, or the match does not', () => {
    const match: Match = [where('a', 'eq', 1), where('b', 'eq', 2)];
    expect([holds(match, { a: 1, b: 2 }), holds(match, { a: 1, b: 3 })]).toEqual([true, false]);
  });

  it.each(['params.events.*.', 'params.events[].', 'params.events[*].', 'params.events.'])(
    'of %s… hold of the same element',
    (list) => {
      const match: Match = [
        where(`${list}component`, 'eq', 'input:0'),
        where(`${list}event`, 'eq', 'double_push'),
      ];
      const [first, second] = ['input:0', 'input:1'];
      expect(holds(match, shelly({ component: first, event: 'double_push' }))).toBe(true);
      expect(
        holds(
          match,
          shelly(
            { component: first, event: 'single_push' },
            { component: second, event: 'double_push' },
          ),
        ),
      ).toBe(false);
      expect(
        holds(
          match,
          shelly(
            { component: second, event: 'single_push' },
            { component: first, event: 'double_push' },
          ),
        ),
      ).toBe(true);
    },
  );

  it('know whether the message speaks of them', () => {
    const matcher = createMatcher(where('contact', 'eq', false));
    const known = (payload: unknown) => {
      const parsed = payloadOf(bytes(payload));
      return parsed && matcher(parsed).known;
    };
    expect([known({ contact: true }), known({ battery: 80 }), known('text')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a pattern', () => {
  it.each([
    ['(a+)+$', undefined],
    ['[', /no pattern/],
    ['(?=a)', /no pattern/],
    ['((a{1,30}){1,30}){1,30}', /no pattern/],
    ['a{900}', /too large/],
  ])('%s: %s', (pattern, words) => {
    const fault = patternFault(pattern);
    if (words === undefined) expect(fault).toBeUndefined();
    else expect(fault).toMatch(words);
  });
});

it('nothing that arrives makes a matcher throw', () => {
  const scalar = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  const condition = fc.record({
    path: fc.oneof(fc.string(), fc.constantFrom('', 'a', 'a.*.b', 'a[].b', '*.*', '0')),
    op: fc.constantFrom('eq', 'ne', 'gt', 'lt', 'exists', 'contains'),
    value: scalar,
  });
  const match = fc.oneof(
    fc.constant('any'),
    fc.record({ equals: fc.string() }),
    fc.record({ regex: fc.string() }),
    condition,
    fc.array(condition, { minLength: 1, maxLength: 4 }),
  ) as fc.Arbitrary<Match>;
  const payload = fc.oneof(
    fc.uint8Array(),
    fc.string().map(bytes),
    fc.json().map((text) => Buffer.from(text)),
    fc.constant('[').map((open) => Buffer.from(open.repeat(9000) + ']'.repeat(9000))),
  );
  fc.assert(
    fc.property(match, payload, (one, message) => {
      const parsed = payloadOf(message);
      const reading = parsed && createMatcher(one)(parsed);
      expect([true, false, undefined]).toContain(reading?.holds);
    }),
    { numRuns: 500 * inject('effort') },
  );
});
