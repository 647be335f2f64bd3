import type { Reactor } from '../kernel/reactors.ts';
import type { createAir } from './air.ts';
import { createBox, type Box } from './box.ts';
import { PowerCut, type Disk } from './disk.ts';
import { createMedia } from './media.ts';
import type { Random } from './random.ts';
import type { createRoom } from './room.ts';
import type { Owner, Timeline } from './timeline.ts';
import { isDeviceFault, listeningLogger, type Verdict } from './verdict.ts';
import type { Witness } from './witness.ts';

const dayMs = 24 * 3_600_000;
/** Of all commands to the player, before and behind each. */
const killedAroundEffectShare = 0.0015;
/** Of the tries of the reactor that is watched. */
const unableShare = 0.1;

export type LivesPorts = {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly room: ReturnType<typeof createRoom>;
  readonly air: ReturnType<typeof createAir>;
  readonly witness: Witness;
  readonly verdict: Verdict;
  /** Nothing fails now but what was broken before. */
  readonly calm: () => boolean;
  /** Of what is asked of media. */
  readonly mediaTrouble: { share: number };
  /** What is on the disk after the end of life number so and so. */
  readonly inspect: (life: number) => void;
  readonly trace: (line: string) => void;
};

/** The server, one life after the other on the same disk. */
export const createLives = (ports: LivesPorts) => {
  const { random, timeline, disk, room, air, witness, verdict, calm, trace } = ports;
  let owner: Owner = { name: 'server', alive: false };
  let box: Box | undefined;
  let isUp = false;
  /** What ends the process once the step is over; before that, nothing of it leaves the box. */
  let dying = false;
  let wallOffset = Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24));
  let heardUntil: number | undefined;
  const reacted = new Set<string>();
  const totals = { commands: 0, crashes: 0 };

  const wall = () => Math.floor(wallOffset + timeline.now());
  const isGone = (life: Owner) => !life.alive || disk.cut || dying;

  const logger = listeningLogger(verdict, { trace, isAlive: () => owner.alive });

  /** The effect happens, or not, and nobody knows. */
  const aroundEffect = () => {
    if (isGone(owner)) throw new PowerCut('this process is not there any more');
    if (calm() || !random.chance(killedAroundEffectShare)) return;
    dying = true;
    throw new PowerCut('killed around an effect');
  };

  /** Slow, and not always able: what it saw through is known outside. */
  const reactorOf = (life: Owner): Reactor => ({
    name: 'simulation',
    on: ['PlayRequested', 'ExtractionRequested'],
    async react({ eventId }) {
      const ms = random.between(0, 40);
      await new Promise<void>((resolve) => void timeline.after(ms, resolve, life));
      if (!calm() && random.chance(unableShare)) throw new PowerCut('not able just now');
      if (!isGone(life)) reacted.add(eventId);
    },
  });

  const follow = ({ feed }: Box) => {
    feed.subscribe({ actor: 'admin', role: 'admin' }, heardUntil, ({ type, position }) => {
      if (type === 'resync') heardUntil = undefined;
      if (position === undefined) return;
      if (heardUntil !== undefined && position <= heardUntil) {
        verdict.blame('the feed is in order', `${position} came after ${heardUntil}`);
      }
      heardUntil = position;
    });
  };

  const open = (life: Owner) => {
    const running = createBox({
      clock: { now: wall, monotonic: room.monotonic },
      logger,
      link: room.linkFor(life, aroundEffect),
      media: createMedia(timeline, random, ports.mediaTrouble, life),
      reactor: reactorOf(life),
      commanded: () => void (totals.commands += 1),
      committed(events) {
        for (const event of events) {
          witness.told.push({ position: event.globalPosition, eventId: event.eventId });
          if (event.type === 'PlayRequested') air.requested(event);
        }
      },
    });
    box = running;
    running.start().then(
      () => {
        if (!life.alive) return;
        isUp = true;
        follow(running);
      },
      (error: unknown) => {
        if (!life.alive) return;
        verdict.unexpected('the box starts', 'start', error);
        dying = true;
      },
    );
  };

  const start = () => {
    if (owner.alive) return;
    const life: Owner = { name: 'server', alive: true };
    owner = life;
    timeline.immediately(() => open(life), life);
  };

  /** Many a small box has no clock of its own: it goes on where that was last written down. */
  const setClockAtBoot = () => {
    if (calm()) return;
    if (random.chance(0.5)) wallOffset -= Math.floor(random.between(0, 3_600_000));
    else if (random.chance(0.2)) wallOffset += Math.floor(random.between(1, 4) * dayMs);
  };

  /** `power`: the whole machine; otherwise this process alone. */
  const end = (power: boolean) => {
    if (!owner.alive) return;
    trace(power ? 'power cut' : 'killed');
    totals.crashes += 1;
    owner.alive = false;
    isUp = false;
    box = undefined;
    dying = false;
    disk.endProcess(power);
    room.serverGone(owner);
    if (power) {
      room.die(random.between(500, 5000));
      room.boot();
      setClockAtBoot();
    }
    verdict.watch(() => ports.inspect(totals.crashes));
    const backMs = random.pick([20, 300, 1500, 6000]) * random.between(0.5, 1.5);
    timeline.after(backMs, start, timeline.world);
  };

  return {
    totals,
    reacted,
    wall,
    start,
    end,
    isGone,
    owner: () => owner,
    /** Undefined while none is there to be asked. */
    box: () => (isUp ? box : undefined),
    moveClock: (ms: number): void => void (wallOffset += Math.floor(ms)),
    stopInOrder(): void {
      const life = owner;
      const running = box;
      if (!running || !isUp) return;
      trace('stops in order');
      const stopped = () => {
        if (owner === life) end(false);
      };
      timeline.immediately(() => void running.stop().then(stopped), life);
    },
    /** What was thrown and nobody caught ends a process. */
    uncaught(invariant: string, error: unknown): void {
      if (isDeviceFault(error)) dying = owner.alive;
      else verdict.unexpected(invariant, 'nobody caught', error);
    },
    /** After each step and all that followed from it. */
    afterStep(): void {
      if (disk.cut) end(random.chance(0.5));
      else if (dying) end(random.chance(0.3));
    },
    /** For good. */
    close: (): void => void (owner.alive = false),
  };
};
export type Lives = ReturnType<typeof createLives>;
