import { createAir } from './air.ts';
import { createAsking } from './asking.ts';
import type { Box } from './box.ts';
import { createDisk, noTroubles } from './disk.ts';
import { furnish, sounds } from './furnishing.ts';
import { createInspection } from './inspection.ts';
import { createLives } from './lives.ts';
import { nextWish, people, type Name } from './people.ts';
import { setPresent } from './present.ts';
import { createRandom } from './random.ts';
import { checkAtRest } from './rest.ts';
import { createRoom, quietRoom } from './room.ts';
import { insertDisk } from './stand-ins/better-sqlite3.ts';
import { diskTroubles, makeTrouble, mediaTroubleShare, roomTroubles } from './storm.ts';
import { createTimeline } from './timeline.ts';
import { createVerdict } from './verdict.ts';
import { Violation } from './violation.ts';
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

/** Every read model is compared after so many crashes: it is what takes time. */
const crashesPerComparison = 3;
/** Until queued presses are stale, and stalled jobs begin anew. */
const comeToRestMs = 90_000;

/** One box, its people and its room, from the first evening to rest. */
export const createWorld = (options: WorldOptions) => {
  const random = createRandom(options.seed, options.number);
  const timeline = createTimeline(random);
  setPresent(random, timeline);
  const disk = createDisk(random);
  insertDisk(disk);
  const witness = createWitness();
  const verdict = createVerdict();
  const inspection = createInspection(disk, witness);
  const air = createAir(timeline, witness, verdict);
  let steps = 0;
  let isCalm = true;
  const calm = () => isCalm;
  const trace = (line: string) => options.trace?.(`${steps} ${timeline.now().toFixed(2)} ${line}`);
  const mediaTrouble = { share: 0 };

  const room = createRoom(timeline, random, {
    begins: air.begins,
    voice(playId) {
      trace(`heard ${playId}`);
      air.heard(playId);
    },
  });
  const lives = createLives({
    random,
    timeline,
    disk,
    room,
    air,
    witness,
    verdict,
    calm,
    mediaTrouble,
    inspect(life) {
      inspection.inspect(life % crashesPerComparison === 0);
      air.found(inspection.books.plays.keys());
    },
    trace,
  });
  const ask = createAsking({ random, timeline, lives, witness, verdict, calm, trace });

  const known = {
    sounds: sounds.map(([id]) => id),
    extractions: ({ kernel }: Box) =>
      kernel.storage
        .prepare<[], { id: string; user_id: Name; status: string }>(
          'SELECT id, user_id, status FROM extractions ORDER BY position DESC LIMIT 6',
        )
        .all(),
  };
  const live = (name: Name) => {
    if (isCalm) return;
    const wish = nextWish(random, name, known, lives.box());
    const goOn = () => live(name);
    ask(wish, () => timeline.after(random.between(5, 250), goOn, timeline.world));
  };

  const storm = (rages: boolean) => {
    isCalm = !rages;
    disk.troubles = rages ? diskTroubles : noTroubles;
    room.troubles = rages ? roomTroubles : quietRoom;
    mediaTrouble.share = rages ? mediaTroubleShare : 0;
  };

  type Turns = (until: () => boolean) => Promise<void>;

  const begin = async (turns: Turns) => {
    lives.start();
    room.start();
    await turns(() => lives.box() !== undefined);
    const box = lives.box();
    let furnished = false;
    const ready = () => void (furnished = true);
    if (box) timeline.immediately(() => void furnish(box).then(ready), lives.owner());
    await turns(() => furnished && room.connected());
  };

  const comeToRest = async (turns: Turns) => {
    const rest = async (ms: number) => {
      const at = timeline.now() + ms;
      timeline.after(ms, () => undefined, timeline.world);
      await turns(() => timeline.now() >= at);
    };
    await rest(comeToRestMs);
    await turns(() => lives.box() !== undefined && room.connected());
    await checkAtRest({ turns, rest, ask, inspection, witness, lives });
  };

  return {
    /** One step; false: `untilStep` is reached. @throws WorldFailed */
    step(): boolean {
      lives.afterStep();
      const broken = verdict.first();
      if (broken) throw new WorldFailed(broken, steps, lives.totals.commands);
      if (options.untilStep !== undefined && steps >= options.untilStep) return false;
      steps += 1;
      try {
        return timeline.step();
      } catch (error) {
        lives.uncaught('no uncaught error', error);
        return true;
      }
    },
    /** A rejection that nobody handled. */
    unhandled: (error: unknown): void => lives.uncaught('no unhandled rejection', error),
    /** `turns` lets steps be done until something holds. @throws WorldFailed */
    async play(turns: Turns): Promise<WorldReport> {
      await begin(turns);
      storm(true);
      makeTrouble({ random, timeline, disk, room, lives, calm });
      for (const name of Object.keys(people) as Name[]) {
        timeline.after(1, () => live(name), timeline.world);
      }
      await turns(() => lives.totals.commands >= options.commands);
      storm(false);
      try {
        await comeToRest(turns);
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        throw new WorldFailed(error, steps, lives.totals.commands);
      }
      lives.close();
      return {
        ...lives.totals,
        events: inspection.books.position(),
        steps,
        faults: disk.totals.faults + disk.totals.refusals,
        sounds: room.totals.voices,
        head: inspection.books.head().toString('hex'),
      };
    },
    close(): void {
      lives.close();
      inspection.close();
      disk.db.close();
    },
  };
};
