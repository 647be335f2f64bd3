import type { Aedes } from 'aedes';
import type { Logger } from '../../kernel/logger.ts';
import { mqttLimits } from './limits.ts';

type Leaving = { readonly id: string; readonly sessionExpiryInterval: number };

/** The parts of aedes through which the session of a client that leaves is kept or ended. */
export type Sessions = {
  readonly id: string;
  readonly closed: boolean;
  readonly clients: Readonly<Record<string, unknown>>;
  readonly _takingOver: ReadonlySet<string>;
  readonly persistence: {
    cleanSubscriptions(client: { readonly id: string }): Promise<unknown>;
    delWill(client: { readonly id: string; readonly brokerId: string }): Promise<unknown>;
  };
  scheduleSessionExpiry(client: Leaving): void;
  clearSessionExpiry(clientId: string): void;
};

/**
 * aedes ends kept sessions of MQTT 5 by the clock and those of 3.1.1 never, and where it keeps as
 * many as it may, the newest is lost. Here both end a day after their client left, and the one that
 * has been alone for longest makes room. Whoever is connected takes no place among them.
 */
export const boundKeptSessions = (broker: Aedes, logger: Logger): void => {
  const sessions = broker as unknown as Sessions;
  const { persistence } = sessions;
  /** In the order in which they left. */
  const away = new Map<string, NodeJS.Timeout>();

  const forget = (clientId: string) => {
    clearTimeout(away.get(clientId));
    away.delete(clientId);
  };

  const end = (clientId: string) => {
    forget(clientId);
    // Back again in the same moment.
    if (clientId in sessions.clients) return;
    const { id: brokerId } = sessions;
    Promise.all([
      persistence.cleanSubscriptions({ id: clientId }),
      persistence.delWill({ id: clientId, brokerId }),
    ]).catch((error: unknown) => {
      logger.error({ err: error, client: clientId }, 'a kept MQTT session could not be ended');
    });
  };

  sessions.clearSessionExpiry = forget;
  sessions.scheduleSessionExpiry = ({ id, sessionExpiryInterval }) => {
    // Somebody who takes a session over goes on with it.
    if (sessions.closed || sessions._takingOver.has(id)) return;
    forget(id);
    if (sessionExpiryInterval === 0) {
      end(id);
      return;
    }
    const oldest = away.keys().next();
    if (away.size >= mqttLimits.keptSessionsMax && !oldest.done) {
      logger.info({ client: oldest.value }, 'MQTT session ended: too many clients are away');
      end(oldest.value);
    }
    // aedes cuts the interval to the limit, for 3.1.1 as well.
    away.set(id, setTimeout(() => end(id), sessionExpiryInterval * 1000).unref());
  };
  broker.once('closed', () => {
    for (const clientId of away.keys()) forget(clientId);
  });
};
