import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { createRunChild } from '../../adapters/ffmpeg/child.ts';
import type { Config } from '../../config.ts';

const linesMax = 1000;
const bytesMax = 1024 * 1024;
const journalTimeoutMs = 10_000;
const units = ['encore.service', 'encore-player.service', 'encore-backup.service'];

const lastLines = (text: string): string[] => text.split('\n').filter(Boolean).slice(-linesMax);

/** Undefined where there is no such file. */
const tailOf = (file: string): string[] | undefined => {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(descriptor);
    const from = Math.max(0, size - bytesMax);
    const bytes = Buffer.alloc(size - from);
    const read = readSync(descriptor, bytes, 0, bytes.length, from);
    const lines = lastLines(bytes.subarray(0, read).toString());
    // The first may have lost its beginning.
    return from === 0 ? lines : lines.slice(1);
  } finally {
    closeSync(descriptor);
  }
};

/** Under systemd what is printed is in its journal, which this user may be let read or not. */
const journal = async (): Promise<string[]> => {
  const args = [...units.flatMap((unit) => ['-u', unit]), '-n', String(linesMax), '-o', 'cat'];
  const { outcome, stdout } = await createRunChild([])('journalctl', [...args, '--no-pager'], {
    timeoutMs: journalTimeoutMs,
    stdoutBytesMax: 8 * bytesMax,
  });
  return outcome === 'succeeded' ? lastLines(stdout) : [];
};

/** The last lines of all logs that can be read, by the name of their file. */
export const lastLogLines = async ({ paths }: Config): Promise<Map<string, readonly string[]>> => {
  const logs = new Map<string, readonly string[]>();
  for (const name of ['app.log', 'player.log']) {
    const lines = tailOf(join(paths.logDir, name));
    if (lines) logs.set(name, lines);
  }
  const printed = await journal();
  if (printed.length > 0) logs.set('journal.log', printed);
  return logs;
};
