import { join } from 'node:path';
import { parseArgs } from 'node:util';
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

/** `node server/bench/run.ts [--minutes N] [name…]`; all of them without a name. */
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

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' } },
});
const minutes = Number(values.minutes ?? householdMinutes);
if (!(minutes > 0)) {
  console.error(
    `--minutes ${values.minutes}: a number above 0 says how long the household is busy`,
  );
  process.exit(2);
}
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `No bench ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

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
