/** Real audio for tests, made by ffmpeg's own generators. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

export type TempFolder = AsyncDisposable & { readonly path: string };

export const tempFolder = async (): Promise<TempFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'encore-sounds-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
};

export const ffmpeg = (...args: readonly string[]) =>
  execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { stdin: 'ignore' });

export type Tone = {
  hertz?: number;
  seconds?: number;
  channels?: number;
  args?: readonly string[];
};

/** A sine at half of full scale; the format follows from the extension. */
export const tone = async (path: string, options: Tone = {}): Promise<string> => {
  const { hertz = 440, seconds = 0.5, channels = 2, args = [] } = options;
  await mkdir(dirname(path), { recursive: true });
  const source = `sine=frequency=${hertz}:duration=${seconds}:sample_rate=48000,volume=4`;
  await ffmpeg('-f', 'lavfi', '-i', source, '-ac', String(channels), ...args, `file:${path}`);
  return path;
};

export const put = async (path: string, content: string | Buffer): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
};

export const copyTo = async (from: string, to: string): Promise<string> => {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  return to;
};

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
