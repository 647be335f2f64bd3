/** By `--import`: the server's database at synchronous=NORMAL, which a power cut takes back. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const storage = new URL('../kernel/storage.ts', import.meta.url).href;
const changes = [
  ["'synchronous = FULL'", "'synchronous = NORMAL'"],
  ['synchronous !== 2', 'synchronous !== 1'],
] as const;

const careless = (text: string): string =>
  changes.reduce((source, [from, to]) => {
    const parts = source.split(from);
    if (parts.length !== 2) throw new Error(`${from} has to stand once in storage.ts`);
    return parts.join(to);
  }, text);

registerHooks({
  load(url, context, next) {
    if (url !== storage) return next(url, context);
    const source = careless(readFileSync(fileURLToPath(url), 'utf8'));
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
