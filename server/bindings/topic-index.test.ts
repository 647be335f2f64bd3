import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTopicIndex, filterFault } from './topic-index.ts';

const takers = (topic: string, ...filters: string[]) =>
  createTopicIndex(filters.map((filter) => [filter, filter]))(topic);

/** The rule of MQTT 4.7 once more, as slow as it likes. */
const lets = (filter: string, topic: string): boolean => {
  const [wide, levels] = [filter.split('/'), topic.split('/')];
  if (topic.startsWith('$')) return false;
  for (const [at, level] of wide.entries()) {
    if (level === '#') return true;
    if (levels[at] === undefined || (level !== '+' && level !== levels[at])) return false;
  }
  return wide.length === levels.length;
};

describe('a topic finds the filters that let it through', () => {
  it.each<[string, string, boolean]>([
    ['a/b', 'a/b', true],
    ['a/b', 'a/+', true],
    ['a/b', '+/b', true],
    ['a/b', 'a/#', true],
    ['a', 'a/#', true],
    ['a/b/c', 'a/#', true],
    ['a/b/c', 'a/+', false],
    ['a', 'a/+', false],
    ['a/', 'a/+', true],
    ['a/b', 'A/b', false],
    ['$SYS/x', '+/x', false],
  ])('%s by %s: %s', (topic, filter, found) => {
    expect(takers(topic, filter, 'other/topic')).toEqual(found ? [filter] : []);
  });

  it('all of them, each once', () => {
    const filters = ['a/b', 'a/+', '+/+', 'a/#', '+/#', 'b/a'];
    expect(takers('a/b', ...filters).toSorted()).toEqual(filters.slice(0, 5).toSorted());
  });

  it('as the rule says, whatever they are', () => {
    const level = fc.constantFrom('a', 'b', '', '+');
    const filter = fc
      .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([levels, open]) => [...levels, ...(open ? ['#'] : [])].join('/'));
    const topic = fc
      .array(fc.constantFrom('a', 'b', '', '$x'), { minLength: 1, maxLength: 4 })
      .map((levels) => levels.join('/'));
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 8 }), topic, (filters, one) => {
        const found = takers(one, ...filters);
        expect(found.toSorted()).toEqual(filters.filter((each) => lets(each, one)).toSorted());
      }),
    );
  });
});

describe('a filter', () => {
  it.each(['zigbee2mqtt/button', '+/events/rpc', 'a/#', 'a//b', 'küche/knopf'])(
    '%s is one',
    (filter) => expect(filterFault(filter)).toBeUndefined(),
  );

  it.each([
    ['', /Give a topic/],
    ['#', /every message/],
    ['a/#/b', /alone and last/],
    ['a#', /alone and last/],
    ['a/b+', /one whole level/],
    ['$SYS/x', /broker's own/],
    ['a\u0000b', /control characters/],
    ['x'.repeat(257), /256 bytes/],
    ['a/'.repeat(16), /16 levels/],
  ])('%j is none, with words', (filter, words) => expect(filterFault(filter)).toMatch(words));
});
