import { expect, test } from 'vitest';
import { filterOf, heldBy, queryOf } from './filter.ts';

const asked = (query: string) => queryOf(filterOf(new URLSearchParams(query)));

test('an address without a filter asks for the whole log', () => {
  expect(asked('event=e1&at=2026-11-20T07:56:00Z')).toBe('');
});

test('a kind stands for all of its types, and a type for itself alone', () => {
  expect(new URLSearchParams(asked('kind=plays')).getAll('type')).toContain('PlayStarted');
  expect(asked('kind=plays&type=VolumeSet')).toBe('type=VolumeSet');
});

test('stream, person, request and time go to the server, words do not', () => {
  const query = 'stream=sound-a&actor=bo&correlation=c1&from=2026-11-20T07:00:00Z&text=horn';
  expect(asked(query)).toBe(
    'actor=bo&stream=sound-a&correlation_id=c1&from=2026-11-20T07%3A00%3A00.000Z',
  );
});

test('what is no kind or time is no filter', () => {
  expect(heldBy(filterOf(new URLSearchParams('kind=lanterns&from=noon')))).toEqual([]);
});
