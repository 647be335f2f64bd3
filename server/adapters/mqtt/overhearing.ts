import type { PublishPacket } from 'aedes';
import type { Hearing } from '../../kernel/door.ts';
import type { Clock } from '../../kernel/ports.ts';
import { coversAny } from './topic-filters.ts';

/** Hands what clients say to each other to the rooms that listen. */
export const createOverhearing = (
  prefix: string,
  clock: Clock,
  rooms: readonly Hearing[],
): ((packet: PublishPacket) => void) => {
  const ears = rooms.map((room) => {
    let filters = room.filters();
    room.onFiltersChanged(() => {
      filters = room.filters();
    });
    return { room, lets: (topic: string) => coversAny(filters, topic) };
  });
  return ({ topic, payload, retain }) => {
    if (topic.startsWith(`${prefix}/`)) return;
    const receivedAtMs = clock.monotonic();
    for (const { room, lets } of ears) {
      if (!lets(topic)) continue;
      // Text on its way from a will, bytes otherwise.
      room.hear({
        topic,
        payload: Buffer.from(payload),
        retained: retain,
        live: true,
        receivedAtMs,
      });
    }
  };
};
