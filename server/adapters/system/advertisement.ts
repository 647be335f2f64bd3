import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { Bonjour } from 'bonjour-service';
import type { Logger } from '../../kernel/logger.ts';

export type Advertised = {
  /** Stays the same for ever, whatever the box is called and wherever it is. */
  readonly id: string;
  readonly port: number;
  readonly version: string;
  /** What people are told to open; others may find that it means this machine only. */
  readonly url: string;
};

/** A label of DNS. */
const nameBytesMax = 63;
/** Longer than a network that takes it needs. */
const stopMsMax = 1000;

const machine = (): string => {
  const host = hostname();
  return isIP(host) ? host : (host.split('.')[0] ?? host);
};

const isThisMachine = (url: string): boolean =>
  /^(?:localhost|127\.|\[::1\])/.test(new URL(url).hostname);

/**
 * Says by multicast DNS (`_encore._tcp`) that a box is here: Home Assistant finds it by that. A
 * network that does not carry it is no fault of the box, so that nothing here throws.
 */
export const advertise = ({ id, port, version, url }: Advertised, logger: Logger) => {
  const complain = (error: unknown) => {
    logger.warn({ err: error }, 'others on the network are not told that Encore is here');
  };
  const responder = new Bonjour({}, complain);
  responder.publish({
    name: `Encore on ${machine()}`.slice(0, nameBytesMax),
    type: 'encore',
    port,
    txt: { id, version, ...(isThisMachine(url) ? {} : { url }) },
    // The machine's name makes it the only one; a probe would delay it and end in silence if not.
    probe: false,
  });
  return {
    /** Takes the word back, so that nobody looks for a box that is gone. */
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(late);
          resolve();
        };
        const late = setTimeout(end, stopMsMax);
        responder.unpublishAll(() => responder.destroy(end));
      }),
  };
};
