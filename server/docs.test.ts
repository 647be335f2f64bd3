import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './config.ts';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
/** Proofs as they are cited: `server/x.test.ts`, or `server/x.test.ts › what it says`. */
const cited = (page: string) =>
  [...read(page).matchAll(/`([\w./-]+\.test\.ts)(?: › ([^`]+))?`/g)].map(
    ([, file = '', name = '']) => ({ file, name }),
  );

describe.each(['docs/security.md', 'docs/quality.md'])('%s', (page) => {
  it('cites tests that there are, by their names', () => {
    const proofs = cited(page);
    expect(proofs.length).toBeGreaterThan(20);
    const missing = proofs.filter(
      ({ file, name }) => !existsSync(join(projectRoot, file)) || !read(file).includes(name),
    );
    expect(missing).toEqual([]);
  });
});

it('the list of decisions has each of them', () => {
  const list = read('docs/adr/README.md');
  const listed = [...list.matchAll(/\]\((\d{4}-[\w-]+\.md)\)/g)].map(([, file = '']) => file);
  expect(listed.length).toBeGreaterThan(10);
  expect(listed.filter((file) => !existsSync(join(projectRoot, 'docs/adr', file)))).toEqual([]);
});
