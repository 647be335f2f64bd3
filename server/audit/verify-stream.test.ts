import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { ChainVerdict } from '../kernel/chain-check.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import type { AuditPorts } from './ports.ts';
import { createVerifyStreams } from './verify-stream.ts';

type Asked = Parameters<AuditPorts['verify']>[0];

let asked: Asked[];
let answer: PromiseWithResolvers<ChainVerdict>;
const streams = () =>
  createVerifyStreams(testKernel(), (options) => {
    asked.push(options);
    options.progress(0, 7);
    return answer.promise;
  });
beforeEach(() => {
  asked = [];
  answer = Promise.withResolvers();
});

it('says what the verification says, and ends', async () => {
  const stream = streams().open();
  const text = stream.toArray();
  answer.resolve({ verdict: 'valid', position: 7, head: 'ab' });
  expect((await text).join('')).toBe(
    '{"checked":0,"of":7}\n{"verdict":"valid","position":7,"head":"ab"}\n',
  );
});

it('ends the work with the stream, and all of it at the stop', async () => {
  const some = streams();
  some.open().destroy();
  expect(asked[0]?.signal.aborted).toBe(true);
  some.open();
  some.stop();
  expect(asked[1]?.signal.aborted).toBe(true);
});

it('takes two at a time', async () => {
  const some = streams();
  const first = some.open();
  some.open();
  expect(() => some.open()).toThrow('2 verifications are running');
  first.destroy();
  expect(() => some.open()).not.toThrow();
});

it('breaks off where the check itself failed: no verdict is better than a wrong one', async () => {
  const stream = streams().open();
  const read = json(stream);
  answer.reject(new Error('the disk is gone'));
  await expect(read).rejects.toThrow('the disk is gone');
  await sleep(0);
  expect(stream.destroyed).toBe(true);
});
