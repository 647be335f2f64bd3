import { expect, test } from 'vitest';
import { droppedFiles } from './dropped.ts';

const file = (name: string): FileSystemEntry =>
  ({
    isDirectory: false,
    name,
    file: (found: (file: File) => void) => found(new File(['sound'], name)),
  }) as unknown as FileSystemEntry;

/** A folder that tells of its entries two at a time, as browsers do in hundreds. */
const folder = (name: string, entries: FileSystemEntry[]): FileSystemEntry =>
  ({
    isDirectory: true,
    name,
    createReader: () => {
      const rest = [...entries];
      return {
        readEntries: (found: (some: FileSystemEntry[]) => void) => found(rest.splice(0, 2)),
      };
    },
  }) as unknown as FileSystemEntry;

test('folders are walked to their end, and what is no sound in them is left out', async () => {
  const inner = folder('bells', [file('Gong.flac'), file('.hidden.mp3')]);
  const outer = folder('sounds', [file('a.wav'), file('cover.jpg'), inner, file('b.mp3')]);
  const { files, leftOut } = await droppedFiles([outer]);
  expect(files.map(({ name }) => name)).toEqual(['a.wav', 'Gong.flac', 'b.mp3']);
  expect(leftOut).toBe(2);
});

test('a file dropped by itself is kept, so that its refusal is told', async () => {
  const { files, leftOut } = await droppedFiles([file('notes.txt')]);
  expect(files.map(({ name }) => name)).toEqual(['notes.txt']);
  expect(leftOut).toBe(0);
});
