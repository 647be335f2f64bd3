import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunChild } from '../../adapters/ffmpeg/child.ts';
import { createYtDlpSource } from '../../adapters/ytdlp/index.ts';
import { silentLogger } from '../../kernel/logger.ts';
import type { Config } from '../../config.ts';
import { broken, look, ok, type Check, type CheckResult } from './check.ts';

const askTimeoutMs = 10_000;
const answerBytesMax = 64 * 1024;
const nodeMajorMin = 26;

const run = createRunChild([]);

export const node: Check = {
  name: 'node',
  look() {
    const { node: version } = process.versions;
    if (Number(version.split('.')[0]) >= nodeMajorMin) return ok(`Node ${version}.`);
    return broken(
      `Node ${version} is older than ${nodeMajorMin}.`,
      'Start Encore by "npm start", which brings its own.',
    );
  },
};

const versionOf = async (program: string): Promise<string | null> => {
  const options = { timeoutMs: askTimeoutMs, stdoutBytesMax: answerBytesMax };
  const { outcome, stdout } = await run(program, ['-version'], options);
  return outcome === 'succeeded' ? (stdout.split('\n')[0] ?? '') : null;
};

export const ffmpeg: Check = {
  name: 'ffmpeg',
  async look({ config: { tools } }) {
    for (const [program, variable] of [
      [tools.ffmpeg, 'FFMPEG_PATH'],
      [tools.ffprobe, 'FFPROBE_PATH'],
    ] as const) {
      if ((await versionOf(program)) === null) {
        return broken(
          `${program} does not run: no sound can be taken in.`,
          `apt install ffmpeg, or set ${variable}.`,
        );
      }
    }
    return ok(`${(await versionOf(tools.ffmpeg))?.replace(/ Copyright.*/, '') ?? ''}.`);
  },
};

const ytDlpStatus = async ({ tools, paths, extractions }: Config) => {
  const tempDir = mkdtempSync(join(tmpdir(), 'encore-doctor-'));
  const source = createYtDlpSource({
    configured: tools.ytDlp,
    searchPath: tools.searchPath,
    dataDir: paths.dataDir,
    tempDir,
    allowedHosts: extractions.allowedHosts,
    logger: silentLogger,
  });
  try {
    await source.start();
    return (await source.status()).yt_dlp;
  } finally {
    await source.stop();
    rmSync(tempDir, { recursive: true, force: true });
  }
};

export const ytDlp: Check = {
  name: 'yt-dlp',
  async look({ config }) {
    const { state, detail } = await ytDlpStatus(config);
    const said = `${detail}.`.replace(/\.\.$/, '.');
    if (state === 'ok') return ok(said);
    const fix = 'Update it on the page of extractions, or by: encore yt-dlp update.';
    return look(said, state === 'old' ? fix : `apt install yt-dlp, then: ${fix}`);
  },
};

/** Devices that play, of ALSA. */
const alsaDevices = (): string[] => {
  try {
    return readdirSync('/dev/snd').filter((name) => /^pcm.*p$/.test(name));
  } catch {
    return [];
  }
};

export const audio: Check = {
  name: 'audio',
  look({ config: { player }, running }): CheckResult {
    const fix =
      'Connect a sound device or switch it on; PLAYER_AUDIO_OUTPUT and PLAYER_AUDIO_DEVICE choose one. The user that Encore runs as must be in the group audio.';
    const part = running?.parts['sound_output'];
    if (part) {
      const said = `Sound goes out through ${part.detail}.`;
      return part.state === 'ok' ? ok(said) : broken(`No sound: ${part.detail}.`, fix);
    }
    if (player.output === 'dummy') {
      return look(
        'PLAYER_AUDIO_OUTPUT is dummy: nothing is heard.',
        'Take it out of the configuration.',
      );
    }
    const devices = alsaDevices();
    if (devices.length > 0) return ok(`${devices.length} sound devices are there.`);
    return look('No sound device is seen; a sound server may have one all the same.', fix);
  },
};
