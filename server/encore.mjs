#!/usr/bin/env node
/**
 * `npx encore …`: runs the command line on the Node that npm delivered, whichever Node npx found.
 * In syntax that Debian's own Node reads.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const server = path.dirname(fs.realpathSync(fileURLToPath(import.meta.url)));
const node = path.join(server, '..', 'node_modules', '.bin', 'node');

if (fs.existsSync(node)) {
  const args = [path.join(server, 'cli.ts')].concat(process.argv.slice(2));
  // Types are stripped once instead of each time.
  const cache = path.join(server, '..', 'build', 'compile-cache');
  const env = Object.assign({ NODE_COMPILE_CACHE: cache }, process.env);
  const run = spawnSync(node, args, { stdio: 'inherit', env });
  if (run.error) process.stderr.write(`encore: ${run.error.message}\n`);
  process.exitCode = run.status === null ? 1 : run.status;
} else {
  process.stderr.write('encore: Encore is not set up yet: run "npm start" once\n');
  process.exitCode = 1;
}
