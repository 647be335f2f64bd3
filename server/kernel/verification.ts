import { foldChain, type ChainVerdict, type Fault, type PublishedHead } from './chain-check.ts';
import type { Recorded } from './event.ts';
import type { LogCheck } from './log-check.ts';
import { createLogReader, type LogReader } from './log-reader.ts';
import type { AnyProjection } from './projections.ts';
import { checkReadModels, type ReadModelCheck, type Replay } from './read-model-check.ts';
import { isDamage, type Storage } from './storage.ts';
import type { Upcast } from './upcasters.ts';

const pageSize = 2000;

export type Verification = {
  /** Better one that cannot write: `openStorageToRead`. */
  readonly live: Storage;
  readonly openScratch: () => Storage;
  readonly upcast: Upcast;
  readonly projections: readonly AnyProjection[];
  readonly checks: readonly LogCheck[];
  readonly published: readonly PublishedHead[];
  /** A position that is known to have been durable. */
  readonly reached?: number;
  /** `ignored`: of an older Encore's log, whose read models are made anew at the next start. */
  readonly olderModels?: 'fault' | 'ignored';
  /** Called after each page of events. */
  readonly progress?: (checked: number, of: number) => void;
};

/** The first position in one stream that is skipped, doubled or out of the log's order. */
const streamFault = (live: Storage): Fault | undefined => {
  // The index on streams and their positions holds the global position too: the table is not read.
  const row = live
    .prepare<[], { position: number; stream: string }>(
      `SELECT min(global_position) AS position, stream_id AS stream FROM (
         SELECT global_position, stream_id, stream_position,
           row_number() OVER one AS expected, lag(global_position, 1, 0) OVER one AS before
         FROM events WINDOW one AS (PARTITION BY stream_id ORDER BY stream_position))
       WHERE stream_position <> expected OR before >= global_position
       HAVING position IS NOT NULL`,
    )
    .get();
  return (
    row && {
      position: row.position,
      fault: `event ${row.position} is out of place in its stream ${row.stream}`,
    }
  );
};

const highest = (live: Storage, sql: string): number =>
  live.prepare<[], number | null>(sql).pluck().get() ?? 0;

/** How far the reactors had come: a second witness of the log's length. */
const checkpoint = (live: Storage): number => {
  const there = live.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'checkpoints'`).get();
  return there ? highest(live, 'SELECT max(position) FROM checkpoints') : 0;
};

/** Those whose tables are not of an older version. */
const keptByNow = (live: Storage, projections: readonly AnyProjection[]): AnyProjection[] => {
  const versionOf = live
    .prepare<[string], number>('SELECT version FROM projections WHERE name = ?')
    .pluck();
  return projections.filter(({ name, version }) => (versionOf.get(name) ?? 0) >= version);
};

/** One check on its way through the log; what it throws is a fault of the event at hand. */
const following = (check: {
  readonly name: string;
  readonly types: { has(type: string): boolean };
  see(event: Recorded): Fault | undefined;
  end(position: number): readonly Fault[];
}) => {
  let fault: Fault | undefined;
  return {
    wants: (type: string) => fault === undefined && check.types.has(type),
    see(event: Recorded) {
      try {
        fault = check.see(event);
      } catch (error) {
        if (isDamage(error)) throw error;
        const position = event.globalPosition;
        fault = { position, fault: `${check.name}: event ${position}: ${String(error)}` };
      }
    },
    end: (position: number) => (fault ? [fault] : check.end(position)),
  };
};
type Follower = ReturnType<typeof following>;

const followModule = (check: LogCheck, live: Storage): Follower => {
  const run = check.open(live);
  const end = (position: number) => {
    const fault = run.end(position);
    return fault ? [fault] : [];
  };
  const types = new Set(check.on);
  return following({ name: check.name, types, see: (event) => run.see(event), end });
};

/** The whole log through the chain and the followers, up to the first row that does not hold. */
const readLog = (
  reader: LogReader,
  chain: ReturnType<typeof foldChain>,
  followers: readonly Follower[],
  progress: (checked: number) => void,
): Fault | undefined => {
  for (;;) {
    const rows = reader.readRows(chain.position(), pageSize);
    for (const row of rows) {
      const fault = chain.see(row);
      if (fault) return fault;
      const wanting = followers.filter(({ wants }) => wants(row.type));
      if (wanting.length === 0) continue;
      const event = reader.decode(row);
      for (const { see } of wanting) see(event);
    }
    progress(chain.position());
    if (rows.length < pageSize) return undefined;
  }
};

/**
 * Proves in one pass that the log is whole, that every read model is what the events make of it,
 * and what the modules hold to be true; all of one moment, while others go on writing. Takes
 * seconds for a million events, without a pause: not for the thread that serves.
 * @throws Error for events of a newer Encore, and where the disk fails
 */
export const verifyLog = (options: Verification): ChainVerdict => {
  const { live, progress = () => undefined } = options;
  const chain = foldChain(options.published);
  let models: ReadModelCheck | undefined;
  live.exec('BEGIN');
  try {
    const of = highest(live, 'SELECT max(global_position) FROM events');
    progress(0, of);
    const reader = createLogReader(live, options.upcast);
    const replay: Replay = (types, see) => {
      for (let after = 0; after < of; after += pageSize) {
        for (const event of reader.readAll(after, pageSize, types)) see(event);
      }
    };
    models = checkReadModels(
      live,
      options.openScratch,
      options.olderModels === 'ignored'
        ? keptByNow(live, options.projections)
        : options.projections,
      replay,
    );
    const followers = [
      following({ name: 'read models', ...models }),
      ...options.checks.map((check) => followModule(check, live)),
    ];
    const logFault =
      readLog(reader, chain, followers, (checked) => progress(checked, of)) ??
      chain.end(Math.max(options.reached ?? 0, checkpoint(live))) ??
      streamFault(live);
    if (logFault) return chain.verdict(logFault);
    const faults = followers.flatMap(({ end }) => end(of));
    return chain.verdict(faults.sort((a, b) => a.position - b.position)[0]);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const fault = `the database file is damaged: ${error.message}`;
    return chain.verdict({ position: chain.position() + 1, fault });
  } finally {
    models?.close();
    if (live.inTransaction) live.exec('ROLLBACK');
  }
};
