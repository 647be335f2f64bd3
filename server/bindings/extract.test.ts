import { describe, expect, it } from 'vitest';
import type { Extract } from './contract.ts';
import { createExtractor, uidOf } from './extract.ts';
import { payloadOf } from './payload.ts';

const taken = (extract: Extract, payload: string) => {
  const parsed = payloadOf(Buffer.from(payload));
  return parsed && createExtractor(extract)(parsed);
};

describe('an argument is taken out of the payload', () => {
  it.each<[Extract, string, string | number | undefined]>([
    [{ path: 'PN532.UID', as: 'rfid' }, '{"PN532":{"UID":"94D8FC5F","DATA":""}}', '94d8fc5f'],
    [{ path: '', as: 'rfid' }, '74-10-37-94', '74103794'],
    [{ path: '', as: 'rfid' }, '12345678', '12345678'],
    [{ path: '', as: 'rfid' }, '12E45678', '12e45678'],
    [{ path: '', as: 'rfid' }, 'no card', undefined],
    [{ path: 'PN532.UID', as: 'rfid' }, '{"PN532":{"UID":""}}', undefined],
    [{ path: 'brightness', as: 'volume', scale: 100 / 255 }, '{"brightness":255}', 100],
    [{ path: 'brightness', as: 'volume' }, '{"brightness":300}', 100],
    [{ path: '', as: 'volume' }, '37.6', 38],
    [{ path: '', as: 'volume' }, 'loud', undefined],
    [{ path: 'pulses', as: 'count' }, '{"pulses":5}', 5],
    [{ path: 'pulses', as: 'count' }, '{"pulses":0}', undefined],
    [{ path: 'angle', as: 'delta', scale: -0.5 }, '{"angle":"20"}', -10],
    [{ path: 'name', as: 'name' }, '{"name":" Gong "}', 'Gong'],
    [{ path: 'name', as: 'name' }, '{"name":{"x":1}}', undefined],
    [{ path: 'name', as: 'text' }, `{"name":"${'x'.repeat(257)}"}`, undefined],
    [{ path: 'events.*.tag', as: 'tag' }, '{"events":[{},{"tag":"horn"}]}', 'horn'],
  ])('%j of %s is %j', (extract, payload, wanted) => expect(taken(extract, payload)).toBe(wanted));
});

it('a UID is written one way', () => {
  expect(['94D8FC5F', '94:d8:fc:5f', '94-D8-FC-5F', ' 94 d8 fc 5f '].map(uidOf)).toEqual(
    Array.from({ length: 4 }, () => '94d8fc5f'),
  );
  expect(['', 'xyz', '94', '94d8fc5g'].map(uidOf)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});
