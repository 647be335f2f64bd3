import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const fileName = 'sw.js';
/** Where the worker's source names what was built with it. */
const gap = 'encoreBuild';

const sha256 = (content: string | Buffer, encoding: 'base64' | 'hex'): string =>
  createHash('sha256').update(content).digest(encoding);

/** Vite puts the content's hash into the names of assets; others need one beside them. */
const keptFile = (outDir: string, name: string): { path: string; integrity?: string } => {
  if (name.startsWith('assets/')) return { path: `/${name}` };
  const integrity = `sha256-${sha256(readFileSync(join(outDir, name)), 'base64')}`;
  return { path: name === 'index.html' ? '/' : `/${name}`, integrity };
};

/** Builds the service worker and tells it all files of the build. Stands before `precompress`. */
export const serviceWorker = (): Plugin => {
  let outDir = '';
  let source = '';
  return {
    name: 'encore-service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
      source = join(config.root, 'worker', 'service-worker.ts');
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName });
    },
    closeBundle() {
      const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' });
      const files = names
        .filter((name) => name !== fileName && statSync(join(outDir, name)).isFile())
        .toSorted()
        .map((name) => keptFile(outDir, name));
      const worker = readFileSync(join(outDir, fileName), 'utf8');
      const id = sha256(worker + JSON.stringify(files), 'hex').slice(0, 12);
      if (!worker.includes(gap)) throw new Error(`the worker does not name ${gap}`);
      const whole = worker.replaceAll(gap, JSON.stringify({ id, files }));
      writeFileSync(join(outDir, fileName), whole);
    },
  };
};
