import type { MediaTools } from '../../sounds/media.ts';
import { createRunChild, lowestPriority } from './child.ts';
import { createDecodeToWav } from './decode.ts';
import { createPeaks } from './peaks.ts';
import { createProbe } from './probe.ts';

export { createRunChild, lowestPriority } from './child.ts';
export type { ChildOptions, ChildResult, RunChild } from './child.ts';

/** ffmpeg and ffprobe behind the library's port; each call is one child process at lowest priority. */
export const createMediaTools = (run = createRunChild(lowestPriority())): MediaTools => ({
  probe: createProbe(run),
  decodeToWav: createDecodeToWav(run),
  peaks: createPeaks(run),
});
