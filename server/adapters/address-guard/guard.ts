import { lookup as lookUp } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { addNetwork, isIn, isPublic, plainAddress } from './addresses.ts';
import { allowedHostsOf, plainHost } from './allowed-hosts.ts';

/** All addresses of a name; throws when there are none. */
export type Lookup = (host: string) => Promise<readonly string[]>;

export type Checked =
  /** Connect to one of these and to no other: the name may mean something else by then. */
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly why: 'refused' | 'unresolved' };

export type AddressGuard = {
  /** Whether a host (name, IPv4, or IPv6 with or without brackets) may be connected to. */
  check(host: string): Promise<Checked>;
};

/** Each one holds a thread of the pool that also reads the disk, for as long as a name server likes. */
export const lookupsAtOnceMax = 2;

const systemLookup: Lookup = async (host) =>
  (await lookUp(host, { all: true })).map(({ address }) => address);

const atMost = (running: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let free = running;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => void waiting.push(go));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};

/**
 * This box and its neighbours also where their addresses are public ones, as those of IPv6 are.
 * Nothing where the system does not tell: systemd may forbid the question.
 */
export const ownNetworks = (interfaces = networkInterfaces): readonly string[] => {
  try {
    return Object.values(interfaces()).flatMap((addresses = []) =>
      addresses.flatMap(({ family, address, cidr }) => [
        ...(cidr === null ? [] : [cidr]),
        // Given out one by one, a box has a /128 of its own; the house around it has the /64.
        ...(family === 'IPv6' ? [`${address}/64`] : []),
      ]),
    );
  } catch {
    return [];
  }
};

/** Tells public addresses from those that a link from outside must not reach. */
export const createAddressGuard = (options: {
  /** Names, addresses and CIDRs that are let through although they are private. */
  readonly allowedHosts: readonly string[];
  readonly lookup?: Lookup;
  readonly neighbours?: () => readonly string[];
}): AddressGuard => {
  const { lookup = systemLookup, neighbours = ownNetworks } = options;
  const allowed = allowedHostsOf(options.allowedHosts);
  const inTurn = atMost(lookupsAtOnceMax);

  const addressesOf = async (host: string): Promise<readonly string[]> => {
    if (isIP(host)) return [host];
    try {
      return await inTurn(() => lookup(host));
    } catch {
      return [];
    }
  };

  return {
    check: async (given) => {
      const host = plainHost(given);
      const addresses = (await addressesOf(host)).map(plainAddress);
      if (addresses.length === 0) return { ok: false, why: 'unresolved' };
      if (allowed.names(host)) return { ok: true, addresses };
      const near = new BlockList();
      for (const network of neighbours()) addNetwork(near, network);
      const passes = (address: string) =>
        isIP(address) !== 0 &&
        (allowed.addresses(address) || (isPublic(address) && !isIn(near, address)));
      // One private address among public ones is how a name is made to point inside.
      return addresses.every(passes) ? { ok: true, addresses } : { ok: false, why: 'refused' };
    },
  };
};
