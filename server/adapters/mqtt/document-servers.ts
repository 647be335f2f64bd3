type Server = {
  readonly host: string;
  readonly protocol: string;
  readonly pathname?: string;
  readonly description: string;
};

/** Where topics and socket commands are spoken to; without a broker nothing is said of topics. */
export type DocumentServers = { readonly mqtt?: Server; readonly socket: Server };

type Settings = {
  /** Absolute. */
  readonly publicUrl: string;
  readonly mqtt: {
    readonly mode: 'embedded' | 'external' | 'off';
    readonly host: string;
    readonly port: number;
    readonly external: { readonly url: string };
    readonly tls: { readonly port: number } | null;
    readonly webSocket: boolean;
  };
};

const wildcards: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

const serverAt = (address: string, description: string): Server => {
  const { host, protocol, pathname } = new URL(address);
  const path = pathname.length > 1 ? { pathname } : {};
  return { host, protocol: protocol.slice(0, -1), ...path, description };
};

const broker = ({ publicUrl, mqtt }: Settings): Server | undefined => {
  switch (mqtt.mode) {
    case 'off':
      return undefined;
    case 'external':
      return serverAt(mqtt.external.url, 'The broker that Encore shares with others');
    case 'embedded': {
      const { hostname } = new URL(publicUrl);
      const host = wildcards.has(mqtt.host) ? hostname : bracketed(mqtt.host);
      const also = [
        ...(mqtt.tls ? [`with TLS at port ${mqtt.tls.port}`] : []),
        ...(mqtt.webSocket ? [`over WebSocket at ${publicUrl}/mqtt`] : []),
      ];
      const description = ['The embedded broker', ...also].join('; ');
      return serverAt(`mqtt://${host}:${mqtt.port}`, description);
    }
  }
};

/** As they are configured. */
export const documentServers = (settings: Settings): DocumentServers => {
  const mqtt = broker(settings);
  const socket = settings.publicUrl.replace(/^http/, 'ws');
  return { ...(mqtt && { mqtt }), socket: serverAt(socket, 'The feed, and commands beside it') };
};
