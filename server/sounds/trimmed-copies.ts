import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoundTrim } from './contract.ts';
import { cachedDurationMsMax, type BoardSource, type DerivedFiles } from './derived-files.ts';
import type { Demuxer, MediaFailure, MediaTools } from './media.ts';

/** A decode takes a minute at most, so an older left-over belongs to nobody. */
const leftoverAgeMsMin = 60 * 60_000;

export type TrimmableSound = {
  readonly hash: string;
  readonly path: string;
  readonly demuxer: Demuxer;
  readonly channels: number;
  readonly trim: SoundTrim | null;
  readonly normalized?: BoardSource | null;
};

/** What the player is told to open, and which part of it is the sound. */
export type PlayedFile = {
  readonly path: string;
  readonly demuxer: Demuxer;
  readonly start_ms?: number;
  readonly end_ms?: number;
};

export type TrimmedCopies = {
  /** As it is to be heard, also before its copy is ready. */
  fileOf(sound: TrimmableSound): PlayedFile;
  /** The decoded part, made if need be; undefined where the player cuts by itself. */
  ensure(sound: TrimmableSound, signal?: AbortSignal): Promise<MediaFailure | undefined>;
  /** Removes the copies of the sound's contents but the one that is played; returns how many. */
  tidy(sound: TrimmableSound): Promise<number>;
  /** Removes the copies of all but these sounds, asked once the folder is read; returns how many. */
  prune(sounds: () => readonly TrimmableSound[], now_ms: number): Promise<number>;
};

type Cut = { readonly hash: string; readonly trim: SoundTrim };

const nameOf = ({ hash, trim }: Cut): string => `${hash}-${trim.start_ms}-${trim.end_ms}.wav`;

const isCut = (sound: TrimmableSound): sound is TrimmableSound & Cut => sound.trim !== null;

/** Copied, because reading a file from its middle is not exact with every format. */
const isCopied = ({ trim }: Cut): boolean => trim.end_ms - trim.start_ms <= cachedDurationMsMax;

/** Decoded parts of sounds, `<cacheDir>/trim`: all of it can be made again. */
export const createTrimmedCopies = (
  cacheDir: string,
  ports: {
    media: Pick<MediaTools, 'decodeToWav'>;
    derived: Pick<DerivedFiles, 'boardFile'>;
  },
): TrimmedCopies => {
  const { media, derived } = ports;
  const root = join(cacheDir, 'trim');
  const pathOf = (cut: Cut): string => join(root, cut.hash.slice(0, 2), nameOf(cut));

  const copyNameOf = (sound: TrimmableSound): string | undefined =>
    isCut(sound) && isCopied(sound)
      ? nameOf({ hash: derived.boardFile(sound).hash, trim: sound.trim })
      : undefined;

  return {
    fileOf(sound) {
      const { hash, path, demuxer } = derived.boardFile(sound);
      if (!isCut(sound)) return { path, demuxer };
      const copy = pathOf({ hash, trim: sound.trim });
      return existsSync(copy) ? { path: copy, demuxer: 'wav' } : { path, demuxer, ...sound.trim };
    },
    async ensure(sound, signal) {
      if (!isCut(sound) || !isCopied(sound)) return undefined;
      const whole = derived.boardFile(sound);
      const copy = pathOf({ hash: whole.hash, trim: sound.trim });
      if (existsSync(copy)) return undefined;
      // A decoded copy of the whole is stereo already.
      const channels = whole.decoded ? 2 : sound.channels;
      const options = { channels, trim: sound.trim };
      const decoded = await media.decodeToWav(whole.path, copy, options, signal);
      return decoded.ok ? undefined : decoded;
    },
    async tidy(sound) {
      const wanted = copyNameOf(sound);
      let removed = 0;
      for (const { hash } of [sound, sound.normalized].filter((source) => !!source)) {
        const folder = join(root, hash.slice(0, 2));
        for (const name of await readdir(folder).catch(() => [])) {
          if (!name.startsWith(`${hash}-`) || name === wanted) continue;
          await rm(join(folder, name), { force: true });
          removed += 1;
        }
      }
      return removed;
    },
    async prune(sounds, now_ms) {
      if (!existsSync(root)) return 0;
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const wanted = new Set(sounds().map(copyNameOf));
      let removed = 0;
      for (const entry of entries) {
        if (!entry.isFile() || wanted.has(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const isLeftover = entry.name.startsWith('.');
        if (isLeftover && now_ms - (await stat(path)).mtimeMs < leftoverAgeMsMin) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
};
