/** Every format that the library takes: made by ffmpeg, identified, decoded, and played by libvlc itself. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mapInOrder } from '../../sounds/job-limit.ts';
import { soundExtensions } from '../../sounds/library-walk.ts';
import { collect, ffmpeg } from '../../sounds/testing/audio-files.ts';
import { createMediaTools, createRunChild } from '../ffmpeg/index.ts';
import { openRoom, type Room } from './testing/player-room.ts';

vi.setConfig({ hookTimeout: 120_000 });
const lengthMs = 1000;
/** Codecs work in frames; libvlc loses the first one of some. */
const toleranceMs = 60;

const media = createMediaTools(undefined, createRunChild([]));
let room: Room;
const found = new Map<string, { probed: unknown; decoded: unknown; ended: unknown }>();

const probeAndPlay = async (extension: string) => {
  const path = join(room.dir, `tone${extension}`);
  const probed = await media.probe(path);
  if (!probed.ok) return found.set(extension, { probed, decoded: null, ended: null });
  const decoded = await media.decodeToWav(path, `${path}.decoded`, probed);
  // What is too long for the decoded copy is opened as it is.
  const { play_id } = room.play({ path, demuxer: probed.demuxer });
  await room.over([play_id]);
  const ended = room.reports.findLast(
    (report) => 'play_id' in report && report.play_id === play_id,
  );
  return found.set(extension, { probed, decoded, ended });
};

beforeAll(async () => {
  room = await openRoom();
  const outputs = [...soundExtensions].flatMap((extension) => [
    ...(extension === '.weba' ? ['-f', 'webm'] : []),
    `file:${join(room.dir, `tone${extension}`)}`,
  ]);
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `sine=duration=${lengthMs / 1000}:sample_rate=48000`,
    ...outputs,
  );
  await collect(mapInOrder(soundExtensions, 4, probeAndPlay));
});
afterAll(() => room.dispose());

it.each([...soundExtensions])('%s is identified, decoded whole and played whole', (extension) => {
  const { probed, decoded, ended } = found.get(extension) ?? {};
  expect(probed).toMatchObject({ ok: true });
  expect(decoded).toMatchObject({ ok: true });
  expect(ended).toMatchObject({ type: 'voice_ended', reason: 'finished' });
  const lengths = [
    (decoded as { duration_ms: number }).duration_ms,
    (ended as { heard_ms: number }).heard_ms,
  ];
  for (const ms of lengths) expect(Math.abs(ms - lengthMs)).toBeLessThan(toleranceMs);
});
