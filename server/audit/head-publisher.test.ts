import { beforeEach, describe, expect, it } from 'vitest';
import type { Announcement } from '../kernel/door.ts';
import { putIn } from '../kernel/testing/purse.ts';
import { recordingLogger } from '../kernel/testing/recording-logger.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { createHeadPublisher, isHeadDue } from './head-publisher.ts';
import { auditSideTables, readPublishedHeads } from './published-heads.ts';

const at = (text: string) => new Date(text).getTime();

describe('a head is due', () => {
  it.each([
    ['at the first start', undefined, '2026-03-01T12:00', true],
    ['after midnight here', '2026-03-01T23:59', '2026-03-02T00:00', true],
    ['not twice a day', '2026-03-02T00:00', '2026-03-02T23:59', false],
    ['after a week without power', '2026-03-01T12:00', '2026-03-08T12:00', true],
    ['after a clock that was ahead', '2099-01-01T00:00', '2026-03-02T12:00', true],
  ])('%s', (_, last, now, due) => {
    expect(isHeadDue(last === undefined ? undefined : at(last), at(now))).toBe(due);
  });
});

describe('at the start', () => {
  let kernel: ReturnType<typeof testKernel>;
  let announced: Announcement[];
  const logger = recordingLogger();
  const startAndStop = async () => {
    const publisher = createHeadPublisher(kernel, (one) => announced.push(one));
    await publisher.start();
    publisher.stop();
    return publisher;
  };
  beforeEach(async () => {
    announced = [];
    kernel = testKernel({ sideTables: [auditSideTables], logger });
  });

  it('goes to the table, to MQTT and to the log, once a day', async () => {
    await putIn(kernel, 'purse-a', 1);
    const head = kernel.log.head().hash.toString('hex');
    const publisher = await startAndStop();
    await putIn(kernel, 'purse-a', 2);
    await startAndStop();
    expect(readPublishedHeads(kernel.storage)).toEqual([{ position: 1, head }]);
    const published_at = new Date(kernel.clock.now()).toISOString();
    expect(announced).toEqual([
      { topic: 'state/head', retain: true, payload: { position: 1, head, published_at } },
    ]);
    expect(publisher.standing()).toEqual(announced);
    expect(logger.lines).toEqual(['info: head of the log']);
    expect(logger.details).toEqual([{ position: 1, head, published_at }]);
    expect(kernel.log.head().position).toBe(2);
  });

  it('of an empty log there is nothing to tell', async () => {
    const publisher = await startAndStop();
    expect([announced, publisher.standing()]).toEqual([[], []]);
  });
});
