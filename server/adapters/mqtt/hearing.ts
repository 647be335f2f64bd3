import type { HeardMessage, Hearing } from '../../kernel/door.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Incoming } from './hub.ts';
import { covers, coversAny } from './topic-filters.ts';

/** Without those that another one takes in anyway. */
export const widest = (filters: readonly string[]): string[] => {
  const different = [...new Set(filters)];
  return different.filter(
    (filter) => !different.some((other) => other !== filter && covers(other, filter)),
  );
};

/** The modules that listen to others, as one. */
export const createHearing = (
  hearings: readonly Hearing[],
  ports: {
    clock: Pick<Clock, 'monotonic'>;
    logger: Logger;
    /** What the house says itself is nobody else's message. */
    isOurs: (topic: string) => boolean;
  },
) => {
  /** Asked again when they change, never for each message. */
  let known: readonly { readonly hearing: Hearing; readonly filters: readonly string[] }[] = [];
  const look = () => {
    known = hearings.map((hearing) => ({ hearing, filters: hearing.filters() }));
  };
  look();
  for (const hearing of hearings) hearing.onFiltersChanged(look);

  return {
    filters(): string[] {
      look();
      return widest(known.flatMap(({ filters }) => filters));
    },

    onFiltersChanged(listener: () => void): void {
      for (const hearing of hearings) hearing.onFiltersChanged(listener);
    },

    hear({ topic, payload, retain, live = false }: Incoming): void {
      if (ports.isOurs(topic)) return;
      const message: HeardMessage = {
        topic,
        payload: Buffer.from(payload),
        retained: retain,
        live,
        receivedAtMs: ports.clock.monotonic(),
      };
      for (const { hearing, filters } of known) {
        try {
          if (coversAny(filters, topic)) hearing.hear(message);
        } catch (error) {
          ports.logger.error({ err: error, topic }, 'an MQTT message could not be heard');
        }
      }
    },
  };
};
