import '../require-node.ts';
import { createToolLine } from '../adapters/system/tool-line.ts';
import { enterSimulation } from './hooks.ts';
import { mutants } from './mutants.ts';
import { huntMutants, proofs, proveSeeds, replayOf, type Proof } from './proof.ts';
import type { SimulationReport } from './simulate.ts';

const traceLinesMax = 80;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tell = (seed: number, commands: number, report: SimulationReport): void => {
  const { worlds, events, steps, crashes, faults, sounds, digest, failure } = report;
  if (failure) {
    say(`broken: ${failure.what}`);
    say(`seed ${seed}, world ${failure.at.world}, step ${failure.at.step}`);
    say(`again: ${replayOf(seed, commands, report)}`);
    return;
  }
  say(
    `${report.commands} commands, ${events} events, ${steps} steps in ${worlds} worlds; ${crashes} crashes, ${faults} faults of the disk, ${sounds} sounds`,
  );
  say(`every promise holds; digest ${digest}`);
};

const line = createToolLine(
  `Usage: npm run simulate -- [--seed N] [--commands M] [--until WORLD.STEP] [--mutant NAME] [--json]
       npm run simulate -- --mutants
       npm run simulate -- --proof short|long

The rooms in a world that crashes; says how to come back to what it found. --mutants tries faults of
ours on it. Ends with 1 where a promise was broken or a mutant lives.`,
);

const placeOf = (text: string) => {
  const match = /^(?<world>\d+)\.(?<step>\d+)$/.exec(text);
  if (!match?.groups)
    return line.refuse(`--until takes WORLD.STEP, such as 3.1207, and "${text}" is not that.`);
  return { world: Number(match.groups['world']), step: Number(match.groups['step']) };
};

const { values } = line.read({
  options: {
    seed: { type: 'string', default: '1' },
    commands: { type: 'string', default: '20000' },
    until: { type: 'string' },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    proof: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const runOne = async (): Promise<boolean> => {
  const seed = line.wholeNumber('seed', values.seed);
  const commands = line.wholeNumber('commands', values.commands);
  const until = values.until === undefined ? undefined : placeOf(values.until);
  const mutant = mutants.find(({ id }) => id === values.mutant);
  if (values.mutant !== undefined && !mutant) {
    line.refuse(`There is no mutant ${values.mutant}; --mutants names them all.`);
  }
  enterSimulation(mutant);
  // Only now: what it imports is to live in the simulation.
  const { simulate } = await import('./simulate.ts');
  const lines: string[] = [];
  const report = await simulate({
    seed,
    commands,
    ...(until && {
      until,
      trace(line) {
        lines.push(line);
        if (lines.length > traceLinesMax) lines.shift();
      },
    }),
  });
  if (values.json) say(JSON.stringify(report));
  else {
    lines.forEach(say);
    tell(seed, commands, report);
  }
  return report.failure === undefined;
};

const run = async (): Promise<boolean> => {
  if (values.proof !== undefined) {
    if (!(values.proof in proofs)) line.refuse('--proof takes short or long.');
    const holds = await proveSeeds(values.proof as Proof, say);
    return (await huntMutants(say)) && holds;
  }
  return values.mutants ? huntMutants(say) : runOne();
};

try {
  const holds = await run();
  // Timers of the last world are not waited for.
  process.exit(holds ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(2);
}
