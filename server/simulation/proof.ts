import { runChildren } from './children.ts';
import { mutants, type Mutant } from './mutants.ts';
import type { SimulationReport } from './simulate.ts';

const commandsPerSeed = 50_000;
/** A mutant that lives through so many is not found. */
const commandsPerMutant = 60_000;

export const proofs = {
  /** 1,000,000 commands, the same each time. */
  short: { firstSeed: 1, seeds: 20 },
  /** 100,000,000 commands. */
  long: { firstSeed: 1001, seeds: 2000 },
} as const;
export type Proof = keyof typeof proofs;

type Say = (line: string) => void;

const count = (value: number): string => value.toLocaleString('en');

export const replayOf = (seed: number, commands: number, report: SimulationReport): string => {
  const { failure } = report;
  if (!failure) return '';
  const { world, step } = failure.at;
  return `npm run simulate -- --seed ${seed} --commands ${commands} --until ${world}.${step}`;
};

/** True when no promise was broken. */
export const proveSeeds = async (proof: Proof, say: Say): Promise<boolean> => {
  const { firstSeed, seeds } = proofs[proof];
  const all = Array.from({ length: seeds }, (_, index) => firstSeed + index);
  const total = { commands: 0, events: 0, crashes: 0, faults: 0 };
  let ended = 0;
  let broken = 0;
  await runChildren(
    all,
    (seed) => ['--seed', String(seed), '--commands', String(commandsPerSeed)],
    (seed, report) => {
      ended += 1;
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += report[key];
      const { failure } = report;
      if (failure) broken += 1;
      say(
        failure
          ? `seed ${seed}: ${failure.what}\n  again: ${replayOf(seed, commandsPerSeed, report)}`
          : `seed ${seed} holds (${ended} of ${seeds}, ${count(total.commands)} commands)`,
      );
    },
  );
  say(
    `${count(total.commands)} commands, ${count(total.events)} events, ${count(total.crashes)} crashes, ${count(total.faults)} faults of the disk: ${broken === 0 ? 'every promise holds' : `${broken} seeds broke a promise`}`,
  );
  return broken === 0;
};

/** True when the simulator found every mutant. */
export const huntMutants = async (say: Say): Promise<boolean> => {
  const found = new Map<Mutant, SimulationReport>();
  await runChildren(
    mutants,
    ({ id }) => ['--seed', '1', '--commands', String(commandsPerMutant), '--mutant', id],
    (mutant, report) => void found.set(mutant, report),
  );
  const width = Math.max(...mutants.map(({ id }) => id.length));
  let alive = 0;
  for (const mutant of mutants) {
    const report = found.get(mutant);
    const { failure, commands = 0 } = report ?? {};
    if (!failure) alive += 1;
    const fate = failure
      ? `${failure.invariant} (after ${count(commands)} commands)`
      : `LIVES after ${count(commands)} commands`;
    say(`${mutant.id.padEnd(width)}  ${fate}\n${''.padEnd(width)}    ${mutant.fault}`);
  }
  say(`${mutants.length - alive} of ${mutants.length} mutants found`);
  return alive === 0;
};
