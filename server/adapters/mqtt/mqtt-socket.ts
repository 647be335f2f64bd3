/** MQTT over WebSocket, on the port of HTTP: for pages, and where only that port is open. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Logger } from '../../kernel/logger.ts';
import { isOwnOrigin, type OriginSettings } from '../door/origin.ts';
import type { Ids } from '../../kernel/ports.ts';
import {
  malformedHandshake,
  otherSite,
  refuseUpgrade,
  tooManyConnections,
} from '../ws/handshake.ts';
import { mqttLimits } from './limits.ts';

/** Of MQTT 3.1.1 and 5, and of 3.1. */
const protocols = ['mqtt', 'mqttv3.1'];

export const createMqttSocket = (ports: {
  readonly take: (stream: Duplex, request: IncomingMessage) => void;
  readonly settings: OriginSettings;
  readonly ids: Ids;
  readonly logger: Logger;
}) => {
  const { take, settings, ids, logger } = ports;
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: mqttLimits.packetBytesMax,
    perMessageDeflate: false,
    handleProtocols: (offered) => protocols.find((one) => offered.has(one)) ?? false,
  });

  const refusal = (request: IncomingMessage) => {
    const { origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin, request.headers, settings)) {
      return otherSite;
    }
    if (wss.clients.size >= mqttLimits.webSocketsMax) {
      return tooManyConnections(mqttLimits.webSocketsMax);
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',');
    return offered.some((one) => protocols.includes(one.trim()))
      ? undefined
      : malformedHandshake('Here MQTT is spoken: offer the protocol "mqtt".');
  };

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const refused = refusal(request);
      if (refused) {
        refuseUpgrade(socket, refused, ids());
        return;
      }
      wss.handleUpgrade(request, socket, head, (webSocket) => {
        const stream = createWebSocketStream(webSocket);
        stream.on('error', (error) => logger.debug({ err: error }, 'MQTT over WebSocket: a fault'));
        take(stream, request);
      });
    },
  };
};
