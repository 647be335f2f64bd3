import type { Random } from './random.ts';

/** A process, or the world around them: what dies together. */
export type Owner = { readonly name: string; alive: boolean };

export type Task = { cancelled: boolean };
type Planned = Task & { readonly at: number; readonly number: number; readonly owner: Owner } & {
  run(): void;
};

/** How often something that is due later overtakes what is due at once: a slow machine. */
const overtakingShare = 0.12;
/** Each step takes a while, so that no two readings of the clock need be the same. */
const stepMs = 0.02;

/**
 * Virtual time on one thread. Whatever happens is a task of somebody; tasks of the dead are not done.
 * Which of those that are due comes first is the seed's choice.
 */
export const createTimeline = (random: Random) => {
  const soon: Planned[] = [];
  let soonAt = 0;
  /** A binary heap by time, then by number. */
  const later: Planned[] = [];
  let now = 1000;
  let number = 0;
  const world: Owner = { name: 'world', alive: true };
  let owner = world;

  const before = (one: Planned, other: Planned) =>
    one.at < other.at || (one.at === other.at && one.number < other.number);

  const push = (planned: Planned) => {
    let at = later.push(planned) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = later[up] as Planned;
      if (!before(planned, parent)) break;
      later[at] = parent;
      at = up;
    }
    later[at] = planned;
  };

  const pop = (): Planned => {
    const first = later[0] as Planned;
    const last = later.pop() as Planned;
    if (later.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= later.length) break;
      const right = down + 1;
      if (right < later.length && before(later[right] as Planned, later[down] as Planned)) {
        down = right;
      }
      const child = later[down] as Planned;
      if (!before(child, last)) break;
      later[at] = child;
      at = down;
    }
    later[at] = last;
    return first;
  };

  const isDead = (task: Planned) => task.cancelled || !task.owner.alive;

  const nextLater = (): Planned | undefined => {
    while (later[0] && isDead(later[0])) pop();
    return later[0];
  };

  const nextSoon = (): Planned | undefined => {
    for (;;) {
      const task = soon[soonAt];
      if (!task) {
        soon.length = 0;
        soonAt = 0;
        return undefined;
      }
      if (!isDead(task)) return task;
      soonAt += 1;
    }
  };

  const plan = (at: number, run: () => void, by: Owner): Planned => ({
    at,
    number: ++number,
    owner: by,
    cancelled: false,
    run,
  });

  return {
    world,
    now: () => now,
    /** Whose task is being done. */
    owner: () => owner,
    after(ms: number, run: () => void, by: Owner): Task {
      const task = plan(now + Math.max(0, ms), run, by);
      push(task);
      return task;
    },
    immediately(run: () => void, by: Owner): Task {
      const task = plan(now, run, by);
      soon.push(task);
      return task;
    },
    /** The whole machine stands still: what was due meanwhile is late. */
    freeze(ms: number): void {
      now += ms;
    },
    /** Does what comes next; false: nothing is left to do. What its promises lead to follows after the return. */
    step(): boolean {
      const first = nextSoon();
      const due = nextLater();
      if (!first && !due) return false;
      const overtaken = !first || (due !== undefined && random.chance(overtakingShare));
      let task: Planned;
      if (overtaken) {
        task = pop();
        now = Math.max(now, task.at);
      } else {
        task = first;
        soonAt += 1;
      }
      now += stepMs;
      owner = task.owner;
      task.run();
      return true;
    },
  };
};
export type Timeline = ReturnType<typeof createTimeline>;
