import { copyFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sineWav } from '../../testing/sine-wav.ts';
import type { ExtractionFailureCode, ExtractionProgress } from '../contract.ts';
import type { AudioExtractor, MediaSource, ResolvedMedia, SourceFailure } from '../media-source.ts';

/** Where a run may be held up. */
export type FakeStep = 'resolve' | 'download' | 'convert';

export const sourceFailure = (code: ExtractionFailureCode): SourceFailure => ({
  ok: false,
  code,
  message: `It is ${code}.`,
  advice: 'Try another.',
  last_words: 'ERROR: no luck',
});

/** A whole number from a text, for a tone that only this text has. */
const hzOf = (text: string): number => {
  let sum = 0;
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 4000;
  return 200 + sum;
};

export type FakeSource = MediaSource & {
  /** Every call that began, as `download https://…/a`. */
  readonly calls: string[];
  /** Folders that were given for downloads. */
  readonly folders: string[];
  /** Calls under way now, and the most there ever were. */
  atOnce: number;
  atOnceSeen: number;
  /** Holds whoever comes to this step, until the answered function is called. */
  hold(step: FakeStep, url?: string): () => void;
  /** Resolves once a call of this step is held. */
  held(step: FakeStep, url?: string): Promise<void>;
  /** Instead of a plain answer. */
  fails: Partial<Record<FakeStep, SourceFailure>>;
  /** Of what `resolve` answers. */
  media: Partial<ResolvedMedia>;
  /** Reported by a download at its beginning. */
  progress: ExtractionProgress[];
  /** A picture beside the download. */
  thumbnail: string | null;
  readonly audio: AudioExtractor;
  isThere: MediaSource['isThere'];
  status: MediaSource['status'];
};

/**
 * Media without a network: a URL is a tone of its own, its last path segment the service's id.
 * Stops with the signal, as the port asks.
 */
export const fakeSource = (): FakeSource => {
  type Gate = { step: FakeStep; url: string | undefined; opened: Promise<void> };
  const gates = new Set<Gate>();
  const inside: { step: FakeStep; url: string }[] = [];

  const pass = async (step: FakeStep, url: string, signal: AbortSignal) => {
    source.calls.push(`${step} ${url}`);
    source.atOnce += 1;
    source.atOnceSeen = Math.max(source.atOnceSeen, source.atOnce);
    const entry = { step, url };
    inside.push(entry);
    try {
      for (const gate of gates) {
        if (gate.step !== step || (gate.url !== undefined && gate.url !== url)) continue;
        const { promise: ended, reject } = Promise.withResolvers<never>();
        ended.catch(() => undefined);
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        signal.throwIfAborted();
        await Promise.race([gate.opened, ended]);
      }
      signal.throwIfAborted();
    } finally {
      inside.splice(inside.indexOf(entry), 1);
      source.atOnce -= 1;
    }
  };

  const source: FakeSource = {
    calls: [],
    folders: [],
    atOnce: 0,
    atOnceSeen: 0,
    fails: {},
    media: {},
    progress: [],
    thumbnail: null,
    hold(step, url) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const gate: Gate = { step, url, opened: promise.then(() => undefined) };
      gates.add(gate);
      return () => {
        gates.delete(gate);
        resolve(undefined);
      };
    },
    async held(step, url) {
      while (!inside.some((one) => one.step === step && (url === undefined || one.url === url))) {
        await sleep(5);
      }
    },
    async resolve(url, { signal }) {
      await pass('resolve', url, signal);
      if (source.fails.resolve) return source.fails.resolve;
      const last = new URL(url).pathname.split('/').at(-1) ?? '';
      return {
        ok: true,
        service: 'fake',
        service_id: last,
        webpage_url: url,
        title: `Title of ${last}`,
        uploader: 'Uploader',
        duration_ms: 60_000,
        chapters: [],
        sponsored: [],
        playlist: null,
        ...source.media,
      };
    },
    async download(media, { folder, signal, onProgress }) {
      source.folders.push(folder);
      writeFileSync(join(folder, 'media.part'), 'half');
      source.progress.forEach(onProgress);
      await pass('download', media.webpage_url, signal);
      if (source.fails.download) return source.fails.download;
      const path = join(folder, 'media.wav');
      await rename(join(folder, 'media.part'), path);
      const bytes = sineWav(hzOf(media.service_id), 300);
      writeFileSync(path, bytes);
      writeFileSync(join(folder, 'url'), media.webpage_url);
      let thumbnail_path: string | null = null;
      if (source.thumbnail !== null) {
        thumbnail_path = join(folder, 'thumbnail.jpg');
        copyFileSync(source.thumbnail, thumbnail_path);
      }
      return { ok: true, path, size: bytes.length, thumbnail_path };
    },
    audio: {
      async extractAudio(path, outPath, { title }, signal = new AbortController().signal) {
        await pass('convert', title, signal);
        if (source.fails.convert) return source.fails.convert;
        copyFileSync(path, outPath);
        return { ok: true, duration_ms: 300, size: 1 };
      },
    },
    isThere: () => Promise.resolve(true),
    status: () =>
      Promise.resolve({
        yt_dlp: {
          state: 'ok',
          version: '2026.10.01',
          age_days: 53,
          source: 'system',
          previous: null,
          javascript: null,
          detail: 'yt-dlp 2026.10.01',
        },
        cookies: { set: false, updated_at: null, domains: [] },
      }),
    update: () =>
      Promise.resolve({
        outcome: 'updated',
        from: '2026.10.01',
        to: '2026.11.01',
        detail: 'yt-dlp 2026.11.01 is in use.',
      }),
    rollBack: () =>
      Promise.resolve({
        outcome: 'rolled_back',
        from: '2026.11.01',
        to: '2026.10.01',
        detail: 'yt-dlp 2026.10.01 is in use.',
      }),
    setCookies: (text) => Promise.resolve(text.startsWith('#') ? null : 'These are no cookies.'),
    clearCookies: () => Promise.resolve(),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  return source;
};
