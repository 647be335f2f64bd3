import type { MediaTools } from '../../sounds/media.ts';
import { createRunChild, lowestPriority, type RunTool } from './child.ts';
import { createDecodeToWav } from './decode.ts';
import { createPeaks } from './peaks.ts';
import { createPicture } from './picture.ts';
import { createProbe } from './probe.ts';

export { createRunChild } from './child.ts';

/**
 * ffmpeg and ffprobe behind the library's port; a call is one child process at lowest priority, and
 * none for plain WAV files.
 */
export const createMediaTools = (
  tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' },
  run = createRunChild(lowestPriority()),
): MediaTools => {
  const ffmpeg: RunTool = (args, options) => run(tools.ffmpeg, args, options);
  const ffprobe: RunTool = (args, options) => run(tools.ffprobe, args, options);
  return {
    probe: createProbe(ffprobe),
    decodeToWav: createDecodeToWav(ffmpeg),
    peaks: createPeaks(ffmpeg),
    picture: createPicture(ffmpeg, ffprobe),
  };
};
