import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCaretaker } from './caretaker.ts';
import { createDerivedFiles } from './derived-files.ts';
import { createMediaFacts } from './media-facts.ts';
import { mediaFailure } from './media.ts';
import { put, tempFolder } from './testing/audio-files.ts';
import { fakeMedia } from './testing/fake-media.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

const house = { actor: 'system', origin: 'system' } as const;

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
  const derived = createDerivedFiles(join(folder.path, 'cache'), media);
  const caretaker = createCaretaker(kernel, {
    facts,
    queries,
    copies: { ensure: async () => undefined },
    scanPorts: { media, derived },
    derived,
    originals,
    jobsMax: 1,
    signal: new AbortController().signal,
  });
  const refused = { ok: false, reason: 'no frame of it can be read' };
  expect([await caretaker.mend(bell), await caretaker.mend(bell)]).toEqual([refused, refused]);
  expect(probes).toBe(1);
  await utimes(path, new Date(0), new Date(0));
  expect(await caretaker.mend(bell)).toEqual(refused);
  expect(probes).toBe(2);
  await kernel.stop();
});
