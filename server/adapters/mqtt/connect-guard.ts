import type { AedesOptions, Client } from 'aedes';
import { mqttLimits } from './limits.ts';

type PreConnect = NonNullable<AedesOptions['preConnect']>;
type ConnectPacket = Parameters<PreConnect>[1];

export type ConnectGuard = {
  /** What a CONNECT may ask for, before anybody is asked who they are. */
  readonly preConnect: PreConnect;
  /** After a right login: whether the session outlives the connection. */
  readonly loggedIn: (client: Client) => void;
};

export const createConnectGuard = (): ConnectGuard => {
  // aedes ends kept sessions of MQTT 5 by itself, those of 3.1.1 never: so these are counted.
  const kept = new Set<string>();
  const asked = new WeakMap<Client, ConnectPacket>();

  return {
    preConnect(client, packet, done) {
      if (packet.clientId.length > mqttLimits.clientIdCharactersMax) {
        done(
          new Error(`a client id may have at most ${mqttLimits.clientIdCharactersMax} characters`),
          false,
        );
        return;
      }
      // Nobody takes over somebody else's session by its client id.
      if (packet.clientId !== '') packet.clientId = `${packet.username ?? ''}/${packet.clientId}`;
      asked.set(client, packet);
      if (packet.will) {
        // aedes 2.0.0-beta.1 forwards it inside PUBLISH, where it has no place.
        if (packet.will.properties) delete packet.will.properties.willDelayInterval;
        if (packet.will.qos === 2) packet.will.qos = 1;
      }
      done(null, true);
    },
    loggedIn(client) {
      const packet = asked.get(client);
      if (!packet) return;
      const { clientId } = packet;
      // What was kept is wiped, or is now a session of MQTT 5.
      if (packet.clean || packet.protocolVersion === 5) kept.delete(clientId);
      else if (kept.has(clientId) || kept.size < mqttLimits.keptSessionsMax) kept.add(clientId);
      else {
        packet.clean = true;
        client.clean = true;
      }
    },
  };
};
