import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { createApp } from '../app.ts';
import { parseConfig } from '../config.ts';
import { fakeSource } from '../extractions/testing/fake-source.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { Storage } from '../kernel/storage.ts';
import { fakePlayer } from '../testing/fake-player.ts';

const setupCode = 'BENCH';

/** The whole server over `storage`, without sound, and its first account with a token. The player is away until it connects. */
export const startBenchApp = async (
  folder: string,
  storage: Storage,
  environment: Readonly<Record<string, string>>,
) => {
  const parsed = parseConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: folder,
    SOUNDS_DIR: join(folder, 'sounds'),
    ...environment,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  mkdirSync(parsed.config.paths.dataDir, { recursive: true });
  const links = fakeSource();
  const player = fakePlayer();
  const app = createApp({
    config: parsed.config,
    storage,
    logger: silentLogger,
    version: '0.0.0-bench',
    boxId: 'bench-box',
    link: player,
    media: createMediaTools(),
    watchFolder: () => ({ close: () => undefined }),
    speechEngines: [],
    mediaSource: links,
    audioExtractor: links.audio,
    jwtSecret: 'a secret for benches alone, 32 bytes',
    setupCode: () => setupCode,
  });
  await app.start();
  const base = `http://127.0.0.1:${app.httpPort()}/api/v1`;
  const made = await fetch(`${base}/auth/setup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: setupCode, name: 'Mira', password: 'correct horse battery' }),
  });
  const { access_token: token } = (await made.json()) as { access_token: string };
  return { app, base, token, player };
};
