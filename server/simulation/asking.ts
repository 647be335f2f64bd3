import type { Lives } from './lives.ts';
import type { Reply, Wish } from './people.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { Verdict } from './verdict.ts';
import { hold } from './violation.ts';
import type { Witness } from './witness.ts';

/** Somewhat less than command ids are kept, by the clock on the wall: nobody asks again later. */
const patienceMs = 20 * 3_600_000;
const triesMax = 6;

const network = { requestLostShare: 0.02, requestTwiceShare: 0.03, answerLostShare: 0.04 };

/** People's devices and the network: requests and answers are lost, late and doubled; whoever waits asks again with the same key. */
export const createAsking = (ports: {
  random: Random;
  timeline: Timeline;
  lives: Lives;
  witness: Witness;
  verdict: Verdict;
  calm: () => boolean;
  trace: (line: string) => void;
}) => {
  const { random, timeline, lives, witness, verdict, trace } = ports;
  const { world } = timeline;
  const happens = (share: number) => !ports.calm() && random.chance(share);
  let keys = 0;

  /** `settled` is called once: with the answer, or without when nobody is patient any more. */
  return (wish: Wish, settled: (reply: Reply | undefined) => void): void => {
    const key = `k${++keys}`;
    const firstAsked = lives.wall();
    let tries = 0;
    let over = false;
    const settle = (reply: Reply | undefined) => {
      if (over) return;
      over = true;
      settled(reply);
    };

    const deliver = () => {
      const box = lives.box();
      const life = lives.owner();
      if (!box || Math.abs(lives.wall() - firstAsked) > patienceMs) return;
      wish.ask(box, key, box.kernel.clock.monotonic()).then(
        (reply) => {
          if (lives.isGone(life)) return;
          const { ok, position, answer } = reply;
          trace(`${key} ${wish.name}: ${ok} at ${position} ${answer}`);
          verdict.watch(() => {
            witness.acknowledge({ key, ok, position, answer, led: wish.led });
            const head = box.kernel.log.head().position;
            hold('acknowledged after the commit', position <= head, () => {
              return `${key} was answered with ${position}, the log stands at ${head}`;
            });
          });
          if (happens(network.answerLostShare)) return;
          timeline.after(random.between(0.1, 10), () => settle(reply), world);
        },
        (error: unknown) => {
          if (life.alive) verdict.unexpected('no unexpected error', wish.name, error);
        },
      );
    };

    const attempt = () => {
      if (over) return;
      tries += 1;
      if (tries > triesMax) {
        settle(undefined);
        return;
      }
      const server = lives.owner();
      if (!happens(network.requestLostShare)) {
        timeline.after(random.between(0.1, 8), deliver, server);
      }
      if (happens(network.requestTwiceShare)) {
        timeline.after(random.between(0.1, 60), deliver, server);
      }
      timeline.after(random.between(800, 2500), attempt, world);
    };
    attempt();
  };
};
export type Asking = ReturnType<typeof createAsking>;
