import { expect, it } from 'vitest';
import { allowedHostFault } from './allowed-hosts.ts';
import { createAddressGuard, ownNetworks } from './guard.ts';

const guardOf = (answers: readonly string[], allowedHosts: readonly string[] = []) =>
  createAddressGuard({ allowedHosts, lookup: async () => answers, neighbours: () => [] });

const refused = { ok: false, why: 'refused' };

it.each([
  ['this network', '0.0.0.0'],
  ['private', '10.1.2.3'],
  ['private', '172.31.255.255'],
  ['private', '192.168.0.1'],
  ['shared by a provider', '100.64.0.1'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['link-local', '169.254.1.1'],
  ['metadata', '169.254.169.254'],
  ['metadata', '168.63.129.16'],
  ['metadata', '192.0.0.192'],
  ['metadata', '100.100.100.200'],
  ['documentation', '203.0.113.9'],
  ['measurements', '198.19.0.1'],
  ['6to4 relay', '192.88.99.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['mapped loopback', '::ffff:127.0.0.1'],
  ['mapped private', '::ffff:a00:1'],
  ['compatible loopback', '::7f00:1'],
  ['translated', '::ffff:0:7f00:1'],
  ['NAT64 of a private one', '64:ff9b::10.0.0.1'],
  ['NAT64 with a prefix of its own', '64:ff9b:1::a00:1'],
  ['discard', '100::1'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['6to4 of a private one', '2002:a00:1::1'],
  ['unique local', 'fc00::1'],
  ['metadata', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%lo'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
])('refuses %s: %s, by number and behind a name', async (_kind, address) => {
  expect(await guardOf([]).check(address)).toEqual(refused);
  expect(await guardOf([address]).check('media.example')).toEqual(refused);
});

it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
  'lets the public %s through',
  async (address) => {
    expect(await guardOf([]).check(address)).toEqual({ ok: true, addresses: [address] });
  },
);

it('takes an IPv6 address in brackets, and the IPv4 address that it stands for', async () => {
  expect(await guardOf([]).check('[64:ff9b::1.1.1.1]')).toEqual({
    ok: true,
    addresses: ['1.1.1.1'],
  });
});

it('refuses a name with one private address among public ones', async () => {
  expect(await guardOf(['1.1.1.1', '10.0.0.1']).check('both.example')).toEqual(refused);
});

it('says of a name without addresses that it is not known', async () => {
  expect(await guardOf([]).check('nowhere.example')).toEqual({ ok: false, why: 'unresolved' });
  const failing = createAddressGuard({
    allowedHosts: [],
    lookup: () => Promise.reject(new Error('ENOTFOUND')),
  });
  expect(await failing.check('nowhere.example')).toEqual({ ok: false, why: 'unresolved' });
});

it('lets allowed names, addresses and networks through, and nothing beside them', async () => {
  const guard = guardOf(['192.168.7.1'], ['NAS.local', '10.0.0.0/8', '127.0.0.1', 'fd00::/8']);
  expect(await guard.check('nas.local.')).toEqual({ ok: true, addresses: ['192.168.7.1'] });
  expect(await guard.check('10.9.8.7')).toMatchObject({ ok: true });
  expect(await guard.check('[fd12::1]')).toMatchObject({ ok: true });
  expect(await guard.check('::ffff:127.0.0.1')).toEqual({ ok: true, addresses: ['127.0.0.1'] });
  expect(await guard.check('other.local')).toEqual(refused);
  expect(await guard.check('127.0.0.2')).toEqual(refused);
});

it('refuses the neighbours of this box at their public addresses', async () => {
  const guard = createAddressGuard({
    allowedHosts: ['2a00:1:2:3::5'],
    neighbours: () => ['2a00:1:2:3::7/64', '1.2.3.4/24'],
  });
  expect(await guard.check('2a00:1:2:3::99')).toEqual(refused);
  expect(await guard.check('1.2.3.77')).toEqual(refused);
  expect(await guard.check('2a00:1:2:3::5')).toMatchObject({ ok: true });
  expect(await guard.check('2a00:1:2:4::99')).toMatchObject({ ok: true });
});

it('counts the /64 around each IPv6 address of this box as its neighbours', async () => {
  const address = '2a00:1:2:3::7';
  const more = { netmask: '', mac: '', internal: false, scopeid: 0 };
  const box = () => ({
    eth0: [{ ...more, address, family: 'IPv6', cidr: `${address}/128` } as const],
  });
  const neighbours = () => ownNetworks(box);
  const guard = createAddressGuard({ allowedHosts: [], neighbours });
  expect(await guard.check('2a00:1:2:3::99')).toEqual(refused);
  expect(await guard.check('2a00:1:2:4::99')).toMatchObject({ ok: true });
});

it('knows the networks of this box', () => {
  expect(ownNetworks()).toContain('127.0.0.1/8');
});

it.each(['nas.local', 'NAS', '192.168.1.5', '192.168.1.0/24', 'fd00::/8', '[::1]', 'a_b.lan'])(
  'takes %s into the list of allowed hosts',
  (entry) => expect(allowedHostFault(entry)).toBeNull(),
);

it.each(['', 'http://nas', '192.168.1.0/33', '192.168.1', 'a b', 'nas:80', '10.0.0.0/', '*.lan'])(
  'says what is wrong with the allowed host "%s"',
  (entry) => expect(allowedHostFault(entry)).toMatch(/must be host names, addresses or networks/),
);
