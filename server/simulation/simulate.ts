import { createHash } from 'node:crypto';
import { takeOverTimers } from './stand-ins/timers.ts';
import { createWorld, WorldFailed, type WorldReport } from './world.ts';

export type Place = { readonly world: number; readonly step: number };

export type SimulationOptions = {
  readonly seed: number;
  readonly commands: number;
  /** Only that world, up to that step, with a line for all that happens. */
  readonly until?: Place;
  readonly trace?: (line: string) => void;
  readonly progress?: (report: SimulationReport) => void;
};

export type SimulationReport = Omit<WorldReport, 'head'> & {
  readonly worlds: number;
  /** Over the heads of all logs: the same for the same seed. */
  readonly digest: string;
  readonly failure?: { readonly at: Place; readonly invariant: string; readonly what: string };
};

/** A world is left for a new one before its checks, which grow with its log, take all the time. */
const commandsPerWorld = 1500;

/** `until` was reached, and no promise was broken. */
class ReachedStep extends Error {
  override readonly name = 'ReachedStep';
}

/** Takes over this process's timers. Worlds come one after the other, until so many commands were given. */
export const simulate = async (options: SimulationOptions): Promise<SimulationReport> => {
  const turn = takeOverTimers();
  const { seed, commands, until, trace } = options;
  const digest = createHash('sha256');
  const total = { commands: 0, events: 0, steps: 0, crashes: 0, faults: 0, sounds: 0 };
  let world: ReturnType<typeof createWorld> | undefined;
  const heed = (error: unknown) => world?.unhandled(error);
  process.on('unhandledRejection', heed);

  const run = async (number: number): Promise<WorldReport> => {
    const one = createWorld({
      seed,
      number,
      commands: Math.min(commandsPerWorld, commands),
      ...(until && { untilStep: until.step }),
      ...(trace && { trace }),
    });
    world = one;
    const turns = async (reached: () => boolean) => {
      while (!reached()) {
        if (!one.step()) throw new ReachedStep();
        // A real turn: by then all is done that the step's promises led to.
        await new Promise<void>(turn);
      }
    };
    try {
      return await one.play(turns);
    } finally {
      one.close();
    }
  };

  let number = until?.world ?? 0;
  let failure: SimulationReport['failure'];
  try {
    for (; total.commands < commands && !failure; number++) {
      try {
        const { head, ...report } = await run(number);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += report[key];
        digest.update(head);
        options.progress?.({ ...total, worlds: number + 1, digest: '' });
      } catch (error) {
        if (error instanceof ReachedStep) break;
        if (!(error instanceof WorldFailed)) throw error;
        const { invariant, message } = error.violation;
        total.commands += error.commands;
        failure = { at: { world: number, step: error.step }, invariant, what: message };
      }
    }
  } finally {
    process.off('unhandledRejection', heed);
  }
  return {
    ...total,
    worlds: number,
    digest: digest.digest('hex').slice(0, 16),
    ...(failure && { failure }),
  };
};
