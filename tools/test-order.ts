import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = join(import.meta.dirname, '..');

/** What a run does one after the other; each of these has as many files at a time as stand here. */
export const phases = {
  /** Most of the time they wait, for a process or a disk: two would leave the cores idle. */
  quiet: { sequence: { groupOrder: 0 }, maxWorkers: 3 },
  /** Elements, in pages that files share. */
  elements: { sequence: { groupOrder: 1 }, maxWorkers: 2 },
  /** Where the cores are taken, gaps come into what they hear. */
  listening: { sequence: { groupOrder: 2 }, maxWorkers: 2 },
};

const recordsTheRoom = /\bsink\.record\(|\/testing\/(?:null-sink|player-room|stage)\.ts'/;

/** Of the test files of a pattern those that record what the room hears; as patterns, too. */
export const listeningFiles = (pattern: string): string[] =>
  globSync(pattern, { cwd: root }).filter((file) =>
    recordsTheRoom.test(readFileSync(join(root, file), 'utf8')),
  );

/** Milliseconds for each byte of a file that never ran here: a box takes longer than it reads. */
const msPerByte = (project: string): number =>
  project.startsWith('e2e') ? 7 : project.startsWith('server') ? 1 : 0.1;
const guessedMs = ({ moduleId, project }: TestSpecification): number =>
  statSync(moduleId).size * msPerByte(project.name);

/** What takes less stands with the rest of its project: its process serves only files of that. */
const longMs = 10_000;

/**
 * What failed, then what takes longest, whatever its project; the short ones last, project by
 * project. Vitest alone goes through the projects by name: the cores are idle while all workers wait
 * for a browser, and busy once none does.
 */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = files.map((file) => {
      const { failed = false, duration = guessedMs(file) } =
        this.ctx.cache.getTestSpecificationResult(file) ?? {};
      const group = file.project.config.sequence.groupOrder;
      return { file, group, project: duration < longMs ? file.project.name : '', failed, duration };
    });
    ranked.sort(
      (a, b) =>
        a.group - b.group ||
        Number(b.failed) - Number(a.failed) ||
        a.project.localeCompare(b.project) ||
        b.duration - a.duration,
    );
    return Promise.resolve(ranked.map(({ file }) => file));
  }
}
