import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeClock } from '../kernel/testing/fake-ports.ts';
import { createCaretaker } from './caretaker.ts';
import { createDerivedFiles } from './derived-files.ts';
import { createMediaFacts } from './media-facts.ts';
import { mediaFailure, type MediaTools } from './media.ts';
import { put, tempFolder } from './testing/audio-files.ts';
import { fakeMedia } from './testing/fake-media.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

const house = { actor: 'system', origin: 'system' } as const;

type Opened = Pick<
  Awaited<ReturnType<typeof libraryOnDisk>>,
  'kernel' | 'queries' | 'originals'
> & { readonly facts: ReturnType<typeof createMediaFacts>; readonly folder: string };

const caretakerOf = ({ kernel, facts, queries, originals, folder }: Opened, media: MediaTools) => {
  const derived = createDerivedFiles(join(folder, 'cache'), media);
  return createCaretaker(kernel, {
    facts,
    queries,
    copies: { ensure: async () => undefined },
    scanPorts: { media, derived },
    derived,
    originals,
    jobsMax: 1,
    signal: new AbortController().signal,
  });
};

it('a file that cannot be read is not read again until it changes', async () => {
  await using folder = await tempFolder();
  const path = await put(join(folder.path, 'originals/soundboard/Bell.wav'), 'a bell');
  const { kernel, queries, library, originals } = await libraryOnDisk(folder.path, fakeMedia());
  await library.scan(house);
  const facts = createMediaFacts(kernel.storage);
  const [bell] = facts.present();
  if (!bell) throw new Error('the bell was not found');

  let probes = 0;
  const media = {
    ...fakeMedia(),
    probe: async () => {
      probes += 1;
      return mediaFailure('corrupt', 'no frame of it can be read');
    },
  };
  const caretaker = caretakerOf({ kernel, facts, queries, originals, folder: folder.path }, media);
  const refused = { ok: false, reason: 'no frame of it can be read' };
  expect([await caretaker.mend(bell), await caretaker.mend(bell)]).toEqual([refused, refused]);
  expect(probes).toBe(1);
  await utimes(path, new Date(0), new Date(0));
  expect(await caretaker.mend(bell)).toEqual(refused);
  expect(probes).toBe(2);
  await kernel.stop();
});

it('what could not be made is not tried after each scan, but again an hour later', async () => {
  await using folder = await tempFolder();
  await put(join(folder.path, 'originals/soundboard/Bell.wav'), 'a bell');
  const { kernel, queries, library, originals } = await libraryOnDisk(folder.path, fakeMedia());
  await library.scan(house);
  const facts = createMediaFacts(kernel.storage);
  let decodes = 0;
  const media: MediaTools = {
    ...fakeMedia(),
    decodeToWav: async () => {
      decodes += 1;
      return mediaFailure('not_written', 'the disk is full');
    },
  };
  const clock = fakeClock();
  const opened = { kernel: { ...kernel, clock }, facts, queries, originals, folder: folder.path };
  const caretaker = caretakerOf(opened, media);
  await caretaker.tendAll();
  await caretaker.tendAll();
  expect(decodes).toBe(1);
  clock.advance(60 * 60_000);
  await caretaker.tendAll();
  expect(decodes).toBe(2);
  await kernel.stop();
});
