import { done, refuse, type CommandRequest } from '../command-bus.ts';
import { accepted, refused, unreachable, type Decider } from '../decider.ts';
import type { Kernel } from '../kernel.ts';
import type { Projection } from '../projections.ts';

/** A little domain for the kernel's own tests: purses that never hold less than nothing. */
export type PurseEvent =
  | { type: 'CoinsPutIn'; data: { coins: number } }
  | { type: 'CoinsTakenOut'; data: { coins: number } }
  | { type: 'TakingRefused'; data: { coins: number } };

export type PurseCommand = { type: 'PutIn' | 'TakeOut'; coins: number };

/** `empty_hand` is not worth an event; `too_few` is. */
export type PurseRefusal = { code: 'empty_hand' } | { code: 'too_few'; missing: number };

export type Purse = { readonly coins: number; readonly refusals: number };

export const purse: Decider<Purse, PurseCommand, PurseEvent, PurseRefusal> = {
  decide(command, { coins }) {
    if (command.coins <= 0) return refused({ code: 'empty_hand' });
    const data = { coins: command.coins };
    switch (command.type) {
      case 'PutIn':
        return accepted({ type: 'CoinsPutIn', data });
      case 'TakeOut': {
        const missing = command.coins - coins;
        if (missing > 0)
          return refused({ code: 'too_few', missing }, { type: 'TakingRefused', data });
        return accepted({ type: 'CoinsTakenOut', data });
      }
      default:
        return unreachable(command.type);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'CoinsPutIn':
        return { ...state, coins: state.coins + event.data.coins };
      case 'CoinsTakenOut':
        return { ...state, coins: state.coins - event.data.coins };
      case 'TakingRefused':
        return { ...state, refusals: state.refusals + 1 };
      default:
        return unreachable(event);
    }
  },
  initialState: () => ({ coins: 0, refusals: 0 }),
};

export const purses: Projection<PurseEvent> = {
  name: 'purses',
  version: 1,
  tables: {
    purses:
      'CREATE TABLE purses (id TEXT PRIMARY KEY, coins INTEGER NOT NULL CHECK (coins >= 0), refusals INTEGER NOT NULL) STRICT',
    purse_moves:
      'CREATE TABLE purse_moves (position INTEGER PRIMARY KEY, purse TEXT NOT NULL REFERENCES purses, coins INTEGER NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL) STRICT; CREATE INDEX purse_moves_by_purse ON purse_moves (purse, position)',
  },
  handlers(storage) {
    const upsert = storage.prepare(
      'INSERT INTO purses VALUES (:id, :coins, :refusals) ON CONFLICT DO UPDATE SET coins = coins + :coins, refusals = refusals + :refusals',
    );
    const change = storage.prepare('UPDATE purses SET coins = coins + ? WHERE id = ?');
    const move = storage.prepare('INSERT INTO purse_moves VALUES (?, ?, ?, ?, ?)');
    return {
      CoinsPutIn(event) {
        const { coins } = event.data;
        upsert.run({ id: event.streamId, coins, refusals: 0 });
        move.run(event.globalPosition, event.streamId, coins, event.actor, event.recordedAt);
      },
      CoinsTakenOut(event) {
        const { coins } = event.data;
        change.run(-coins, event.streamId);
        move.run(event.globalPosition, event.streamId, -coins, event.actor, event.recordedAt);
      },
      TakingRefused: (event) => upsert.run({ id: event.streamId, coins: 0, refusals: 1 }),
    };
  },
};

const somebody = { actor: 'ann', origin: 'http' } as const;

const send = (
  kernel: Pick<Kernel, 'bus'>,
  id: string,
  command: PurseCommand,
  request: Partial<CommandRequest> = {},
) =>
  kernel.bus.execute({ ...somebody, ...request }, (tx) => {
    const decision = tx.decide(purse, id, command);
    return decision.accepted ? done(command.coins) : refuse(decision.reason);
  });

type Send = (
  kernel: Pick<Kernel, 'bus'>,
  id: string,
  coins: number,
  request?: Partial<CommandRequest>,
) => ReturnType<typeof send>;

export const putIn: Send = (kernel, id, coins, request) =>
  send(kernel, id, { type: 'PutIn', coins }, request);

export const takeOut: Send = (kernel, id, coins, request) =>
  send(kernel, id, { type: 'TakeOut', coins }, request);

/** What the decider sees at its next command. */
export const purseState = async (kernel: Pick<Kernel, 'bus'>, id: string): Promise<Purse> => {
  const outcome = await kernel.bus.execute(somebody, (tx) => done(tx.state(purse, id)));
  if (!outcome.ok) throw new Error('a reading is never refused');
  return outcome.result;
};
