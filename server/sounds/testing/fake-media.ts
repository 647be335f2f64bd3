import { readFile } from 'node:fs/promises';
import { waveformBars } from '../contract.ts';
import { finePeaks, mediaFailure, type MediaTools } from '../media.ts';

export const badContent = 'no sound: ';

/** Takes any file for a sound that does not begin with `badContent`; no child process is started. */
export const fakeMedia = (onProbe: (path: string) => void = () => undefined): MediaTools => ({
  async probe(path, signal) {
    onProbe(path);
    signal?.throwIfAborted();
    const content = await readFile(path, 'utf8').catch(() => undefined);
    if (content === undefined) return mediaFailure('unreadable', 'the file is not there');
    if (content.startsWith(badContent)) return mediaFailure('not_audio', 'this is not audio');
    return {
      ok: true,
      format: 'wav',
      codec: 'pcm_s16le',
      duration_ms: 100,
      duration_is_estimate: false,
      channels: 2,
      sample_rate: 48_000,
      demuxer: 'wav',
      has_picture: false,
      tags: {},
    };
  },
  decodeToWav: async () => mediaFailure('not_written', 'nothing is written here'),
  picture: async () => mediaFailure('not_written', 'nothing is drawn here'),
  peaks: async () => ({
    ok: true,
    bars: '8'.repeat(waveformBars),
    fine: new Uint8Array(finePeaks),
    duration_ms: 100,
  }),
});
