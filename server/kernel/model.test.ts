import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import { done, refuse, type Outcome } from './command-bus.ts';
import type { FeedMessage } from './feed.ts';
import { RepeatKeyReused } from './repeats.ts';
import { openStorage, type Storage } from './storage.ts';
import { countingIds } from './testing/fake-ports.ts';
import { purse, purses, type PurseCommand, type PurseEvent } from './testing/purse.ts';
import { testKernel } from './testing/test-kernel.ts';

type Step = { stream: string; command: PurseCommand };
type Command = {
  steps: Step[];
  ending: 'as decided' | 'refuse' | 'throw';
  key: string | undefined;
};
/** Batches of commands; between some of them the process starts anew. */
type Plan = { commands: Command[]; restart: boolean }[];

/** What the kernel should do, in the plainest words. */
const createModel = () => {
  const events: { stream: string; event: PurseEvent }[] = [];
  const answers = new Map<string, { fingerprint: string; answer: unknown }>();
  const stateOf = (stream: string, list = events) =>
    list
      .filter((one) => one.stream === stream)
      .reduce((state, { event }) => purse.evolve(state, event), purse.initialState());

  const answerTo = ({ steps, ending }: Command): unknown => {
    const draft = [...events];
    const refusals: typeof events = [];
    let refused = false;
    for (const { stream, command } of steps) {
      const decision = purse.decide(command, stateOf(stream, draft));
      const made = decision.events.map((event) => ({ stream, event }));
      draft.push(...made);
      if (!decision.accepted) refusals.push(...made);
      refused ||= !decision.accepted;
    }
    if (ending === 'throw') return 'thrown';
    const ok = ending === 'as decided' && !refused;
    events.push(...(ok ? draft.slice(events.length) : refusals));
    return { ok, position: events.length };
  };

  return {
    events,
    stateOf,
    run(command: Command): unknown {
      const earlier = command.key === undefined ? undefined : answers.get(command.key);
      const fingerprint = JSON.stringify(command);
      if (earlier) return earlier.fingerprint === fingerprint ? earlier.answer : 'key reused';
      const answer = answerTo(command);
      if (command.key !== undefined && answer !== 'thrown') {
        answers.set(command.key, { fingerprint, answer });
      }
      return answer;
    },
  };
};

const open = (storage: Storage, ids: () => string, heard: FeedMessage[]) => {
  const kernel = testKernel({ storage, ids, projections: [purses] });
  const told = ({ type }: { type: string }) => ({ type, data: {} });
  const map = { CoinsPutIn: told, CoinsTakenOut: told, TakingRefused: told };
  const { feed } = kernel.connect({ feed: [map], reactors: [] });
  kernel.start();
  feed.subscribe({ actor: 'ann', role: 'user' }, heard.length, (message) => heard.push(message));
  return kernel;
};

const send = (kernel: ReturnType<typeof testKernel>, command: Command): Promise<unknown> =>
  kernel.bus
    .execute(
      {
        actor: 'ann',
        origin: 'http',
        ...(command.key !== undefined && {
          repeat: { key: command.key, fingerprint: JSON.stringify(command) },
        }),
      },
      (tx) => {
        const decisions = command.steps.map((step) => tx.decide(purse, step.stream, step.command));
        if (command.ending === 'throw') throw new Error('thrown');
        const ok = command.ending === 'as decided' && decisions.every(({ accepted }) => accepted);
        return ok ? done(null) : refuse(null);
      },
    )
    .then(
      ({ ok, position }: Outcome<null, null>) => ({ ok, position }),
      (error: unknown) =>
        error instanceof RepeatKeyReused ? 'key reused' : (error as Error).message,
    );

const streams = ['a', 'b', 'c'];
const steps = fc.array(
  fc.record({
    stream: fc.constantFrom(...streams),
    command: fc.record({
      type: fc.constantFrom('PutIn' as const, 'TakeOut' as const),
      coins: fc.integer({ min: 0, max: 5 }),
    }),
  }),
  { maxLength: 4 },
);
const commands = fc.record({
  steps,
  ending: fc.constantFrom<Command['ending'][]>(
    'as decided',
    'as decided',
    'as decided',
    'refuse',
    'throw',
  ),
  key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined, freq: 3 }),
});
/** Some commands come again word for word, as a client repeats them. */
const batches = fc
  .array(fc.tuple(commands, fc.boolean()), { minLength: 1, maxLength: 6 })
  .map((pairs) => pairs.flatMap(([command, again]) => (again ? [command, command] : [command])));
const plans: fc.Arbitrary<Plan> = fc.array(
  fc.record({ commands: batches, restart: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
);

test('whatever comes in whatever order, the kernel does what the model does', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const storage = openStorage(':memory:');
      const ids = countingIds();
      const model = createModel();
      const heard: FeedMessage[] = [];
      let kernel = open(storage, ids, heard);
      for (const { commands: batch, restart } of plan) {
        const answers = await Promise.all(batch.map((command) => send(kernel, command)));
        expect(answers).toEqual(batch.map((command) => model.run(command)));
        if (restart) kernel = open(storage, ids, heard);
      }
      const log = kernel.log.readAll(0, 10_000);
      expect(
        log.map(({ streamId, type, data }) => ({ stream: streamId, event: { type, data } })),
      ).toEqual(model.events);
      expect(heard.map(({ position, type }) => ({ position, type }))).toEqual(
        log.map(({ globalPosition, type }) => ({ position: globalPosition, type })),
      );
      for (const stream of streams) {
        expect(
          storage.prepare('SELECT coins, refusals FROM purses WHERE id = ?').get(stream) ??
            purse.initialState(),
        ).toEqual(model.stateOf(stream));
      }
      expect(kernel.projector.verify()).toEqual([]);
      expect(await checkChain(kernel.log)).toMatchObject({
        verdict: 'valid',
        position: model.events.length,
      });
      storage.close();
    }),
    { numRuns: 40 },
  );
}, 30_000);
