import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutants.ts';

const server = new URL('../', import.meta.url).href;
const simulation = new URL('./', import.meta.url).href;
const standIn = (name: string) => new URL(`./stand-ins/${name}.ts`, import.meta.url).href;

/** What the server's own files are given instead of what they ask for. */
const standIns: Readonly<Record<string, string>> = {
  'better-sqlite3': standIn('better-sqlite3'),
  'node:crypto': standIn('crypto'),
  'node:timers/promises': standIn('timers-promises'),
};
/** Extractions have folders on the disk; nobody else here asks for files. */
const fileUsers = `${server}extractions/`;

/** The source with the mutant's faults in it. @throws Error where the text to change is not there exactly once */
export const mutated = (source: string, file: string, { id, changes }: Mutant): string => {
  let text = source;
  for (const { from, to } of changes.filter((change) => change.file === file)) {
    const parts = text.split(from);
    if (parts.length !== 2) {
      throw new Error(
        `mutant ${id}: its text stands ${parts.length - 1} times in ${file} instead of once:\n${from}`,
      );
    }
    text = parts.join(to);
  }
  return text;
};

/** The files of a mutant, as they would be loaded. @throws Error as `mutated` */
export const mutatedFiles = (mutant: Mutant): string[] =>
  [...new Set(mutant.changes.map(({ file }) => file))].map((file) =>
    mutated(readFileSync(new URL(file, server), 'utf8'), file, mutant),
  );

/** From now on modules that are loaded live in the simulation. */
export const enterSimulation = (mutant?: Mutant): void => {
  const files = new Map(mutant?.changes.map(({ file }) => [new URL(file, server).href, file]));
  registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL ?? '';
      if (!parent.startsWith(server) || parent.startsWith(simulation)) {
        return next(specifier, context);
      }
      const url =
        specifier === 'node:fs/promises' && parent.startsWith(fileUsers)
          ? standIn('fs-promises')
          : standIns[specifier];
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
    },
    load(url, context, next) {
      const file = files.get(url);
      if (!mutant || file === undefined) return next(url, context);
      const source = mutated(readFileSync(fileURLToPath(url), 'utf8'), file, mutant);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
};
