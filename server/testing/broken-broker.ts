/** For `node --import`: a broker that throws where nobody catches it, once a client asks for that. */
import { Aedes, type Client } from 'aedes';

type Registering = { registerClient(client: Client | null): void };

/** At the end of a client id. */
export const breaking = 'break-it';

const broker = Aedes.prototype as unknown as Registering;
const { registerClient } = broker;
broker.registerClient = function (this: Registering, client) {
  if (client?.id.endsWith(breaking)) setImmediate(() => registerClient.call(this, null));
  else registerClient.call(this, client);
};
