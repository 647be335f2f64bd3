import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../config.ts';
import type { SimulationReport } from './simulate.ts';

const program = fileURLToPath(new URL('./run.ts', import.meta.url));

/** One simulation in a process of its own. @throws Error when it gave no report */
const runChild = async (parameters: readonly string[]): Promise<SimulationReport> => {
  const child = spawn(process.execPath, [program, '--json', ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: childEnvironment(),
  });
  const said = await text(child.stdout);
  try {
    return JSON.parse(said) as SimulationReport;
  } catch (error) {
    throw new Error(`simulate ${parameters.join(' ')} gave no report: ${said}`, { cause: error });
  }
};

/** One after the other on each core; `done` hears of each as it ends. */
export const runChildren = async <Job>(
  jobs: readonly Job[],
  parametersOf: (job: Job) => readonly string[],
  done: (job: Job, report: SimulationReport) => void,
): Promise<void> => {
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      done(job, await runChild(parametersOf(job)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
};
