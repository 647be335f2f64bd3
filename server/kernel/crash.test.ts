import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import { systemClock, uuidv7 } from './ports.ts';
import { openStorage } from './storage.ts';
import { purses, purseState } from './testing/purse.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { testKernel } from './testing/test-kernel.ts';

const kernelUrl = (file: string) => pathToFileURL(join(import.meta.dirname, file)).href;

/**
 * Sends commands as fast as they are answered, eight at a time, and prints the position of each
 * answer. Coins go in by ones, with a transfer over two purses in between.
 */
const writer = `
import { writeSync } from 'node:fs';
import { done, refuse } from '${kernelUrl('command-bus.ts')}';
import { createKernel } from '${kernelUrl('kernel.ts')}';
import { silentLogger } from '${kernelUrl('logger.ts')}';
import { systemClock, uuidv7 } from '${kernelUrl('ports.ts')}';
import { openStorage } from '${kernelUrl('storage.ts')}';
import { purse, purses, putIn } from '${kernelUrl('testing/purse.ts')}';

const kernel = createKernel({
  storage: openStorage(process.argv[2]),
  clock: systemClock,
  ids: uuidv7,
  logger: silentLogger,
  upcasters: [],
  projections: [purses],
  sideTables: [],
});
const transfer = () =>
  kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
    tx.decide(purse, 'right', { type: 'PutIn', coins: 1 });
    const taken = tx.decide(purse, 'left', { type: 'TakeOut', coins: 1 });
    return taken.accepted ? done(null) : refuse(taken.reason);
  });
const work = async (number) => {
  for (let turn = number; ; turn++) {
    const { position } = turn % 3 === 0 ? await transfer() : await putIn(kernel, 'left', 1);
    writeSync(1, position + '\\n');
  }
};
for (let number = 0; number < 8; number++) void work(number);
`;

test('killed at any moment, every acknowledged event is there and all of it is sound', async () => {
  const folder = temporaryFolder();
  const script = join(folder, 'writer.ts');
  const path = join(folder, 'encore.db');
  writeFileSync(script, writer);
  let before = 0;
  for (let round = 1; round <= 10; round++) {
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const acknowledged: number[] = [];
    const lines = createInterface({ input: child.stdout });
    const closed = once(lines, 'close');
    lines.on('line', (line) => acknowledged.push(Number(line)));
    await once(lines, 'line');
    await sleep(Math.random() * 150);
    child.kill('SIGKILL');
    await exited;
    await closed;

    const kernel = testKernel({
      storage: openStorage(path),
      clock: systemClock,
      ids: uuidv7,
      projections: [purses],
    });
    const { position } = kernel.log.head();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged[0]).toBeGreaterThan(before);
    expect(position).toBeGreaterThanOrEqual(Math.max(...acknowledged));
    expect(kernel.log.readAll(0, position).map(({ globalPosition }) => globalPosition)).toEqual(
      Array.from({ length: position }, (_, index) => index + 1),
    );
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position });
    expect(kernel.projector.verify()).toEqual([]);
    // No transfer was cut in two.
    const took = kernel.log.readStream('left').filter(({ type }) => type === 'CoinsTakenOut');
    expect((await purseState(kernel, 'right')).coins).toBe(took.length);
    before = position;
    await kernel.stop();
  }
}, 60_000);
