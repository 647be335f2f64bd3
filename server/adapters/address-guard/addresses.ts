import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Whatever is not the public internet, and addresses at which clouds hand out secrets. */
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Of 2000::/3, the only part that is public: protocols (Teredo among them), examples, 6to4. */
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Adds an address or a CIDR; false when it is neither. */
export const addNetwork = (list: BlockList, text: string): boolean => {
  const [address = '', prefix, more] = text.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (!family || more !== undefined || address.includes('%')) return false;
  const bits = family === 'ipv4' ? 32 : 128;
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return false;
  list.addSubnet(address, prefix === undefined ? bits : Number(prefix), family);
  return true;
};

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list;
};

const refused = listOf([...notPublic4, ...notPublic6]);
const global6 = listOf(['2000::/3']);

/** The eight groups of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined) =>
    text ? text.split(':').map((group) => Number.parseInt(group, 16)) : [];
  const [before, behind] = [groups(head), groups(tail)];
  return [...before, ...Array<number>(8 - before.length - behind.length).fill(0), ...behind];
};

/** In front of IPv4 addresses that are written as IPv6: mapped, and NAT64. */
const carriers = [
  [0, 0, 0, 0, 0, 0xffff],
  [0x64, 0xff9b, 0, 0, 0, 0],
];

/** The IPv4 address that an IPv6 address stands for, or the address itself. */
export const plainAddress = (address: string): string => {
  if (!isIPv6(address) || address.includes('%')) return address;
  const groups = groupsOf(address);
  if (!carriers.some((carrier) => carrier.every((group, at) => groups[at] === group))) {
    return address;
  }
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
};

export const isIn = (list: BlockList, address: string): boolean =>
  list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

/** Of an address that `plainAddress` gave. */
export const isPublic = (address: string): boolean => {
  if (isIPv4(address)) return !isIn(refused, address);
  if (!isIPv6(address) || address.includes('%')) return false;
  return isIn(global6, address) && !isIn(refused, address);
};
