import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bindingBody } from '../../bindings/contract.ts';
import { sleepBody } from '../../player/state-contract.ts';
import { newEntriesBody } from '../../playlists/contract.ts';
import { scheduleBody } from '../../schedules/contract.ts';
import { fieldFaults } from './field-faults.ts';

const faultsOf = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  return error ? fieldFaults(error).map(({ path, message }) => [path.join('.'), message]) : [];
};

describe('a value that fits none of several forms', () => {
  it('is told by which fields it misses the nearest one', () => {
    expect(faultsOf(newEntriesBody, {})).toEqual([
      ['sound_id', 'Invalid input: expected string, received undefined'],
    ]);
    expect(faultsOf(newEntriesBody, { sound_ids: 'all', position: 'first' })).toEqual([
      ['sound_ids', 'Invalid input: expected array, received string'],
      ['position', 'Invalid input: expected number, received string'],
    ]);
  });

  const binding = { name: 'Doorbell', filter: 'a/b', match: 'any', command: { type: 'stop' } };

  it('is told what else a form may be called, and which kinds of values there are', () => {
    expect(faultsOf(bindingBody, { ...binding, command: { type: 'explode' } })).toEqual([
      ['command.type', expect.stringMatching(/^Invalid input: expected "play"\|"random"\|/)],
    ]);
    expect(faultsOf(bindingBody, { ...binding, match: 7 })).toEqual([
      ['match', 'Invalid input: expected "any"|object|array'],
    ]);
    expect(faultsOf(bindingBody, { ...binding, match: {} })).toEqual([
      ['match.equals', 'Invalid input: expected string|number|boolean'],
    ]);
  });

  it('is told of a wrong value in the form that was meant', () => {
    const condition = { path: 'action', op: 'equals', value: 'x' };
    expect(faultsOf(bindingBody, { ...binding, match: condition })).toEqual([
      ['match.op', expect.stringMatching(/^Invalid option: expected one of "eq"/)],
    ]);
    const schedule = {
      name: 'Wake up',
      what: { type: 'stop' },
      when: { weekdays: ['monday'], time: '07:00' },
    };
    expect(faultsOf(scheduleBody, schedule)).toContainEqual([
      'when.weekdays.0',
      expect.stringMatching(/^Invalid option: expected one of "mon"/),
    ]);
    expect(faultsOf(sleepBody, { at_end_of_track: false })).toEqual([
      ['at_end_of_track', 'Invalid input: expected true'],
    ]);
  });

  it('is told what the forms themselves say where they say it', () => {
    const level = z.union([z.int(), z.object({ volume: z.int() })], 'a number, or {"volume": 40}');
    expect(faultsOf(level, { delta: 'loud' })).toEqual([['', 'a number, or {"volume": 40}']]);
  });
});
