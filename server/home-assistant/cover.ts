import { readFile } from 'node:fs/promises';
import type { Announcement } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createPace } from '../kernel/pace.ts';
import type { Cover } from '../sounds/index.ts';

/** In base64 a third more: below what the broker takes in one message. */
export const coverBytesMax = 128 * 1024;
/** Somebody who skips through a list is not followed to every picture. */
const lookEveryMs = 500;

/** `state/cover`: the picture of what the jukebox plays. */
export const createCoverState = (
  { bus, logger }: Pick<Kernel, 'bus' | 'logger'>,
  ports: {
    /** Sound id; undefined: nothing is loaded. */
    playing: () => string | undefined;
    coverOf: (soundId: string) => Promise<Cover | undefined>;
    announce: (announcement: Announcement) => void;
  },
) => {
  /** Of the picture that was told last; undefined: nothing was told yet. */
  let told: string | undefined;
  let stopped = false;

  const tell = async (): Promise<void> => {
    const soundId = ports.playing();
    const cover = soundId === undefined ? undefined : await ports.coverOf(soundId);
    const key = cover?.hash ?? '';
    if (key === told || ports.playing() !== soundId) return;
    const bytes = cover ? await readFile(cover.path) : Buffer.alloc(0);
    if (ports.playing() !== soundId) return;
    told = key;
    const payload = bytes.length <= coverBytesMax ? bytes.toString('base64') : '';
    ports.announce({ topic: 'state/cover', payload, retain: true, qos: 0 });
  };

  const pace = createPace(lookEveryMs, () => {
    tell().catch((error: unknown) => {
      if (!stopped) logger.warn({ err: error }, 'the cover could not be told');
    });
  });

  bus.onCommitted((events) => {
    if (events.some(({ streamId }) => streamId.startsWith('player-'))) pace.soon();
  });

  return {
    /** Tells it anew, whatever was told before: the broker may have none, or an old one. */
    tellAgain(): void {
      told = undefined;
      pace.soon();
    },
    stop(): void {
      stopped = true;
      pace.stop();
    },
  };
};
