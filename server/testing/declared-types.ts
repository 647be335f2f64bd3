import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const projectRoot = join(import.meta.dirname, '../..');

/** Every `type: 'SomethingHappened'` of the unions in which modules declare their events. */
export const declaredTypes = (): string[] => {
  const files = globSync('server/*/*events.ts', { cwd: projectRoot });
  const texts = files.map((file) => readFileSync(join(projectRoot, file), 'utf8'));
  return [
    ...new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/type: '([A-Z]\w+)'/g)].map(([, type]) => type ?? ''),
      ),
    ),
  ];
};
