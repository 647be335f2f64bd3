import { describe, expect, test } from 'vitest';
import { createUpcast, mergeUpcasters } from './upcasters.ts';

const upcast = createUpcast({
  CoinsPutIn: {
    1: (data: { amount: number }) => ({ coins: data.amount }),
    2: (data: { coins: number }) => ({ ...data, currency: 'EUR' }),
  },
});

describe('createUpcast', () => {
  test('new events are written one version above the last upcaster', () => {
    expect(upcast.versionOf('CoinsPutIn')).toBe(3);
    expect(upcast.versionOf('NeverChanged')).toBe(1);
  });

  test('each version that ever landed is read in the shape of today', () => {
    expect(upcast.upcast('CoinsPutIn', 1, { amount: 5 })).toEqual({ coins: 5, currency: 'EUR' });
    expect(upcast.upcast('CoinsPutIn', 2, { coins: 5 })).toEqual({ coins: 5, currency: 'EUR' });
    expect(upcast.upcast('CoinsPutIn', 3, { coins: 5, currency: 'CHF' })).toEqual({
      coins: 5,
      currency: 'CHF',
    });
  });

  test('a version from the future is not guessed at', () => {
    expect(() => upcast.upcast('CoinsPutIn', 4, {})).toThrow(/written by a newer Encore/);
    expect(() => upcast.upcast('NeverChanged', 2, {})).toThrow(/written by a newer Encore/);
  });

  test('a missing step is found at the start, not at the first old event', () => {
    expect(() => createUpcast({ A: { 1: () => ({}), 3: () => ({}) } })).toThrow(
      'A: the upcaster from version 2 is missing',
    );
    expect(() => createUpcast({ A: { 2: () => ({}) } })).toThrow(
      'A: the upcaster from version 1 is missing',
    );
  });

  test('names that every object has are no event types', () => {
    expect(createUpcast({}).versionOf('constructor')).toBe(1);
    expect(createUpcast({}).upcast('constructor', 1, { a: 1 })).toEqual({ a: 1 });
  });
});

test('an event type belongs to one module', () => {
  const step = { 1: () => ({}) };
  expect(mergeUpcasters([{ A: step }, { B: step }])).toEqual({ A: step, B: step });
  expect(() => mergeUpcasters([{ A: step }, { A: step }])).toThrow(
    'two modules bring upcasters for A',
  );
});
