import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import { done } from './command-bus.ts';
import { openStorage, StorageUnavailable } from './storage.ts';
import { purses, purseState, putIn } from './testing/purse.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { testKernel } from './testing/test-kernel.ts';

const sideTables = ['CREATE TABLE IF NOT EXISTS ballast (bytes BLOB) STRICT'];

test('a full disk: 503, nothing acknowledged is lost, and it goes on when there is space again', async () => {
  const path = join(temporaryFolder(), 'encore.db');
  const storage = openStorage(path);
  const kernel = testKernel({ storage, projections: [purses], sideTables });
  await putIn(kernel, 'a', 1);
  const pages = Number(storage.pragma('page_count', { simple: true }));
  storage.pragma(`max_page_count = ${pages + 5}`);

  let acknowledged = 1;
  let fault: unknown;
  while (fault === undefined) {
    const batch = [1, 2, 3].map(() => putIn(kernel, 'a', 1));
    for (const one of await Promise.allSettled(batch)) {
      if (one.status === 'fulfilled') acknowledged++;
      else fault = one.reason;
    }
  }
  expect(fault).toBeInstanceOf(StorageUnavailable);
  expect(kernel.log.head().position).toBe(acknowledged);
  await expect(putIn(kernel, 'a', 1).then(() => putIn(kernel, 'a', 1))).rejects.toThrow(
    StorageUnavailable,
  );
  acknowledged = kernel.log.head().position;
  expect(await purseState(kernel, 'a')).toMatchObject({ coins: acknowledged });

  storage.pragma('max_page_count = 1000000');
  expect(await putIn(kernel, 'a', 1)).toMatchObject({ ok: true, position: acknowledged + 1 });
  expect(await checkChain(kernel.log)).toMatchObject({
    verdict: 'valid',
    position: acknowledged + 1,
  });
  expect(kernel.projector.verify()).toEqual([]);
  await kernel.stop();

  const again = testKernel({ storage: openStorage(path), projections: [purses] });
  expect(await purseState(again, 'a')).toMatchObject({ coins: acknowledged + 1 });
  await again.stop();
});

test('one command that needs more than there is takes its batch with it, wholly', async () => {
  const storage = openStorage(':memory:');
  const kernel = testKernel({ storage, projections: [purses], sideTables });
  await putIn(kernel, 'a', 1);
  storage.pragma(`max_page_count = ${Number(storage.pragma('page_count', { simple: true })) + 20}`);
  const greedy = kernel.bus.execute({ actor: 'ann', origin: 'http' }, (tx) => {
    tx.storage.prepare('INSERT INTO ballast VALUES (zeroblob(1000000))').run();
    return done(null);
  });
  const settled = await Promise.allSettled([putIn(kernel, 'a', 1), greedy, putIn(kernel, 'a', 1)]);
  for (const one of settled) expect(one).toHaveProperty('reason', expect.any(StorageUnavailable));
  expect(await putIn(kernel, 'a', 1)).toMatchObject({ ok: true, position: 2 });
  expect(await purseState(kernel, 'a')).toMatchObject({ coins: 2 });
});
