/** Before the player says hello libvlc has loaded what it needs for a press. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeTones } from './testing/clips.ts';
import { openRoom, type Room } from './testing/player-room.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.dispose());

/** Those of libvlc's plugins that are in the player's memory. */
const loadedPlugins = async (): Promise<string[]> => {
  const maps = await readFile(`/proc/${room.player.process.pid}/maps`, 'utf8');
  return [...new Set(maps.match(/lib\w+_plugin\.so/g))].toSorted();
};

it('the first press of a wav or an mp3 makes libvlc load nothing', async () => {
  const before = await loadedPlugins();
  expect(before).toContain('libavformat_plugin.so');
  const clips = await makeTones(room.dir, [
    { frequencyHz: 500, lengthMs: 200 },
    { frequencyHz: 600, lengthMs: 200, format: 'mp3' },
  ]);
  const plays = clips.map((clip) => room.play(clip).play_id);
  await room.over(plays);
  expect(room.reports.filter(({ type }) => type === 'voice_failed')).toEqual([]);
  expect(await loadedPlugins()).toEqual(before);
});

it('nothing of the silence is told to the server', () => {
  const [hello] = room.reports;
  expect(hello).toMatchObject({ type: 'hello', voices: [], queued: [] });
  expect(room.player.log()).not.toContain('silence');
});
