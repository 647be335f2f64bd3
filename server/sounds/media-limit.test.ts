import { expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { limitMedia } from './media-limit.ts';
import { mediaFailure } from './media.ts';

it('whoever asks for whatever tool, no more of them run than there may', async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return mediaFailure('corrupt', 'a test');
  };
  const media = { probe: work, decodeToWav: work, peaks: work, picture: work };
  const limited = limitMedia({ ...createMediaTools(), ...media }, 2);
  const answers = await Promise.all(
    [1, 2, 3].flatMap(() => [
      limited.probe('x'),
      limited.decodeToWav('x', 'y', { channels: 1 }),
      limited.peaks('x'),
      limited.picture('x', 'y'),
    ]),
  );
  expect([most, answers.length, answers[0]]).toMatchObject([2, 12, { code: 'corrupt' }]);
});
