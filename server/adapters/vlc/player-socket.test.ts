import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { duckingDefault, protocolLimits, type PlayerReport } from '../../player/contract.ts';
import type { PlayerLink } from '../../player/player-link.ts';
import { createPlayerSocket } from './player-socket.ts';

let dir: string;
let path: string;
let link: PlayerLink;
let reports: PlayerReport[];
let losses: string[];
const clients: Socket[] = [];

const hello = JSON.stringify({
  type: 'hello',
  pid: 1,
  version: '1',
  vlc_version: '3',
  voices_max: 32,
  voices: [],
  queued: [],
  output: { kind: 'none', state: 'ok', detail: '' },
  music: { track: null, next_track_id: null, volume: 100, ducking: duckingDefault },
} satisfies PlayerReport);

const createLink = (): PlayerLink => {
  const created = createPlayerSocket({ path, log: pino({ level: 'silent' }) });
  created.listen({
    report: (report) => reports.push(report),
    lost: (reason) => losses.push(reason),
  });
  return created;
};
const open = async (...lines: string[]): Promise<Socket> => {
  const client = connect(path);
  clients.push(client);
  // Being dropped is what many of these are about.
  client.on('error', () => {});
  await once(client, 'connect');
  for (const line of lines) client.write(`${line}\n`);
  return client;
};
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-link-'));
  path = join(dir, 'player.sock');
  [reports, losses] = [[], []];
  link = createLink();
  await link.start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await link.stop();
  await rm(dir, { recursive: true, force: true });
});

describe('the socket', () => {
  it('is for its owner alone, and gone after the stop', async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await link.stop();
    expect(existsSync(path)).toBe(false);
  });

  it('takes the place of one that a crash left behind', async () => {
    const second = createLink();
    await second.start();
    await open(hello);
    await until(() => second.connected);
    await second.stop();
  });

  it('does not take the place of a file', async () => {
    await link.stop();
    await writeFile(path, 'mine');
    await expect(link.start()).rejects.toThrow('There is a file');
  });
});

describe('a player', () => {
  it('is connected when it has said hello', async () => {
    expect(link.send({ type: 'stop', command_id: '1', play_id: null, fade_ms: 0 })).toBe(false);
    const client = await open(hello);
    await until(() => link.connected);
    expect(link.send({ type: 'stop', command_id: '2', play_id: null, fade_ms: 0 })).toBe(true);
    const [line] = (await once(client, 'data')) as [Buffer];
    expect(String(line)).toBe('{"type":"stop","command_id":"2","play_id":null,"fade_ms":0}\n');
    expect(reports.map(({ type }) => type)).toEqual(['hello']);
  });

  it('that is newer replaces the older', async () => {
    await open(hello);
    await until(() => link.connected);
    const newer = await open(hello);
    await until(() => losses.length === 1);
    expect(losses).toEqual(['a newer player took its place']);
    expect(link.connected).toBe(true);
    newer.end();
    await until(() => losses.length === 2);
    expect(link.connected).toBe(false);
  });

  it.each([
    ['no JSON', 'hello?', 'not JSON'],
    ['an unknown report', '{"type":"song"}', 'type'],
    ['a report with a wrong field', '{"type":"voices","voices":7}', 'voices'],
    ['an endless line', 'x'.repeat(protocolLimits.lineBytesMax + 1), 'more than'],
  ])('that sends %s is dropped', async (_what, line, reason) => {
    const client = await open(hello, line);
    await once(client, 'close');
    await until(() => losses.length === 1);
    expect(losses[0]).toContain(reason);
  });

  it('that does not begin with hello is dropped', async () => {
    const client = await open('{"type":"voices","voices":[]}');
    await once(client, 'close');
    expect(reports).toEqual([]);
    expect(losses).toEqual([]);
  });

  it('may send its lines in any pieces', async () => {
    const client = await open();
    for (const byte of Buffer.from(`${hello}\n`)) client.write(Buffer.from([byte]));
    await until(() => link.connected);
    client.write('{"type":"voices","voices":[]}\n{"type":"voices","voices":[]}\n');
    await until(() => reports.length === 3);
  });
});
