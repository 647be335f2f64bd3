import type { LoudnessTools } from '../../sounds/loudness.ts';
import type { MediaTools } from '../../sounds/media.ts';
import { createRunChild, lowestPriority, type RunTool } from './child.ts';
import type { AudioExtractor } from '../../extractions/media-source.ts';
import { createDecodeToWav } from './decode.ts';
import { createExtractAudio } from './extract-audio.ts';
import { createLoudness } from './loudness.ts';
import { createPeaks } from './peaks.ts';
import { createPicture } from './picture.ts';
import { createProbe } from './probe.ts';

export { createRunChild, createRunInUnit } from './child.ts';

/**
 * ffmpeg and ffprobe behind the library's port; a call is one child process at lowest priority, and
 * none for plain WAV files.
 */
export const createMediaTools = (
  tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
  run = createRunChild(lowestPriority()),
): MediaTools & LoudnessTools & AudioExtractor => {
  const ffmpeg: RunTool = (args, options) => run(tools.ffmpeg, args, options);
  const ffprobe: RunTool = (args, options) => run(tools.ffprobe, args, options);
  return {
    probe: createProbe(ffprobe),
    decodeToWav: createDecodeToWav(ffmpeg),
    peaks: createPeaks(ffmpeg),
    picture: createPicture(ffmpeg, ffprobe),
    extractAudio: createExtractAudio(ffmpeg, ffprobe),
    ...createLoudness(ffmpeg),
  };
};
