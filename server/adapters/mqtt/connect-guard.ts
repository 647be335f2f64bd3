import type { AedesOptions } from 'aedes';
import { mqttLimits } from './limits.ts';

/** What a CONNECT may ask for, before anybody is asked who they are. */
export const preConnect: NonNullable<AedesOptions['preConnect']> = (_client, packet, done) => {
  if (packet.clientId.length > mqttLimits.clientIdCharactersMax) {
    done(
      new Error(`a client id may have at most ${mqttLimits.clientIdCharactersMax} characters`),
      false,
    );
    return;
  }
  // Nobody takes over somebody else's session by its client id.
  if (packet.clientId !== '') packet.clientId = `${packet.username ?? ''}/${packet.clientId}`;
  if (packet.will) {
    // aedes 2.0.0-beta.1 forwards it inside PUBLISH, where it has no place.
    if (packet.will.properties) delete packet.will.properties.willDelayInterval;
    if (packet.will.qos === 2) packet.will.qos = 1;
  }
  done(null, true);
};
