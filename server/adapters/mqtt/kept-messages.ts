import type { Aedes } from 'aedes';
import { mqttLimits } from './limits.ts';

type Subscriber = { readonly clientId: string };

/** The parts of aedes' persistence through which messages for absent clients come and go. */
type Persistence = {
  outgoingEnqueue(subscriber: Subscriber, packet: unknown): Promise<void>;
  outgoingEnqueueCombi(subscribers: readonly Subscriber[], packet: unknown): Promise<void>;
  outgoingClearMessageId(client: { readonly id: string }, packet: unknown): Promise<unknown>;
};

/**
 * aedes keeps messages for absent clients in memory and without a bound: here the newest are
 * dropped once a client has enough waiting.
 */
export const boundKeptMessages = (broker: Aedes): void => {
  const { persistence } = broker as unknown as { persistence: Persistence };
  const waiting = new Map<string, number>();
  const enqueue = persistence.outgoingEnqueueCombi.bind(persistence);
  const clear = persistence.outgoingClearMessageId.bind(persistence);

  const hasRoom = ({ clientId }: Subscriber) =>
    (waiting.get(clientId) ?? 0) < mqttLimits.keptMessagesMax;

  persistence.outgoingEnqueueCombi = (subscribers, packet) => {
    const kept = subscribers.filter(hasRoom);
    for (const { clientId } of kept) waiting.set(clientId, (waiting.get(clientId) ?? 0) + 1);
    return enqueue(kept, packet);
  };
  persistence.outgoingEnqueue = (subscriber, packet) =>
    persistence.outgoingEnqueueCombi([subscriber], packet);
  persistence.outgoingClearMessageId = async (client, packet) => {
    const cleared = await clear(client, packet);
    const left = (waiting.get(client.id) ?? 0) - (cleared ? 1 : 0);
    if (left > 0) waiting.set(client.id, left);
    else waiting.delete(client.id);
    return cleared;
  };
};
