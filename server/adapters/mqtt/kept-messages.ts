import type { Aedes } from 'aedes';
import { mqttLimits } from './limits.ts';

type Subscriber = { readonly clientId: string };
type Packet = { readonly payload?: Buffer | string };

const bytesOf = (packet: unknown): number => Buffer.byteLength((packet as Packet).payload ?? '');

/** The parts of aedes' persistence through which messages for absent clients come and go. */
export type KeptMessages = {
  outgoingEnqueue(subscriber: Subscriber, packet: unknown): Promise<void>;
  outgoingEnqueueCombi(subscribers: readonly Subscriber[], packet: unknown): Promise<void>;
  outgoingClearMessageId(client: { readonly id: string }, packet: unknown): Promise<unknown>;
  outgoingStream(client: { readonly id: string }): AsyncIterable<unknown>;
  cleanSubscriptions(client: { readonly id: string }): Promise<unknown>;
};

/**
 * aedes keeps messages for absent clients in memory and without a bound: here the newest are
 * dropped once a client, or all together, have enough waiting.
 */
export const boundKeptMessages = (broker: Aedes): void => {
  const { persistence, clients } = broker as unknown as {
    persistence: KeptMessages;
    clients: Readonly<Record<string, unknown>>;
  };
  const waiting = new Map<string, number>();
  let bytes = 0;
  const enqueue = persistence.outgoingEnqueueCombi.bind(persistence);
  const clear = persistence.outgoingClearMessageId.bind(persistence);

  /** Who is there takes it at once: what waits for others may not cost them anything. */
  const hasRoom = ({ clientId }: Subscriber, size: number) =>
    (waiting.get(clientId) ?? 0) < mqttLimits.keptMessagesMax &&
    (clientId in clients || bytes + size <= mqttLimits.keptBytesMax);

  persistence.outgoingEnqueueCombi = (subscribers, packet) => {
    const size = bytesOf(packet);
    const kept: Subscriber[] = [];
    // A client whose subscriptions overlap has it once.
    for (const one of new Map(subscribers.map((each) => [each.clientId, each])).values()) {
      if (!hasRoom(one, size)) continue;
      kept.push(one);
      bytes += size;
    }
    for (const { clientId } of kept) waiting.set(clientId, (waiting.get(clientId) ?? 0) + 1);
    return enqueue(kept, packet);
  };
  persistence.outgoingEnqueue = (subscriber, packet) =>
    persistence.outgoingEnqueueCombi([subscriber], packet);
  persistence.outgoingClearMessageId = async (client, packet) => {
    const cleared = await clear(client, packet);
    if (cleared) bytes -= bytesOf(cleared);
    const left = (waiting.get(client.id) ?? 0) - (cleared ? 1 : 0);
    if (left > 0) waiting.set(client.id, left);
    else waiting.delete(client.id);
    return cleared;
  };
  const clean = persistence.cleanSubscriptions.bind(persistence);
  // A session that ends takes what waited for it along: aedes itself stops after the first sixteen.
  persistence.cleanSubscriptions = async (client) => {
    for await (const packet of persistence.outgoingStream(client))
      await persistence.outgoingClearMessageId(client, packet);
    return clean(client);
  };
};
