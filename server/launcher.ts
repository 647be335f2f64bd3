import './require-node.ts';
import { join } from 'node:path';
import { launch } from './adapters/system/launch.ts';
import { defaultLimits, type ChildSpec } from './adapters/system/supervised-child.ts';
import { childEnvironment, loadConfigOrExit, projectRoot } from './config.ts';

const node = process.execPath;
const inRoot = (...parts: string[]) => join(projectRoot, ...parts);

const env = childEnvironment();
const server = inRoot('server', 'main.ts');
const player: ChildSpec = {
  name: 'player',
  command: node,
  args: [inRoot('server', 'player-main.ts')],
  env,
};

const living: readonly ChildSpec[] = [
  { name: 'server', command: node, args: [server], env },
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
