import { describe, expect, test } from 'vitest';
import type { Decider } from '../decider.ts';
import { projectionSpec } from './projection-spec.ts';
import {
  purse,
  purses,
  type Purse,
  type PurseCommand,
  type PurseEvent,
  type PurseRefusal,
} from './purse.ts';
import { specification } from './specification.ts';

const putIn = (coins: number): PurseEvent => ({ type: 'CoinsPutIn', data: { coins } });
const takenOut = (coins: number): PurseEvent => ({ type: 'CoinsTakenOut', data: { coins } });
const refusal = (coins: number): PurseEvent => ({ type: 'TakingRefused', data: { coins } });

describe('specification', () => {
  const { given } = specification(purse);

  test('given these events, when this command, then these events or this refusal', () => {
    given(putIn(5)).when({ type: 'TakeOut', coins: 3 }).thenAccepted(takenOut(3));
    given().when({ type: 'TakeOut', coins: 0 }).thenRefused({ code: 'empty_hand' });
    given(putIn(5), takenOut(3))
      .when({ type: 'TakeOut', coins: 3 })
      .thenRefused({ code: 'too_few', missing: 1 }, refusal(3));
  });

  test('is strict: another event, one more, one less or another order fails', () => {
    const then = given(putIn(5)).when({ type: 'TakeOut', coins: 3 });
    expect(() => then.thenAccepted()).toThrow();
    expect(() => then.thenAccepted(takenOut(2))).toThrow();
    expect(() => then.thenAccepted(takenOut(3), takenOut(3))).toThrow();
    expect(() => then.thenRefused({ code: 'empty_hand' })).toThrow();
  });

  type Sloppy = Decider<Purse, PurseCommand, PurseEvent, PurseRefusal>;

  test('catches an evolve that changes the state in place', () => {
    const sloppy: Sloppy = { ...purse, evolve: (state) => Object.assign(state, { coins: 9 }) };
    expect(() => specification(sloppy).given(putIn(5)).when({ type: 'PutIn', coins: 1 })).toThrow(
      TypeError,
    );
  });

  test('catches a decide that changes the state in place', () => {
    const sloppy: Sloppy = {
      ...purse,
      decide(command, state) {
        Object.assign(state, { coins: 9 });
        return purse.decide(command, state);
      },
    };
    expect(() => specification(sloppy).given().when({ type: 'PutIn', coins: 1 })).toThrow(
      TypeError,
    );
  });

  test('catches an event that evolve cannot fold', () => {
    const sloppy: Sloppy = {
      ...purse,
      evolve() {
        throw new Error('never heard of it');
      },
    };
    expect(() => specification(sloppy).given().when({ type: 'PutIn', coins: 1 })).toThrow(
      'never heard of it',
    );
  });
});

describe('projectionSpec', () => {
  const stream = 'purse-a';

  test('given these events, then these rows', async () => {
    const { given } = projectionSpec<PurseEvent>(purses);
    const then = await given(
      { stream, event: putIn(5) },
      { stream, event: takenOut(2), actor: 'bob' },
    );
    const noon = Date.UTC(2026, 0, 1, 12);
    then.thenRows('SELECT * FROM purse_moves', [
      { position: 1, purse: stream, coins: 5, actor: 'system', at: noon },
      { position: 2, purse: stream, coins: -2, actor: 'bob', at: noon + 60_000 },
    ]);
    expect(() => then.thenRows('SELECT coins FROM purses', [{ coins: 4 }])).toThrow();
  });

  test('catches a projection whose rebuild differs from what was live', async () => {
    let calls = 0;
    const forgetful = {
      ...purses,
      tables: { notes: 'CREATE TABLE notes (call INTEGER) STRICT' },
      handlers: (storage: Parameters<typeof purses.handlers>[0]) => {
        const insert = storage.prepare('INSERT INTO notes VALUES (?)');
        return { CoinsPutIn: () => void insert.run(++calls) };
      },
    };
    await expect(projectionSpec(forgetful).given({ stream, event: putIn(5) })).rejects.toThrow();
  });
});
