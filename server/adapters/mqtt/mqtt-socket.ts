/** MQTT over WebSocket, on the port of HTTP: for pages, and where only that port is open. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { Logger } from '../../kernel/logger.ts';
import { isOwnOrigin, type OriginSettings } from '../door/origin.ts';
import { refuseUpgrade } from '../ws/handshake.ts';
import { mqttLimits } from './limits.ts';

/** Of MQTT 3.1.1 and 5, and of 3.1. */
const protocols = ['mqtt', 'mqttv3.1'];

export const createMqttSocket = (ports: {
  readonly take: (stream: Duplex, request: IncomingMessage) => void;
  readonly settings: OriginSettings;
  readonly logger: Logger;
}) => {
  const { take, settings, logger } = ports;
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: mqttLimits.packetBytesMax,
    perMessageDeflate: false,
    handleProtocols: (offered) => protocols.find((one) => offered.has(one)) ?? false,
  });

  const refusal = (request: IncomingMessage) => {
    const { origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin, request.headers, settings)) {
      return { status: 403, text: 'This page belongs to another site.' };
    }
    if (wss.clients.size >= mqttLimits.webSocketsMax) {
      return { status: 503, text: `At most ${mqttLimits.webSocketsMax} connections.` };
    }
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',');
    return offered.some((one) => protocols.includes(one.trim()))
      ? undefined
      : { status: 400, text: 'Here MQTT is spoken: offer the protocol "mqtt".' };
  };

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const refused = refusal(request);
      if (refused) {
        refuseUpgrade(socket, refused);
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
