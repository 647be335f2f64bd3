import type { Aedes, Client, PublishPacket } from 'aedes';

type Done = (error?: Error) => void;
type Publish = (packet: PublishPacket, client: Client | null | Done, done?: Done) => void;
type Emit = (packet: unknown, done?: () => void) => void;

/**
 * aedes numbers messages when they come and stores a retained one before it passes it on, so that a
 * message just after it overtakes it; clients' numbers then say that the first was there already,
 * and it is lost to all of them. Here each begins once the one before has been passed on. Nobody
 * waits for clients that read slowly.
 */
export const publishInOrder = (broker: Aedes): void => {
  const inner = broker as unknown as { publish: Publish; mq: { emit: Emit } };
  const publish = inner.publish.bind(broker);
  const emit = inner.mq.emit.bind(inner.mq);
  const waiting: (() => void)[] = [];
  let passedOn: (() => void) | undefined;

  const next = () => {
    passedOn = undefined;
    waiting.shift()?.();
  };

  inner.mq.emit = (packet, done) => {
    emit(packet, done);
    passedOn?.();
  };

  inner.publish = (packet, client, callback) => {
    const [publisher, done] = typeof client === 'function' ? [null, client] : [client, callback];
    const start = () => {
      const mine = () => {
        if (passedOn === mine) next();
      };
      passedOn = mine;
      const ended: Done = (error) => {
        // What fails is never passed on.
        mine();
        done?.(error);
      };
      try {
        publish(packet, publisher, ended);
      } catch (error) {
        ended(error as Error);
      }
    };
    if (passedOn) waiting.push(start);
    else start();
  };
};
