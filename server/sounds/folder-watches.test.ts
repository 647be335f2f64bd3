import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { watchFolder } from '../adapters/system/watch-folder.ts';
import { eventually } from '../kernel/testing/eventually.ts';
import { createFolderWatches } from './folder-watches.ts';
import { put, tempFolder, type TempFolder } from './testing/audio-files.ts';

let folder: TempFolder;
let heard: Set<string>;
beforeEach(async () => {
  folder = await tempFolder();
  heard = new Set();
  return () => folder[Symbol.asyncDispose]();
});
const hear = (path: string) => void heard.add(path);
const path = (name: string) => join(folder.path, name);

it('hears of files that come, change and go, in every folder seen', async () => {
  await mkdir(path('a/b'), { recursive: true });
  const watches = createFolderWatches(watchFolder, hear);
  for (const name of ['.', 'a', 'a/b']) watches.see(path(name));
  watches.sweep();
  await put(path('x.wav'), 'x');
  await put(path('a/b/y.wav'), 'y');
  await eventually(() => heard.has(path('x.wav')) && heard.has(path('a/b/y.wav')));
  heard.clear();
  await rename(path('x.wav'), path('a/z.wav'));
  await rm(path('a/b/y.wav'));
  const changed = ['x.wav', 'a/z.wav', 'a/b/y.wav'].map(path);
  await eventually(() => changed.every((one) => heard.has(one)));
  watches.close();
});

it('watches a folder anew that was deleted and made again', async () => {
  await mkdir(path('a'));
  const watches = createFolderWatches(watchFolder, hear);
  watches.see(path('a'));
  watches.sweep();
  await rm(path('a'), { recursive: true });
  await eventually(() => heard.has(path('a')));
  await mkdir(path('a'));
  watches.see(path('a'));
  watches.sweep();
  await put(path('a/x.wav'), 'x');
  await eventually(() => heard.has(path('a/x.wav')));
  watches.close();
});

it('does not follow a folder that is moved out', async () => {
  await using outside = await tempFolder();
  await mkdir(path('a'));
  const watches = createFolderWatches(watchFolder, hear);
  for (const name of ['.', 'a']) watches.see(path(name));
  watches.sweep();
  await rename(path('a'), join(outside.path, 'a'));
  await eventually(() => heard.has(path('a')));
  heard.clear();
  await put(join(outside.path, 'a/x.wav'), 'x');
  await put(path('last.wav'), 'x');
  await eventually(() => heard.has(path('last.wav')));
  expect([...heard]).toEqual([path('last.wav')]);
  watches.close();
});

it('says how many folders are beyond the limit of the system, and tries them again', () => {
  let room = 2;
  const limited = () => {
    if (room === 0) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    room -= 1;
    return { close: () => void (room += 1) };
  };
  const watches = createFolderWatches(limited, hear);
  const walk = (names: string[]) => {
    for (const name of names) watches.see(path(name));
    watches.sweep();
  };
  walk(['a', 'b', 'c', 'd']);
  expect(watches.trouble()).toEqual({ folders: 2, code: 'ENOSPC' });
  walk(['b', 'c']);
  expect(watches.trouble()).toEqual({ folders: 1, code: 'ENOSPC' });
  walk(['b', 'c']);
  expect(watches.trouble()).toBeNull();
});

it('forgets a folder whose watch breaks, and says so', () => {
  let breakNow = (_: Error) => {};
  const fragile = (_: string, __: unknown, failed: (error: Error) => void) => {
    breakNow = failed;
    return { close: () => undefined };
  };
  const watches = createFolderWatches(fragile, hear);
  watches.see(path('a'));
  breakNow(Object.assign(new Error('lost'), { code: 'EIO' }));
  expect(watches.trouble()).toEqual({ folders: 1, code: 'EIO' });
});
