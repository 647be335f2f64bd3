import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainHash, genesisHash, type EventRow } from './hash-chain.ts';
import { anyText } from './testing/any-text.ts';

type Row = Omit<EventRow, 'hash'>;

const row: Row = {
  global_position: 1,
  event_id: 'e-1',
  stream_id: 'purse-a',
  stream_position: 1,
  type: 'CoinsPutIn',
  schema_version: 1,
  data: '{"coins":5}',
  actor: 'ann',
  origin: 'http',
  correlation_id: 'c-1',
  causation_id: null,
  recorded_at: 1_767_268_800_000,
};

const hex = (changes: Partial<Row> = {}, previous = genesisHash) =>
  chainHash(previous, { ...row, ...changes }).toString('hex');

// Computed with another program, from the description alone.
test('the hash of a row is for ever', () => {
  expect(hex()).toBe('3583f8fe26c1a6e504ae040e30d6f1a9faf13caa504c75980b34fe97bb3f5447');
});

test('the hash of the row before is part of it', () => {
  expect(hex({}, Buffer.alloc(32, 1))).not.toBe(hex());
});

test('text cannot wander into the neighbouring column', () => {
  expect(hex({ event_id: 'e-1p', stream_id: 'urse-a' })).not.toBe(hex({}));
});

test('no cause is another thing than an empty cause', () => {
  expect(hex({ causation_id: null })).not.toBe(hex({ causation_id: '' }));
});

test('two rows that differ anywhere have different hashes', () => {
  const text = anyText(6);
  const number = fc.nat(300);
  const rows = fc.record<Row>({
    global_position: number,
    event_id: text,
    stream_id: text,
    stream_position: number,
    type: text,
    schema_version: number,
    data: text,
    actor: text,
    origin: text,
    correlation_id: text,
    causation_id: fc.option(text),
    recorded_at: number,
  });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(...(Object.keys(row) as (keyof Row)[])),
      rows,
      (one, key, other) => {
        const changed: Row = { ...one, [key]: other[key] };
        const same = chainHash(genesisHash, one).equals(chainHash(genesisHash, changed));
        return same === (one[key] === changed[key]);
      },
    ),
    { numRuns: 50 },
  );
});
