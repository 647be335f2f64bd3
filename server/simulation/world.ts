import Real from 'better-sqlite3';
import { done } from '../kernel/command-bus.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Reactor } from '../kernel/reactors.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import { soundDecider } from '../sounds/decider.ts';
import { soundStream } from '../sounds/events.ts';
import { createBox, type Box } from './box.ts';
import { createDisk, noTroubles, PowerCut } from './disk.ts';
import { createInspection } from './inspection.ts';
import { createMedia, soundFile } from './media.ts';
import {
  extraction,
  grant,
  identityOf,
  nextWish,
  payers,
  people,
  press,
  say,
  type Name,
  type Reply,
  type Wish,
} from './people.ts';
import { setPresent } from './present.ts';
import { createRandom } from './random.ts';
import { createRoom, quietRoom } from './room.ts';
import { insertDisk } from './stand-ins/better-sqlite3.ts';
import { createTimeline, type Owner } from './timeline.ts';
import { hold, Violation } from './violation.ts';
import { createWitness } from './witness.ts';

export type WorldOptions = {
  readonly seed: number;
  readonly number: number;
  /** To be taken by the bus before the world comes to rest. */
  readonly commands: number;
  /** Ends there, whatever there is to do. */
  readonly untilStep?: number;
  readonly trace?: (line: string) => void;
};

export type WorldReport = {
  readonly commands: number;
  readonly events: number;
  readonly steps: number;
  readonly crashes: number;
  readonly faults: number;
  readonly sounds: number;
  readonly head: string;
};

/** A broken promise, and when. */
export class WorldFailed extends Error {
  override readonly name = 'WorldFailed';
  readonly violation: Violation;
  readonly step: number;
  readonly commands: number;
  constructor(violation: Violation, step: number, commands: number) {
    super(violation.message, { cause: violation });
    this.violation = violation;
    this.step = step;
    this.commands = commands;
  }
}

const isDeviceFault = (error: unknown): boolean =>
  error instanceof PowerCut ||
  error instanceof StorageUnavailable ||
  (error instanceof Real.SqliteError && /^SQLITE_(?:IOERR|FULL)/.test(error.code));

const sounds = [
  ['overlap', 'overlap'],
  ['overlap-2', 'overlap'],
  ['restart', 'restart'],
  ['ignore', 'ignore'],
  ['queue', 'queue'],
  ['queue-2', 'queue'],
] as const;

const storms = {
  disk: { cutShare: 0.0004, faultyShare: 0.0004, unreadableShare: 0.00004, full: false },
  room: {
    brokenFileShare: 0.03,
    hangingShare: 0.01,
    diesShare: 0.004,
    hangsUpShare: 0.003,
    repeatedShare: 0.03,
    stallsShare: 0.005,
    commandTwiceShare: 0.01,
  },
};

/** How late a sound may begin after its press: what the box promises, and some time to open it. */
const freshMs = 3000 + 100;
const queuedFreshMs = 60_000 + 100;

const dayMs = 24 * 3_600_000;
/** Somewhat less than command ids are kept, by the clock on the wall: nobody asks again later. */
const patienceMs = 20 * 3_600_000;

const inspectedTablesEvery = 3;

export const createWorld = (options: WorldOptions) => {
  const random = createRandom(options.seed, options.number);
  const timeline = createTimeline(random);
  setPresent(random, timeline);
  const disk = createDisk(random);
  insertDisk(disk);
  const witness = createWitness();
  const inspection = createInspection(disk, witness);
  const { world } = timeline;
  const trace = (line: string) => options.trace?.(`${steps} ${timeline.now().toFixed(2)} ${line}`);

  let steps = 0;
  let commands = 0;
  let crashes = 0;
  let fault: Violation | undefined;
  let calm = true;
  let owner: Owner = { name: 'server', alive: false };
  let box: Box | undefined;
  let isUp = false;
  let wallOffset = Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24));
  let heardUntil: number | undefined;
  const pressedAt = new Map<string, number>();
  const trouble = { share: 0 };

  const blame = (violation: Violation) => {
    fault ??= violation;
  };
  const watched = (check: () => void) => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      blame(error);
    }
  };

  const room = createRoom(timeline, random, {
    begins(playId) {
      const at = pressedAt.get(playId);
      const ageMs = timeline.now() - (at ?? 0);
      const mayWait = sounds.some(([id, policy]) => policy === 'queue' && soundOf.get(playId) === id);
      watched(() => {
        hold('no sound without its event', at !== undefined, () => `${playId} sounds, unrecorded`);
        hold('no stale sound', ageMs <= (mayWait ? queuedFreshMs : freshMs), () => {
          return `${playId} begins ${Math.round(ageMs)} ms after its press`;
        });
      });
    },
    voice(playId) {
      trace(`heard ${playId}`);
      witness.hear(playId);
      watched(() => {
        hold('no sound twice', witness.sounded.get(playId) === 1, () => `${playId} sounds again`);
      });
    },
  });
  const soundOf = new Map<string, string>();

  const complain = (details: Record<string, unknown>, message: string) => {
    const { err } = details;
    trace(`log: ${message} ${err instanceof Error ? err.message : ''}`);
    if (!owner.alive || err === undefined || isDeviceFault(err)) return;
    const { cause } = err as { cause?: unknown };
    if (cause !== undefined && isDeviceFault(cause)) return;
    blame(new Violation('no unexpected error', `${message}: ${(err as Error).stack}`));
  };
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (details, message) => {
      if ('reactor' in details && 'attempt' in details) complain(details, message);
    },
    error: complain,
  };

  const wall = () => Math.floor(wallOffset + timeline.now());

  /** A crash before or after something left the box: the effect happened, or not, and nobody knows. */
  const aroundEffect = () => {
    if (!owner.alive || disk.cut) throw new PowerCut('this process is not there any more');
    if (!calm && random.chance(0.0015)) {
      crashNext = true;
      throw new PowerCut('killed around an effect');
    }
  };
  let crashNext = false;

  const inspect = (withTables: boolean) => {
    inspection.inspect(withTables);
    for (const ack of witness.acks.values()) {
      if (!ack.ok || ack.led === null) continue;
      const { led, key } = ack;
      hold('no acknowledged event is lost', inspection.books.has(led, key), () => {
        return `${key} was accepted, its ${led} is not on the log`;
      });
    }
    witness.acks.clear();
  };

  const endProcess = (power: boolean) => {
    if (!owner.alive) return;
    trace(power ? 'power cut' : 'killed');
    crashes += 1;
    owner.alive = false;
    isUp = false;
    box = undefined;
    crashNext = false;
    disk.endProcess(power);
    if (power) {
      room.serverGone(owner);
      room.die(random.between(500, 5000));
      room.boot();
      // Many a small box has no clock of its own: it goes on where it was last written down.
      if (!calm && random.chance(0.5)) wallOffset -= Math.floor(random.between(0, 3_600_000));
      // Or it was off for days.
      else if (!calm && random.chance(0.2)) wallOffset += Math.floor(random.between(1, 4) * dayMs);
    } else room.serverGone(owner);
    watched(() => inspect(crashes % inspectedTablesEvery === 0));
    timeline.after(random.pick([20, 300, 1500, 6000]) * random.between(0.5, 1.5), start, world);
  };

  const committed: Parameters<typeof createBox>[0]['committed'] = (events) => {
    for (const event of events) {
      witness.told.push({ position: event.globalPosition, eventId: event.eventId });
      if (event.type === 'PlayRequested') {
        const { play_id, sound_id } = event.data as { play_id: string; sound_id: string };
        pressedAt.set(play_id, timeline.now());
        soundOf.set(play_id, sound_id);
      }
    }
  };

  const reacted = new Set<string>();
  /** Slow, and not always able: what it saw through is known outside. */
  const reactorOf = (life: Owner): Reactor => ({
    name: 'simulation',
    on: ['PlayRequested', 'ExtractionRequested'],
    async react({ eventId }) {
      const ms = random.between(0, 40);
      await new Promise<void>((resolve) => void timeline.after(ms, resolve, life));
      if (!calm && random.chance(0.1)) throw new PowerCut('not able just now');
      if (life.alive && !disk.cut && !crashNext) reacted.add(eventId);
    },
  });

  const follow = (running: Box) => {
    running.feed.subscribe({ actor: 'admin', role: 'admin' }, heardUntil, ({ type, position }) => {
      if (type === 'resync') heardUntil = undefined;
      if (position === undefined) return;
      if (heardUntil !== undefined && position <= heardUntil) {
        blame(new Violation('the feed is in order', `${position} came after ${heardUntil}`));
      }
      heardUntil = position;
    });
  };

  const start = () => {
    if (owner.alive) return;
    const life: Owner = { name: 'server', alive: true };
    owner = life;
    const open = () => {
      const media = createMedia(timeline, random, trouble, life);
      const running = createBox({
        clock: { now: wall, monotonic: room.monotonic },
        logger,
        link: room.linkFor(life, { before: aroundEffect, after: aroundEffect }),
        media,
        committed,
        reactor: reactorOf(life),
        commanded: () => void (commands += 1),
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
          if (!isDeviceFault(error)) {
            blame(new Violation('the box starts', String((error as Error).stack)));
          }
          crashNext = true;
        },
      );
    };
    timeline.immediately(open, life);
  };

  /** Until it is answered, or nobody is patient any more. */
  const ask = (wish: Wish, key: string, settled: (reply: Reply | undefined) => void) => {
    const firstAsked = wall();
    let tries = 0;
    let over = false;
    const answer = (reply: Reply) => {
      if (over) return;
      over = true;
      settled(reply);
    };
    const deliver = () => {
      const life = owner;
      const running = box;
      if (!running || !isUp) return;
      if (Math.abs(wall() - firstAsked) > patienceMs) return;
      wish.ask(running, key, room.monotonic()).then(
        (reply) => {
          // Killed in this very step: nothing of it leaves the box.
          if (!life.alive || disk.cut || crashNext) return;
          const { ok, position } = reply;
          trace(`${key} ${wish.name}: ${ok} at ${position} ${reply.answer}`);
          watched(() => {
            witness.acknowledge({ key, ok, position, answer: reply.answer, led: wish.led });
            const head = running.kernel.log.head().position;
            hold('acknowledged after the commit', position <= head, () => {
              return `${key} was answered with ${position}, the log stands at ${head}`;
            });
          });
          if (!calm && random.chance(0.04)) return;
          timeline.after(random.between(0.1, 10), () => answer(reply), world);
        },
        (error: unknown) => {
          if (!life.alive || isDeviceFault(error)) return;
          blame(new Violation('no unexpected error', `${wish.name}: ${(error as Error).stack}`));
        },
      );
    };
    const attempt = () => {
      if (over) return;
      tries += 1;
      if (tries > 6) {
        over = true;
        settled(undefined);
        return;
      }
      if (calm || !random.chance(0.02)) timeline.after(random.between(0.1, 8), deliver, owner);
      if (!calm && random.chance(0.03)) timeline.after(random.between(0.1, 60), deliver, owner);
      timeline.after(random.between(800, 2500), attempt, world);
    };
    attempt();
  };

  let keys = 0;
  const nextKey = () => `k${++keys}`;
  let living = false;

  const live = (name: Name) => {
    if (!living) return;
    const wish = nextWish(random, name, known, isUp ? box : undefined);
    ask(wish, nextKey(), () => timeline.after(random.between(5, 250), () => live(name), world));
  };

  const soundIds = sounds.map(([id]) => id);
  const known = {
    sounds: soundIds,
    extractions: (running: Box) =>
      running.kernel.storage
        .prepare<[], { id: string; user_id: Name; status: string }>(
          'SELECT id, user_id, status FROM extractions ORDER BY position DESC LIMIT 6',
        )
        .all(),
  };

  /** What a first evening brings: people, and sounds to press. */
  const furnish = async (running: Box) => {
    const by = { actor: 'system', origin: 'system' } as const;
    for (const [name, { role, plan }] of Object.entries(people)) {
      const account = { userId: name, name, email: null, passwordHash: 'x', plan } as const;
      await running.kernel.bus.execute(by, (tx) =>
        running.registerAccount(tx, { ...account, role: role === 'admin' ? 'first_admin' : role }),
      );
    }
    await running.kernel.bus.execute(by, (tx) => {
      for (const [sound_id, policy] of sounds) {
        const file = soundFile(`${sound_id}.wav`, sound_id.padEnd(64, '0'), 'SDB');
        const stream = soundStream(sound_id);
        const added = { type: 'AddSound', sound_id, name: sound_id, tags: [], known: false, file } as const;
        tx.decide(soundDecider, stream, added);
        tx.decide(soundDecider, stream, { type: 'DescribeSound', changes: { policy } });
      }
      return done(null);
    });
  };

  const makeTrouble = () => {
    const every = (fromMs: number, toMs: number, run: () => void) => {
      const again = () => {
        if (calm) return;
        run();
        timeline.after(random.between(fromMs, toMs), again, world);
      };
      timeline.after(random.between(fromMs, toMs), again, world);
    };
    every(1000, 12_000, () => endProcess(random.chance(0.5)));
    every(5000, 40_000, () => {
      const life = owner;
      if (!isUp || !box) return;
      trace('stops in order');
      const running = box;
      timeline.immediately(
        () => void running.stop().then(() => void (owner === life && endProcess(false))),
        life,
      );
    });
    every(3000, 20_000, () => {
      disk.troubles = { ...storms.disk, full: true };
      timeline.after(
        random.between(50, 3000),
        () => {
          if (!calm) disk.troubles = storms.disk;
        },
        world,
      );
    });
    every(8000, 40_000, () => {
      // Also what only reads comes to a halt, and with it what reactors were about to do.
      disk.troubles = { ...storms.disk, unreadableShare: 0.3 };
      timeline.after(
        random.between(500, 6000),
        () => {
          if (!calm) disk.troubles = storms.disk;
        },
        world,
      );
    });
    every(2000, 30_000, () => {
      wallOffset += Math.floor(random.pick([60_000, 3_600_000, 36_000_000]) * random.between(-1, 1));
    });
    every(2000, 20_000, () => timeline.freeze(random.pick([300, 3000, 12_000]) * random.next()));
    every(4000, 30_000, () => room.die(random.between(50, 5000)));
    every(4000, 30_000, () => room.hangUp());
  };

  const afterStep = () => {
    if (disk.cut) endProcess(random.chance(0.5));
    else if (crashNext) endProcess(random.chance(0.3));
    if (fault) throw new WorldFailed(fault, steps, commands);
  };

  return {
    /** One step; false: nothing is left to do, or `untilStep` is reached. @throws WorldFailed */
    step(): boolean {
      afterStep();
      if (options.untilStep !== undefined && steps >= options.untilStep) return false;
      steps += 1;
      try {
        return timeline.step();
      } catch (error) {
        if (error instanceof Violation) blame(error);
        else if (!isDeviceFault(error)) {
          blame(new Violation('no uncaught error', String((error as Error).stack)));
        } else crashNext = true;
        return true;
      }
    },
    /** A promise that nobody looked at: the process would have ended. */
    unhandled(error: unknown): void {
      if (isDeviceFault(error)) crashNext = owner.alive;
      else blame(new Violation('no unhandled rejection', String((error as Error).stack)));
    },
    /** Of the script below: how the world is told. */
    async play(turns: (until: () => boolean) => Promise<void>): Promise<WorldReport> {
      start();
      room.start();
      await turns(() => isUp);
      const running = box;
      let furnished = false;
      const ready = () => void (furnished = true);
      if (running) timeline.immediately(() => void furnish(running).then(ready), owner);
      await turns(() => furnished && room.connected());
      calm = false;
      disk.troubles = storms.disk;
      room.troubles = storms.room;
      trouble.share = 0.07;
      makeTrouble();
      living = true;
      for (const name of Object.keys(people) as Name[]) timeline.after(1, () => live(name), world);
      await turns(() => commands >= options.commands);

      living = false;
      calm = true;
      disk.troubles = noTroubles;
      room.troubles = quietRoom;
      trouble.share = 0;
      const rest = async (ms: number) => {
        const at = timeline.now() + ms;
        timeline.after(ms, () => undefined, world);
        await turns(() => timeline.now() >= at);
      };
      await rest(90_000);
      await turns(() => isUp && room.connected());
      const replies: { wish: Wish; reply: Reply | undefined }[] = [];
      const clean = async (wish: Wish) => {
        let settled = false;
        ask(wish, nextKey(), (reply) => {
          settled = true;
          replies.push({ wish, reply });
        });
        await turns(() => settled);
        hold('without trouble all is answered', replies.at(-1)?.reply?.ok === true, () => {
          return `${wish.name}: ${JSON.stringify(replies.at(-1)?.reply)}`;
        });
        return replies.at(-1)?.reply;
      };
      try {
        await clean(say(identityOf('admin'), 'player_stop', undefined));
        for (const name of payers) {
          await clean(grant(name, 20));
          const reply = await clean(press(identityOf(name), 'overlap'));
          await rest(4000);
          const { play_id } = JSON.parse(reply?.answer ?? '{}') as { play_id: string };
          hold('without trouble it sounds once', witness.sounded.get(play_id) === 1, () => {
            return `${play_id} sounded ${witness.sounded.get(play_id) ?? 0} times`;
          });
          await clean(extraction(identityOf(name), `new-${name}`));
          await rest(10_000);
          inspect(false);
          hold('what sounded is paid', inspection.books.deducted.has(play_id), () => `${play_id} is not`);
        }
        await rest(5000);
        inspect(true);
        hold('each reservation ends', inspection.books.open().length === 0, () => {
          return `open at the end: ${inspection.books.open().join(', ')}`;
        });
        const open = [...inspection.books.plays].filter(([, state]) => state !== 'ended');
        hold('each play ends', open.length === 0, () => `open at the end: ${open.join('; ')}`);
        const unpaid = payers.filter((name) => !inspection.books.made.has(`new-${name}`));
        hold('what was made is paid', unpaid.length === 0, () => `not: ${unpaid.join(', ')}`);
        const idle = inspection.books.asked.filter((id) => !reacted.has(id));
        hold('reactors see every event', idle.length === 0, () => `not: ${idle.join(', ')}`);
        const differing = box?.kernel.projector.verify() ?? [];
        hold('a rebuild gives the live tables', differing.length === 0, () => differing.join(', '));
      } catch (error) {
        if (error instanceof Violation) throw new WorldFailed(error, steps, commands);
        throw error;
      }
      owner.alive = false;
      return {
        commands,
        events: inspection.books.position(),
        steps,
        crashes,
        faults: disk.totals.faults + disk.totals.refusals,
        sounds: room.totals.voices,
        head: inspection.books.head().toString('hex'),
      };
    },
    close(): void {
      owner.alive = false;
      inspection.close();
      disk.db.close();
    },
  };
};
export type World = ReturnType<typeof createWorld>;
