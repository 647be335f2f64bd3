import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Test files at a time, in every project but that of the elements, which come last: a third is worth a
 * minute or two where nothing else runs, and what listens to sound fails where anything does.
 */
export const testWorkers = 2;

/** Milliseconds for each byte of a file that never ran here: a box takes longer than it reads. */
const guessedMs = ({ moduleId, project }: TestSpecification): number =>
  statSync(moduleId).size * (project.name === 'e2e' ? 7 : 1);

/**
 * What failed, then what takes longest, whatever its project. Vitest alone goes through the projects
 * by name: the cores are idle while both workers wait for a browser, and busy once none does.
 */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = files.map((file) => {
      const { sequence, isolate } = file.project.config;
      const { failed = false, duration = guessedMs(file) } =
        this.ctx.cache.getTestSpecificationResult(file) ?? {};
      // Files that share a process stay together, or each would wait for one of its own.
      return { file, group: sequence.groupOrder, shares: !isolate, failed, duration };
    });
    ranked.sort(
      (a, b) =>
        a.group - b.group ||
        Number(a.shares) - Number(b.shares) ||
        Number(b.failed) - Number(a.failed) ||
        b.duration - a.duration,
    );
    return Promise.resolve(ranked.map(({ file }) => file));
  }
}
