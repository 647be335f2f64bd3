import type { Disk } from './disk.ts';
import type { Lives } from './lives.ts';
import type { Random } from './random.ts';
import type { createRoom, RoomTroubles } from './room.ts';
import type { Timeline } from './timeline.ts';

export const diskTroubles = {
  cutShare: 0.0004,
  faultyShare: 0.0004,
  unreadableShare: 0.00004,
  full: false,
};

export const roomTroubles: RoomTroubles = {
  brokenFileShare: 0.03,
  hangingShare: 0.01,
  diesShare: 0.004,
  hangsUpShare: 0.003,
  repeatedShare: 0.03,
  stallsShare: 0.005,
  commandTwiceShare: 0.01,
};

export const mediaTroubleShare = 0.07;

/** What comes over a box from outside, again and again until it is calm. */
export const makeTrouble = (ports: {
  random: Random;
  timeline: Timeline;
  disk: Disk;
  room: ReturnType<typeof createRoom>;
  lives: Lives;
  calm: () => boolean;
}): void => {
  const { random, timeline, disk, room, lives, calm } = ports;

  const every = (fromMs: number, toMs: number, run: () => void) => {
    const again = () => {
      if (calm()) return;
      run();
      timeline.after(random.between(fromMs, toMs), again, timeline.world);
    };
    timeline.after(random.between(fromMs, toMs), again, timeline.world);
  };
  const diskFor = (ms: number, worse: Partial<typeof diskTroubles>) => {
    disk.troubles = { ...diskTroubles, ...worse };
    const better = () => {
      if (!calm()) disk.troubles = diskTroubles;
    };
    timeline.after(ms, better, timeline.world);
  };

  every(1000, 12_000, () => lives.end(random.chance(0.5)));
  every(5000, 40_000, () => lives.stopInOrder());
  every(3000, 20_000, () => diskFor(random.between(50, 3000), { full: true }));
  // Also what only reads comes to a halt, and with it what reactors were about to do.
  every(8000, 40_000, () => diskFor(random.between(500, 6000), { unreadableShare: 0.3 }));
  every(2000, 30_000, () => {
    lives.moveClock(random.pick([60_000, 3_600_000, 36_000_000]) * random.between(-1, 1));
  });
  every(2000, 20_000, () => timeline.freeze(random.pick([300, 3000, 12_000]) * random.next()));
  every(4000, 30_000, () => room.die(random.between(50, 5000)));
  every(4000, 30_000, () => room.hangUp());
};
