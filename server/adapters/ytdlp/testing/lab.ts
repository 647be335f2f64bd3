import { once } from 'node:events';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { ExtractionProgress } from '../../../extractions/contract.ts';
import type { MediaSource, SourceLimits } from '../../../extractions/media-source.ts';
import { tempFolder } from '../../../sounds/testing/audio-files.ts';
import { startMediaServer } from '../../../testing/media-server.ts';
import { rememberingLogger } from '../../testing/remembering-logger.ts';
import { createYtDlpSource, type YtDlpOptions } from '../index.ts';
import { processesIn } from './processes.ts';

export const limits: SourceLimits = {
  mediaBytesMax: 5_000_000,
  durationMsMax: 600_000,
  timeoutMs: 120_000,
};

export type LabOptions = Partial<YtDlpOptions>;

/** Debian's yt-dlp, a web of its own on 127.0.0.1, which is allowed, and a folder for it all. */
export const openLab = async () => {
  const web = await startMediaServer();
  const folder = await tempFolder();
  const tempDir = join(folder.path, 'temp');
  const logger = rememberingLogger();
  const sources: MediaSource[] = [];

  const start = async (options: LabOptions = {}): Promise<MediaSource> => {
    const source = createYtDlpSource({
      configured: null,
      searchPath: '/usr/bin:/bin',
      dataDir: folder.path,
      tempDir,
      allowedHosts: ['127.0.0.1'],
      logger,
      ...options,
    });
    sources.push(source);
    await source.start();
    return source;
  };
  const source = await start();
  const at = (path: string) => `${web.url}${path}`;

  return {
    web,
    logger,
    folder: folder.path,
    source,
    start,
    at,
    resolve: (link: string, more: Partial<SourceLimits> = {}, asked = source) =>
      asked.resolve(link, {
        sponsorblock: false,
        limits: { ...limits, ...more },
        signal: new AbortController().signal,
      }),
    /** Into a folder of its own. */
    download: async (
      path: string,
      more: {
        limits?: Partial<SourceLimits>;
        signal?: AbortSignal;
        onProgress?: (progress: ExtractionProgress) => void;
        into?: string;
        source?: MediaSource;
      } = {},
    ) => {
      const into = more.into ?? (await mkdtemp(join(folder.path, 'into-')));
      const media = {
        service: 'generic',
        service_id: 'x',
        webpage_url: at(path),
        title: 'x',
        uploader: null,
        duration_ms: null,
        chapters: [],
        sponsored: [],
        playlist: null,
      };
      return (more.source ?? source).download(media, {
        folder: into,
        limits: { ...limits, ...more.limits },
        signal: more.signal ?? new AbortController().signal,
        onProgress: more.onProgress ?? (() => {}),
      });
    },
    /** Neither a file nor a process: of all calls that failed. */
    expectNothingLeft: async () => {
      expect(await readdir(tempDir)).toEqual([]);
      for (const name of await readdir(folder.path)) {
        if (name.startsWith('into-')) expect(await readdir(join(folder.path, name))).toEqual([]);
      }
      await vi.waitFor(async () => expect(await processesIn(folder.path)).toEqual([]), 10_000);
    },
    close: async () => {
      await Promise.all(sources.map((started) => started.stop()));
      await web[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
export type Lab = Awaited<ReturnType<typeof openLab>>;

/** Counts who comes to an address that is not allowed. */
export const openTrap = async (host: string) => {
  const seen = { connections: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.destroy();
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, seen, close: () => void server.close() };
};

export const failsWith = (code: string) => expect.objectContaining({ ok: false, code });
