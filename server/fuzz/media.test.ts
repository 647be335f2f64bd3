/** Real media files, cut short, with bits turned over and pieces mixed up, through upload and scan. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { put, ffmpeg, tempFolder, type TempFolder } from '../sounds/testing/audio-files.ts';
import { upload } from '../sounds/testing/upload.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const seeds = Array.from({ length: inject('effort') }, (_, index) => index + 1);
const uploadsPerFormat = 3;
const scannedPerFormat = 3;
const kinds = ['cover.mp3', 'cover.flac', 'plain.wav', 'plain.ogg', 'plain.opus', 'plain.m4a'];

let app: TestApp;
let folder: TempFolder;
let whole: Map<string, Buffer>;

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  folder = await tempFolder();
  const at = (name: string) => `file:${join(folder.path, name)}`;
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=0.3:sample_rate=48000'];
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=1', '-frames:v', '1', at('art.png'));
  for (const name of kinds) {
    const art = ['-i', at('art.png'), '-map', '0', '-map', '1', '-disposition:v', 'attached_pic'];
    await ffmpeg(...tone, ...(name.startsWith('cover') ? art : []), at(name));
  }
  whole = new Map(kinds.map((name) => [name, readFileSync(join(folder.path, name))]));
}, 120_000);
afterAll(async () => {
  await app.stop();
  await folder[Symbol.asyncDispose]();
});

/** What a bad card, a broken download or somebody who means no good makes of a file. */
const harmed = (file: Buffer): fc.Arbitrary<Buffer> => {
  const place = fc.nat({ max: file.length - 1 });
  return fc.oneof(
    place.map((end) => Buffer.from(file.subarray(0, end))),
    place.map((start) => Buffer.from(file.subarray(start))),
    // Heads are where parsers are led astray.
    fc
      .array(fc.tuple(fc.oneof(fc.nat({ max: 200 }), place), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 60,
      })
      .map((changes) => {
        const copy = Buffer.from(file);
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return copy;
      }),
    fc
      .tuple(place, place, fc.constantFrom(0xffffffff, 0x7fffffff, 0, 0x80000000))
      .map(([at, other, length]) => {
        const copy = Buffer.concat([file.subarray(0, at), file.subarray(other)]);
        if (copy.length >= 12) copy.writeUInt32BE(length, at % (copy.length - 8));
        return copy;
      }),
  );
};
const harmedOnes = (seed: number, each: number) =>
  [...whole].flatMap(([kind, file], place) =>
    fc
      .sample(harmed(file), { seed: seed * 100 + place, numRuns: each })
      .map((content, index) => ({ filename: `Seed ${seed} no ${index} ${kind}`, content })),
  );

const left = () =>
  readdirSync(app.soundsDir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.startsWith('temp/') && /\.\w+$/.test(name),
  );

it.each(seeds)(
  'a harmed upload is a sound or a refusal in words (seed %i)',
  async (seed) => {
    for (const { filename, content } of harmedOnes(seed, uploadsPerFormat)) {
      const { status, body } = await upload(app, app.token() ?? '', [{ filename, content }]);
      const shown = `${filename} of ${content.length} bytes: ${JSON.stringify(body)}`;
      expect([200, 201, 413, 415, 422], `of ${shown}`).toContain(status);
      if (status === 422) expect(body['detail'], `of ${shown}`).toMatch(/\w/);
      const sound = (body['sound'] ?? body) as { id?: string; duration?: number };
      if (status !== 201) continue;
      expect(sound.duration, `of ${shown}`).toBeGreaterThan(0);
      for (const part of ['audio', 'waveform', 'thumbnail']) {
        const answer = await fetch(`${app.url}/api/v1/sounds/${sound.id}/${part}`, {
          headers: { Authorization: `Bearer ${app.token()}` },
        });
        await answer.arrayBuffer();
        expect([200, 404, 409, 422], `${part} of ${shown}`).toContain(answer.status);
      }
    }
    expect(left()).toEqual([]);
  },
  300_000,
);

it.each(seeds)(
  'harmed files in the folder stop no scan (seed %i)',
  async (seed) => {
    const board = join(app.soundsDir, 'originals', 'soundboard', `seed ${seed}`);
    const files = harmedOnes(seed + 1000, scannedPerFormat);
    for (const { filename, content } of files) await put(join(board, filename), content);
    const { status, body } = await app.call('POST', '/sounds/scan');
    expect(status).toBe(200);
    const { added, errors, duplicates } = body as {
      added: string[];
      duplicates: unknown[];
      errors: { reason: string }[];
    };
    expect(added.length + errors.length + duplicates.length).toBeGreaterThanOrEqual(files.length);
    for (const { reason } of errors) expect(reason).toMatch(/\w/);
    expect((await app.call('POST', '/sounds/scan')).body).toMatchObject({ added: [], deleted: [] });
  },
  300_000,
);
