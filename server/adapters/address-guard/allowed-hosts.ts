import { BlockList } from 'node:net';
import { addNetwork, isIn } from './addresses.ts';

const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$/;
/** Digits and dots alone are an address that somebody mistyped. */
const numbersOnly = /^[\d.]+$/;

/** Names are compared without case and without the dot at the end. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/** What is wrong with an entry of EXTRACTION_ALLOW_PRIVATE_HOSTS; null when nothing is. */
export const allowedHostFault = (entry: string): string | null => {
  const host = plainHost(entry);
  if (addNetwork(new BlockList(), host)) return null;
  if (hostName.test(host) && !numbersOnly.test(host)) return null;
  return `must be host names, addresses or networks such as nas.local, 192.168.1.5 or 192.168.1.0/24, with commas between them: ${entry} is none`;
};

export type AllowedHosts = {
  names(host: string): boolean;
  addresses(address: string): boolean;
};

export const allowedHostsOf = (entries: readonly string[]): AllowedHosts => {
  const networks = new BlockList();
  const names = new Set(entries.map(plainHost).filter((host) => !addNetwork(networks, host)));
  return {
    names: (host) => names.has(plainHost(host)),
    addresses: (address) => isIn(networks, address),
  };
};
