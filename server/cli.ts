import './require-node.ts';
import { runCommandLine } from './cli/run.ts';
import { loadConfigOrExit } from './config.ts';

// A reader such as `head` may have seen enough.
process.stdout.on('error', () => process.exit());

process.exitCode = await runCommandLine(process.argv.slice(2), {
  loadConfig: loadConfigOrExit,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
