import type { AedesOptions } from 'aedes';
import { mqttLimits } from './limits.ts';

type PreConnect = NonNullable<AedesOptions['preConnect']>;
type ConnectPacket = Parameters<PreConnect>[1];

/** What a CONNECT may ask for, before anybody is asked who they are. */
export const createConnectGuard = (): PreConnect => {
  // aedes ends kept sessions of MQTT 5 by itself, those of 3.1.1 never: so these are counted.
  const kept = new Set<string>();

  const boundSession = (packet: ConnectPacket) => {
    if (packet.protocolVersion === 5) return;
    if (packet.clean) kept.delete(packet.clientId);
    else if (kept.has(packet.clientId) || kept.size < mqttLimits.keptSessionsMax)
      kept.add(packet.clientId);
    else packet.clean = true;
  };

  return (_client, packet, done) => {
    if (packet.clientId.length > mqttLimits.clientIdCharactersMax) {
      done(
        new Error(`a client id may have at most ${mqttLimits.clientIdCharactersMax} characters`),
        false,
      );
      return;
    }
    // Nobody takes over somebody else's session by its client id.
    if (packet.clientId !== '') packet.clientId = `${packet.username ?? ''}/${packet.clientId}`;
    boundSession(packet);
    if (packet.will) {
      // aedes 2.0.0-beta.1 forwards it inside PUBLISH, where it has no place.
      if (packet.will.properties) delete packet.will.properties.willDelayInterval;
      if (packet.will.qos === 2) packet.will.qos = 1;
    }
    done(null, true);
  };
};
