import type { Funds, Ledger } from '../credits/index.ts';
import { done, refuse, type CommandRequest, type Outcome } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Problem } from '../kernel/problem.ts';
import { extractionLimits } from './contract.ts';
import { extractionDecider } from './decider.ts';
import type { Dispatcher } from './dispatcher.ts';
import { extractionStream } from './events.ts';
import type { JobCommands } from './job-commands.ts';
import { extractionUnknown, refusalProblem, tooManyOpen } from './problems.ts';
import type { ExtractionQueries, ExtractionRow } from './queries.ts';

export type ExtractionWish = {
  /** Checked by `urlFault`. */
  readonly url: string;
  readonly start_ms: number | null;
  readonly end_ms: number | null;
  readonly sponsorblock: boolean;
};

type Started = Funds & { readonly extraction_id: string };

/** Whoever asks sees own jobs; an admin all. Others are told that there is none. */
export const maySee = ({ actor, role }: Identity, { user_id }: ExtractionRow): boolean =>
  role === 'admin' || user_id === actor;

/** What people do with jobs. */
export const createExtractions = (
  kernel: Kernel,
  ports: {
    queries: ExtractionQueries;
    commands: JobCommands;
    ledger: Ledger;
    dispatcher: Pick<Dispatcher, 'pump' | 'cancelled'>;
  },
) => {
  const { bus } = kernel;
  const { queries, commands, ledger, dispatcher } = ports;
  const { openPerUserMax } = extractionLimits;
  const unknown = extractionUnknown().problem;

  const found = (id: string, identity: Identity): ExtractionRow | undefined => {
    const row = queries.find(id);
    return row && maySee(identity, row) ? row : undefined;
  };
  /** Not at once: whoever asked is answered with a job that waits. */
  const thenPump = <T extends Outcome<unknown, Problem>>(outcome: T): T => {
    if (outcome.ok && !outcome.repeated) setImmediate(dispatcher.pump);
    return outcome;
  };

  return {
    found,

    /** Kept and reserved at once; the work comes later. */
    request: async (
      command: CommandRequest,
      wish: ExtractionWish,
    ): Promise<Outcome<Started, Problem>> =>
      thenPump(
        await bus.execute<Started, Problem>(command, (tx) => {
          const user_id = tx.meta.actor;
          if (queries.openOf(user_id) >= openPerUserMax) return refuse(tooManyOpen);
          const extraction_id = tx.newId();
          const reservation_id = extraction_id;
          const price = ledger.priceOf(user_id, 'extraction');
          const paid = ledger.reserve(tx, {
            userId: user_id,
            action: 'extraction',
            reservationId: reservation_id,
            subject: { extraction_id },
          });
          if (!paid.ok) return refuse(paid.problem);
          tx.decide(extractionDecider, extractionStream(extraction_id), {
            type: 'RequestExtraction',
            extraction_id,
            user_id,
            ...wish,
            price,
            reservation_id,
          });
          return done({ extraction_id, ...paid.funds });
        }),
      ),

    /** Of what failed or was cancelled; whoever wanted it first pays anew. */
    retry: async (
      command: CommandRequest,
      identity: Identity,
      id: string,
    ): Promise<Outcome<null, Problem>> =>
      thenPump(
        await bus.execute<null, Problem>(command, (tx) => {
          const job = found(id, identity);
          if (!job) return refuse(unknown);
          const { user_id } = job;
          const price = ledger.priceOf(user_id, 'extraction');
          const decision = commands.decide(tx, id, { type: 'Retry', price });
          if (!decision.accepted) return refuse(refusalProblem(decision.reason));
          if (queries.openOf(user_id) >= openPerUserMax) return refuse(tooManyOpen);
          const after = tx.state(extractionDecider, extractionStream(id));
          if (after.kind === 'unknown') throw new Error(`the extraction ${id} has no stream`);
          const paid = ledger.reserve(tx, {
            userId: user_id,
            action: 'extraction',
            reservationId: after.reservation_id,
            subject: { extraction_id: id },
          });
          return paid.ok ? done(null) : refuse(paid.problem);
        }),
      ),

    /** At any step; a job whose sound is in the library already is complete and paid, not levelled. */
    async cancel(
      command: CommandRequest,
      identity: Identity,
      id: string,
    ): Promise<Outcome<null, Problem>> {
      const outcome = await bus.execute<null, Problem>(command, (tx) => {
        if (!found(id, identity)) return refuse(unknown);
        const decision = commands.decide(tx, id, { type: 'Cancel' });
        return decision.accepted ? done(null) : refuse(refusalProblem(decision.reason));
      });
      if (outcome.ok && !outcome.repeated) dispatcher.cancelled(id);
      return outcome;
    },
  };
};
export type Extractions = ReturnType<typeof createExtractions>;
