import { describe, expect, it } from 'vitest';
import type { Ledger } from '../credits/index.ts';
import type { Identity } from '../kernel/door.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import type { OpenJukebox } from '../player/index.ts';
import type { Board } from '../soundboard/index.ts';
import type { Speech } from '../speech/index.ts';
import { bindingLimits, type BindingCommand } from './contract.ts';
import { createPerform } from './perform.ts';

const person = (role: Identity['role']): Identity => ({
  actor: 'ann',
  name: 'Ann',
  role,
  scopes: null,
  credential: 'binding',
});
const play: BindingCommand = { type: 'play', sound_id: 'gong' };

/** What a command comes to for its owner (null: the house), when the house has given so much today. */
const performed = async (
  command: BindingCommand,
  { owner = null, runs = 0 }: { owner?: Identity | null; runs?: number } = {},
) => {
  const done: string[] = [];
  const answer = (what: string) => (asked: { identity: Identity | null }) => {
    done.push(`${what} as ${asked.identity?.actor ?? 'the house'}`);
    return Promise.resolve({ ok: true, result: { play_id: 'p1' }, position: 1, repeated: false });
  };
  const kernel = testKernel();
  const since: number[] = [];
  const perform = createPerform(kernel, {
    board: { playById: answer('play') } as unknown as Board,
    jukebox: { jukebox: { next: answer('next') } } as unknown as OpenJukebox,
    speech: {} as Speech,
    ledger: {} as Ledger,
    queries: {
      houseRunsSince(ms: number) {
        since.push(ms);
        return runs;
      },
      soundsTagged: () => [],
    },
    identityOf: () => owner ?? undefined,
  });
  const outcome = await perform({
    named: { name: 'Gong', owner_name: null },
    terms: { command, extract: null, owner_id: owner?.actor ?? null },
    value: null,
    correlationId: 'c1',
    receivedAtMs: 0,
  });
  return { done, code: outcome.ok ? null : outcome.problem.code, since, now: kernel.clock.now() };
};

describe('the house', () => {
  const { houseRunsPerDayMax } = bindingLimits;

  it('gives away so much a day, counted from midnight', async () => {
    const last = await performed(play, { runs: houseRunsPerDayMax - 1 });
    expect(last).toMatchObject({ done: ['play as the house'], code: null });
    expect(last.since).toEqual([new Date(last.now).setHours(0, 0, 0, 0)]);
    const over = await performed(play, { runs: houseRunsPerDayMax });
    expect(over).toMatchObject({ done: [], code: 'house_budget_spent' });
  });

  it('does without end what costs nothing', async () => {
    const next = await performed({ type: 'next' }, { runs: houseRunsPerDayMax });
    expect(next).toMatchObject({ done: ['next as the house'], code: null });
  });
});

describe('an owner', () => {
  it('is not held to what the house gives away', async () => {
    const owner = person('guest');
    const pressed = await performed(play, { owner, runs: bindingLimits.houseRunsPerDayMax });
    expect(pressed).toMatchObject({ done: ['play as ann'], code: null, since: [] });
  });

  it('does no more by a button than at any other door', async () => {
    const guest = await performed({ type: 'next' }, { owner: person('guest') });
    expect(guest).toMatchObject({ done: [], code: 'not_allowed' });
    const user = await performed({ type: 'next' }, { owner: person('user') });
    expect(user).toMatchObject({ done: ['next as ann'], code: null });
  });
});
