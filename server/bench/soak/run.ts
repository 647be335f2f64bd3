import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createToolLine } from '../../adapters/system/tool-line.ts';
import { openStorageToRead } from '../../kernel/storage.ts';
import { startMediaServer } from '../../testing/media-server.ts';
import { startRealHouse } from '../../testing/real-house.ts';
import { verifyHouse } from '../../verify-house.ts';
import { machineLine } from '../report.ts';
import { beginLoad, beginRest, fillWithSounds, type Load } from './load.ts';
import { takeSample, type Sample } from './samples.ts';
import { judge, type LogFacts } from './verdict.ts';

const minutesUsual = 60;
const minutesMin = 1;
const sampleEveryMs = 10_000;
/** The last sounds end, and their plays with them. */
const settleMs = 5000;
/** Of printed samples: the file has all. */
const printEvery = 6;

const toolLine = createToolLine(
  `Usage: npm run soak [-- [--minutes N] [--idle] [--json FILE]]

The real box, used for N minutes (${minutesUsual}) or with --idle left alone, and a verdict: leaks, lost
presses, the log. Watched each ten seconds; --json keeps all samples in FILE. Ends with 1 where
something leaks, is lost or was refused.`,
);
const { values } = toolLine.read({
  options: {
    minutes: { type: 'string', default: String(minutesUsual) },
    idle: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const minutes = toolLine.positive('minutes', values.minutes);
if (minutes < minutesMin) toolLine.refuse(`--minutes takes a number from ${minutesMin} on.`);

const line = ({ atMs, server, player, loopDelayMs, walMiB }: Sample): string =>
  [
    `${(atMs / 60_000).toFixed(1)} min`.padStart(10),
    ...[server, player].map(
      ({ rssMiB, descriptors, threads }) =>
        `${rssMiB.toFixed(0).padStart(6)} MiB ${String(descriptors).padStart(4)} fd ${String(threads).padStart(3)} th`,
    ),
    `${loopDelayMs?.toFixed(0) ?? '?'} ms`.padStart(7),
    `${walMiB.toFixed(1)} MiB`,
  ].join('  ');

const logFacts = (
  dataDir: string,
  { acknowledged, refused }: Pick<Load, 'acknowledged' | 'refused'>,
  exitCode: number | null,
): LogFacts => {
  const path = join(dataDir, 'encore.db');
  const storage = openStorageToRead(path);
  const idsOf = (types: string) =>
    new Set(
      storage
        .prepare<[], string>(
          `SELECT json_extract(data, '$.play_id') FROM events WHERE type IN (${types})`,
        )
        .pluck()
        .all(),
    );
  const requested = idsOf(`'PlayRequested'`);
  const over = idsOf(`'PlayFinished', 'PlayStopped', 'PlayFailed'`);
  storage.close();
  const verdict = verifyHouse({ path, progress: () => undefined });
  return {
    busy: !values.idle,
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((id) => !requested.has(id)).length,
    open: [...requested].filter((id) => !over.has(id)).length,
    audit:
      verdict.verdict === 'valid'
        ? { valid: true, text: `valid: ${verdict.position} events, head ${verdict.head}` }
        : { valid: false, text: `broken at ${verdict.position}: ${verdict.fault}` },
    refused,
    exitCode,
  };
};

console.log(machineLine());
await using web = await startMediaServer();
const house = await startRealHouse({
  fill: fillWithSounds,
  env: { EXTRACTION_ALLOW_PRIVATE_HOSTS: '127.0.0.1', BACKUP_AT: 'off' },
});
const samples: Sample[] = [];
try {
  const token = await house.apiToken(await house.setUp());
  const load = await (values.idle ? beginRest(house, token) : beginLoad(house, token, web));
  console.log('\n      time  server                    player                    delay  log');
  const startedAt = performance.now();
  for (let look = 0; performance.now() - startedAt < minutes * 60_000; look++) {
    await sleep(Math.max(0, startedAt + look * sampleEveryMs - performance.now()));
    const sample = await takeSample(house, performance.now() - startedAt);
    samples.push(sample);
    if (look % printEvery === 0) console.log(line(sample));
  }
  await load.stop();
  await sleep(settleMs);
  const exitCode = await house.interrupt();
  const findings = judge(samples, logFacts(join(house.dir, 'data'), load, exitCode));
  const done = [...load.done].map(([name, count]) => `${count} × ${name}`).join(', ');
  console.log(`\n${done || 'nobody did anything'}\n`);
  for (const { name, text, held } of findings) {
    console.log(`${held ? 'good' : 'BAD '}  ${name.padEnd(24)}${text}`);
  }
  if (values.json !== undefined) {
    const kept = {
      machine: machineLine(),
      minutes,
      idle: values.idle,
      done: Object.fromEntries(load.done),
      findings,
      samples,
    };
    writeFileSync(values.json, JSON.stringify(kept, null, 1));
  }
  process.exitCode = findings.every(({ held }) => held) ? 0 : 1;
} finally {
  await house.stop();
}
