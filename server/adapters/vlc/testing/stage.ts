/** A room for the cases of one suite, so that suites may go on side by side. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, type TestOptions } from 'vitest';
import { type Jukebox, jukeboxOf } from './jukebox.ts';
import { openRoom, type Room, type RoomOptions } from './player-room.ts';
import type { Recording } from './recording.ts';

/** A recording lags behind the sound: server, monitor and pipe. */
export const lagMs = 300;

export type Stage = {
  /** Once the suite runs. */
  readonly room: Room;
  readonly jukebox: Jukebox;
  /** What is heard while the action is under way, to its end. */
  record(action: () => Promise<void>): Promise<Recording>;
};

/**
 * One case after the other in a room of their own. Suites that are `describe.concurrent` around it
 * go on side by side: a case waits for the sound most of its time.
 */
export const onStage = (
  { room: roomOptions, ...options }: TestOptions & { room?: RoomOptions },
  cases: (stage: Stage) => void,
): void => {
  describe('in its room', { ...options, concurrent: false }, () => {
    let room: Room;
    const jukebox = jukeboxOf(() => room);
    beforeAll(async () => {
      room = await openRoom(roomOptions);
    });
    beforeEach(() => void (room.reports.length = 0));
    afterEach(async () => {
      jukebox.stop();
      await sleep(lagMs);
    });
    afterAll(() => room.dispose());
    cases({
      get room() {
        return room;
      },
      jukebox,
      async record(action) {
        const recorder = await room.sink.record();
        await action();
        await sleep(lagMs);
        return recorder.stop();
      },
    });
  });
};
