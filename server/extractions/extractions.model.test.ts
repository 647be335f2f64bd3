import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLedger } from '../credits/index.ts';
import { creditsProjection } from '../credits/projection.ts';
import { createCreditsQueries } from '../credits/queries.ts';
import { seedCredits } from '../credits/seed.ts';
import { done, refuse } from '../kernel/command-bus.ts';
import { accepted, type Decider } from '../kernel/decider.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import type { UserEvent } from '../users/events.ts';
import { usersProjection } from '../users/projection.ts';
import type { ExtractionCommand } from './decider.ts';
import { createExtractions } from './extractions.ts';
import { createJobCommands } from './job-commands.ts';
import { extractionsProjection } from './projection.ts';
import { createExtractionQueries, type ExtractionRow } from './queries.ts';
import { extractionsSideTables } from './side-tables.ts';

const prices = { play: 1, extraction: 5, tts: 1 };
const people = ['ann', 'ben'];
const by = { actor: 'test', origin: 'system' } as const;
const admin = {
  actor: 'test',
  name: 'Test',
  role: 'admin',
  scopes: null,
  credential: 'x',
} as const;

const asGiven: Decider<null, readonly UserEvent[], UserEvent, never> = {
  decide: (events) => accepted(...events),
  evolve: (state) => state,
  initialState: () => null,
};

const openHouse = (path: string) => {
  const kernel = testKernel({
    storage: openStorage(path),
    ids: uuidv7,
    projections: [usersProjection, creditsProjection, extractionsProjection],
    sideTables: [
      extractionsSideTables,
      // Of the sounds nothing is read but their ids.
      'CREATE TABLE IF NOT EXISTS sounds (id TEXT, hash TEXT, missing INTEGER, removed_at INTEGER)',
    ],
  });
  const ledger = openLedger(kernel, prices);
  const commands = createJobCommands(kernel.storage, ledger);
  const queries = createExtractionQueries(kernel.storage);
  const extractions = createExtractions(kernel, {
    queries,
    commands,
    ledger,
    // The workers have no part in what is paid.
    dispatcher: { pump: () => undefined, cancelled: () => undefined },
  });
  return { kernel, ledger, commands, queries, extractions };
};
type House = ReturnType<typeof openHouse>;

const failure = { code: 'unknown', message: '', advice: '', last_words: '' } as const;
const media = {
  service: 'fake',
  service_id: 'a',
  webpage_url: '',
  title: '',
  uploader: null,
  duration_ms: null,
  playlist: null,
  marks_missed: false,
};
const reports = [
  { type: 'DetectService', ...media },
  { type: 'FindDuplicate', sound_id: 's', hash: 'h', by: 'media' },
  { type: 'StartDownload' },
  { type: 'RecordDownload', size: 1, has_thumbnail: false },
  { type: 'RecordThumbnail', hash: 'h' },
  { type: 'CreateSound', sound_id: 's', hash: 'h', size: 1, added: true },
  { type: 'Complete', normalisation_failure: null },
  { type: 'Fail', failure },
] as const;

type Step =
  | { kind: 'request'; who: number }
  | { kind: 'begin' | 'retry' | 'cancel' | 'stop'; pick: number }
  /** Of the present run, or of one before it. */
  | { kind: 'report'; pick: number; what: number; late: boolean }
  /** Everything in memory is lost, and what was at work is taken up again. */
  | { kind: 'crash' };

const pick = fc.nat(12);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('request' as const), who: fc.nat(1) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('begin' as const, 'retry' as const, 'cancel' as const, 'stop' as const),
      pick,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      pick,
      what: fc.nat(reports.length - 1),
      late: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
);

const allJobs = ({ queries }: House): ExtractionRow[] =>
  queries.list({ user_id: undefined, status: undefined, before: undefined, limit: 500 }, []).rows;

const send = (
  { kernel, commands }: House,
  id: string,
  command: Exclude<ExtractionCommand, { type: 'RequestExtraction' }>,
) =>
  kernel.bus.execute(by, (tx) => {
    const decision = commands.decide(tx, id, command);
    return decision.accepted ? done(null) : refuse(decision.reason);
  });

const run = async (one: Exclude<Step, { kind: 'crash' }>, house: House): Promise<void> => {
  const { commands, extractions, kernel } = house;
  if (one.kind === 'request') {
    const wish = { url: 'https://media.example/a', start_ms: null, end_ms: null };
    const command = { ...by, actor: people[one.who] as string };
    await extractions.request(command, { ...wish, sponsorblock: false });
    return;
  }
  const jobs = allJobs(house);
  const job = jobs[one.pick % Math.max(1, jobs.length)];
  if (!job) return;
  switch (one.kind) {
    case 'begin':
      await kernel.bus.execute(by, (tx) => {
        commands.begin(tx, job.id, job.attempt);
        return done(null);
      });
      return;
    case 'retry':
      await extractions.retry(by, admin, job.id);
      return;
    case 'cancel':
      await extractions.cancel(by, admin, job.id);
      return;
    case 'stop':
      await send(house, job.id, { type: 'BreakOff', why: 'stopped' });
      return;
    case 'report': {
      const attempt = job.attempt - (one.late ? 1 : 0);
      const report = reports[one.what];
      if (report) await send(house, job.id, { ...report, attempt });
    }
  }
};

/** What must hold after every step, whatever happened before. */
const checkBooks = (house: House): void => {
  const { kernel } = house;
  const jobs = allJobs(house);
  const credits = createCreditsQueries(kernel.storage);
  for (const userId of people) {
    const account = credits.account(userId);
    const own = jobs.filter(({ user_id }) => user_id === userId);
    // What is reserved is what is open, neither more nor less.
    const open = own.filter(({ status }) => status === 'open');
    expect(account?.reserved).toBe(open.length * prices.extraction);
    expect((account?.balance ?? 0) - (account?.reserved ?? 0)).toBeGreaterThanOrEqual(0);
    // What was paid is what became a new sound.
    const made = own.filter(({ status, duplicate }) => status === 'completed' && duplicate === 0);
    expect(account?.balance).toBe(25 - made.length * prices.extraction);
  }
  const endedTwice = kernel.storage
    .prepare(
      `SELECT json_extract(data, '$.reservation_id') AS id FROM events
       WHERE type IN ('CreditsDeducted', 'CreditsReleased') GROUP BY id HAVING count(*) > 1`,
    )
    .all();
  expect(endedTwice).toEqual([]);
};

it('each reservation is settled or released once, whatever happens to the job in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50 }), async (steps) => {
      const dir = mkdtempSync(join(tmpdir(), 'encore-extractions-'));
      const path = join(dir, 'test.db');
      let house = openHouse(path);
      try {
        await house.kernel.bus.execute(by, (tx) => {
          for (const user_id of people) {
            const data = { user_id, role: 'user', plan: 'free' } as const;
            tx.decide(asGiven, `user-${user_id}`, [{ type: 'UserRegistered', data }]);
          }
          return done(null);
        });
        const credits = createCreditsQueries(house.kernel.storage);
        await seedCredits(house.kernel, credits, house.ledger);
        for (const one of steps) {
          if (one.kind === 'crash') {
            house.kernel.storage.close();
            house = openHouse(path);
            for (const id of house.queries.began()) {
              await send(house, id, { type: 'BreakOff', why: 'interrupted' });
            }
          } else await run(one, house);
          checkBooks(house);
        }
        expect(house.kernel.projector.verify()).toEqual([]);
      } finally {
        house.kernel.storage.close();
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
