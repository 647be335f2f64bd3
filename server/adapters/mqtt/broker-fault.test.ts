import { Aedes } from 'aedes';
import { expect, test } from 'vitest';
import { isBrokerFault } from './broker-fault.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

test('what the broker throws is its fault, also by an assertion', () => {
  const broker = new Aedes();
  expect(isBrokerFault(thrownBy(() => broker.publish(null as never, () => undefined)))).toBe(true);
  const { mq } = broker as unknown as { mq: { emit(message: null): void } };
  expect(isBrokerFault(thrownBy(() => mq.emit(null)))).toBe(true);
});

test('what we throw is not, even where the broker called us', () => {
  const broker = new Aedes();
  broker.on('ping', () => {
    throw new Error('ours');
  });
  expect(isBrokerFault(thrownBy(() => broker.emit('ping', {}, {})))).toBe(false);
  const hook = new Aedes({
    preConnect: () => {
      throw new Error('ours');
    },
  });
  const { preConnect } = hook as unknown as { preConnect(): void };
  expect(isBrokerFault(thrownBy(() => preConnect()))).toBe(false);
});

test('and neither is what is no error', () => {
  expect([isBrokerFault(undefined), isBrokerFault('aedes')]).toEqual([false, false]);
});
