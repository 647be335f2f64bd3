import { join } from 'node:path';
import { createToolLine } from '../adapters/system/tool-line.ts';
import type { Bench, Row } from './bench.ts';
import { backup } from './backup.ts';
import { broker } from './broker.ts';
import { coldStart } from './cold-start.ts';
import { command } from './command.ts';
import { discovery } from './discovery.ts';
import { extractions } from './extractions.ts';
import { household } from './household.ts';
import { inFlight } from './in-flight.ts';
import { jukebox } from './jukebox.ts';
import { ledgerCost } from './ledger.ts';
import { normalise } from './normalise.ts';
import { press } from './press.ts';
import { rebuild } from './rebuild.ts';
import { comparison, keepResults, lastRunOf, machineLine, table } from './report.ts';
import { resources } from './resources.ts';
import { scaling } from './scaling.ts';
import { scan } from './scan.ts';
import { search } from './search.ts';
import { verify } from './verify.ts';

const benches: readonly Bench[] = [
  press,
  command,
  inFlight,
  ledgerCost,
  rebuild,
  coldStart,
  search,
  normalise,
  verify,
  resources,
  jukebox,
  extractions,
  scan,
  broker,
  discovery,
  backup,
  scaling,
  household,
];

const householdMinutes = 10;

const line = createToolLine(
  `Usage: npm run bench -- [--minutes N] [NAME…]

The measurements of NAME, or all of them, as tables beside the last kept run: some forty minutes on a
machine that has nothing else to do. --minutes says how long the household is busy (${householdMinutes}).
Names: ${benches.map(({ name }) => name).join(', ')}`,
);
const { values, positionals: wanted } = line.read({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: String(householdMinutes) } },
});
const minutes = line.positive('minutes', values.minutes);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) line.refuse(`There is no bench ${unknown.join(', ')}.`);

const folder = join(import.meta.dirname, '../../data/bench');
const machine = machineLine();
const results: Record<string, readonly Row[]> = {};
console.log(machine);
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  console.log(`\n${bench.name}`);
  const rows = await bench.run({ minutes });
  results[bench.name] = rows;
  console.log(table(rows));
  const last = lastRunOf(folder, bench.name);
  if (last) {
    console.log(`\nagainst ${last.at} (${last.machine})`);
    console.log(comparison(rows, last.benches[bench.name] ?? []));
  }
}
console.log(`\nkept in ${keepResults(folder, { machine, at: new Date(), benches: results })}`);
