import './require-node.ts';
import { join } from 'node:path';
import { launch } from './adapters/system/launch.ts';
import { defaultLimits, type ChildSpec } from './adapters/system/supervised-child.ts';
import { childEnvironment, compileCache, loadConfigOrExit, projectRoot } from './config.ts';

const node = process.execPath;
const inRoot = (...parts: string[]) => join(projectRoot, ...parts);

const env = childEnvironment();
const server = inRoot('server', 'main.ts');
/** The player's JavaScript is small, and its collector has no hurry: 6 MB less. */
const smallHeap = ['--max-semi-space-size=1', '--optimize-for-size', '--single-threaded-gc'];

/**
 * VLC keeps what it reads of a file, in a large piece for each voice. glibc raises the size from which
 * on pieces go back to the system as soon as one is freed, and keeps the next ones: it stays as it was.
 */
const freedAtOnce = { MALLOC_MMAP_THRESHOLD_: '131072' };

const player: ChildSpec = {
  name: 'player',
  command: node,
  args: [...smallHeap, inRoot('server', 'player-main.ts')],
  // Compiled once: from the second start on Node does not load what strips the types, 20 MB.
  env: { ...env, ...compileCache, ...freedAtOnce },
};

/** What lives for a press is swept out sooner: 25 MB less, and no press waits longer for it. */
const serverHeap = ['--max-semi-space-size=4'];

const living: readonly ChildSpec[] = [
  { name: 'server', command: node, args: [...serverHeap, server], env },
  player,
];

/** The server starts anew at every saved file; Vite serves the UI and hands the rest to the server. */
const developing: readonly ChildSpec[] = [
  { name: 'server', command: node, args: ['--watch', '--watch-preserve-output', server] },
  player,
  {
    name: 'UI server',
    command: node,
    args: [inRoot('node_modules/vite/bin/vite.js'), inRoot('ui'), '--port', '8001', '--strictPort'],
  },
];

const { paths } = loadConfigOrExit();
process.exitCode = await launch({
  children: process.argv.includes('--dev') ? developing : living,
  dataDir: paths.dataDir,
  limits: defaultLimits,
  say: (line) => process.stderr.write(`encore: ${line}\n`),
});
