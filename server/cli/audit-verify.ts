import type { PublishedHead } from '../kernel/chain-check.ts';
import { verifyHouse } from '../verify-house.ts';
import { exitCodes, requireDatabase, UsageFault, type Command } from './command.ts';

const publishedHead = (text: string): PublishedHead => {
  const [, position, head] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (position === undefined || head === undefined) {
    throw new UsageFault(`--published takes POSITION:HASH, and "${text}" is not that`);
  }
  return { position: Number(position), head: head.toLowerCase() };
};

const showProgress = (checked: number, of: number) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${checked} of ${of} events checked`);
};
const clearProgress = () => {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
};

export const auditVerify: Command = {
  name: 'audit verify',
  usage: '[--json] [--published POSITION:HASH]…',
  summary: 'Proves that log, read models and ledgers are what they were',
  help: [
    '--json       the verdict as one line of JSON',
    '--published  a head that was written down elsewhere: a log file, a message, a backup',
    'Ends with 0 when everything is valid and with 1 when something is broken.',
  ],
  options: { json: { type: 'boolean' }, published: { type: 'string', multiple: true } },
  positionalsMax: 0,
  run({ values, config, print }) {
    const published = ((values['published'] ?? []) as string[]).map(publishedHead);
    const path = requireDatabase(config);
    const verdict = verifyHouse({ path, published, progress: showProgress });
    clearProgress();
    if (values['json'] === true) print(JSON.stringify(verdict));
    else if (verdict.verdict === 'valid') {
      print(`valid: ${verdict.position} events, head ${verdict.head}`);
    } else print(`broken at position ${verdict.position}: ${verdict.fault}`);
    return verdict.verdict === 'valid' ? exitCodes.ok : exitCodes.failed;
  },
};
