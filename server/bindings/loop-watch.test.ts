import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../kernel/event.ts';
import { createLoopWatch, loopLimits, noChain, type LoopVerdict } from './loop-watch.ts';

const { answersMax, answerMs, silenceMs, silencesMax, trustMs, unbrokenMs } = loopLimits;

/** A house that tells of a play as soon as something fires, and 500 ms later that it is over. */
const watching = () => {
  const loops = createLoopWatch();
  let nowMs = 0;
  const commit = (correlationId: string, data: object) =>
    loops.hearOfEffects([{ correlationId, data } as Recorded], nowMs);
  const fire = (id: string, verdict: LoopVerdict): string => {
    if (verdict.verdict !== 'fires') return '';
    const [correlationId, play_id] = [randomUUID(), randomUUID()];
    loops.fires(id, correlationId, verdict.chain);
    commit(correlationId, { play_id });
    return play_id;
  };
  const release = (id: string): boolean => {
    const chain = loops.release(id);
    if (chain) fire(id, { verdict: 'fires', chain, late: true });
    return chain !== null;
  };
  return {
    loops,
    wait: (ms: number) => void (nowMs += ms),
    /** A message; answers what came of it, and the id of the play. */
    say(words: string, id = 'a'): { verdict: LoopVerdict; play: string } {
      const verdict = loops.take({ id, words, atMs: nowMs });
      return { verdict, play: fire(id, verdict) };
    },
    /** Something that Encore does by itself, in the middle of a play that somebody else asked for. */
    somebodyPlays(): string {
      const play_id = randomUUID();
      commit(randomUUID(), { play_id });
      return play_id;
    },
    /** Nobody presses for a while; answers whether a press that was held back has fired. */
    silence(id = 'a'): boolean {
      nowMs += silenceMs;
      return release(id);
    },
    /** As often as asked, so many milliseconds apart. */
    press(times: number, everyMs: number, id = 'a'): LoopVerdict['verdict'][] {
      return Array.from({ length: times }, () => {
        nowMs += everyMs;
        return this.say('go', id).verdict.verdict;
      });
    },
  };
};
const all = (times: number, verdict: LoopVerdict['verdict']) =>
  Array.from({ length: times }, () => verdict);

describe('a message with an id of ours', () => {
  it('is a loop when the binding has set itself off three times', () => {
    const { say } = watching();
    let { play } = say('pressed');
    for (let round = 1; round < loopLimits.roundsMax; round++) {
      const answer = say(JSON.stringify({ event_type: 'started', play_id: play }));
      expect(answer.verdict.verdict).toBe('fires');
      ({ play } = answer);
    }
    expect(say(`mirror/${play}`).verdict).toEqual({ verdict: 'loop', sign: 'own_message' });
    expect(say('pressed').verdict).toEqual({ verdict: 'stopped' });
  });

  it('is one too where two bindings do it to each other, however slowly', () => {
    const { say, wait } = watching();
    const verdicts: string[] = [];
    let { play } = say('pressed', 'a');
    for (const id of ['b', 'a', 'b', 'a', 'b', 'a', 'b']) {
      wait(60_000);
      const answer = say(play, id);
      verdicts.push(answer.verdict.verdict);
      ({ play } = answer);
    }
    expect(verdicts).toEqual(['fires', 'fires', 'fires', 'fires', 'fires', 'loop', 'fires']);
  });

  it('is known by the id of the binding as well', () => {
    const { say } = watching();
    const id = randomUUID();
    const verdicts = ['pressed', id, id, id].map((words) => say(words, id).verdict.verdict);
    expect(verdicts).toEqual(['fires', 'fires', 'fires', 'loop']);
  });

  it('is none where it tells what somebody else has done', () => {
    const { say, wait, somebodyPlays } = watching();
    for (let times = 0; times < 50; times++) {
      wait(answerMs + 1);
      expect(say(somebodyPlays()).verdict.verdict).toBe('fires');
    }
  });
});

describe('somebody who presses on and on', () => {
  it.each([50, 160, 350, 900])('every %s ms loses no press', (everyMs) => {
    const house = watching();
    const times = 4 * answersMax;
    let fired = 0;
    for (let press = 0; press < times; press++) {
      house.wait(everyMs);
      const { verdict } = house.say('go');
      if (verdict.verdict === 'fires') fired += verdict.late ? 2 : 1;
      else expect(verdict.verdict).toBe('held');
    }
    expect(fired).toBe(times);
  });

  it('and stops just then loses none either: the last one fires late, once', () => {
    const house = watching();
    expect(house.press(answersMax + 1, 300).at(-1)).toBe('held');
    expect([house.silence(), house.silence()]).toEqual([true, false]);
  });

  it('is believed for a minute', () => {
    const house = watching();
    // What nothing came before is no answer.
    expect(house.press(answersMax + 1, 300)).toEqual([...all(answersMax, 'fires'), 'held']);
    const trusted = Math.floor(trustMs / 500);
    expect(house.press(trusted, 500)).toEqual(all(trusted, 'fires'));
    expect(house.press(2, 500)).toEqual(['held', 'fires']);
  });

  it('with a pause now and then is never doubted', () => {
    const house = watching();
    for (let round = 0; round < 20; round++) {
      expect(house.press(answersMax - 1, 200)).toEqual(all(answersMax - 1, 'fires'));
      house.wait(answerMs);
    }
  });

  it('two at a time, as a remote control with two bindings does, is not doubted', () => {
    const house = watching();
    for (let evening = 0; evening < 4 * answersMax; evening++) {
      house.wait(unbrokenMs);
      expect(house.say('go', 'a').verdict.verdict).toBe('fires');
      house.wait(300);
      expect(house.say('go', 'b').verdict.verdict).toBe('fires');
    }
  });

  it('in a house that is never quiet is not doubted for being regular', () => {
    const house = watching();
    let chance = 1;
    // Many hands press at all times, and two buttons always one after the other.
    for (let press = 0; press < (2 * unbrokenMs) / 500; press++) {
      house.wait(500);
      chance = (chance * 48_271) % 2_147_483_647;
      const id = ['a', 'b'][press % 20] ?? `other ${chance % 13}`;
      expect(house.say('go', id).verdict.verdict).toBe('fires');
    }
  });

  it('besides others who press other buttons is not doubted for their sake', () => {
    const house = watching();
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let press = 0; press < 200; press++) {
      house.wait(250);
      const id = ids[(press * press + press) % ids.length] ?? 'a';
      expect(['fires', 'held']).toContain(house.say('go', id).verdict.verdict);
    }
  });
});

describe('a message without any id that always follows what Encore says', () => {
  /** One chain of answers: until nothing comes of them. */
  const chain = (house: ReturnType<typeof watching>): LoopVerdict['verdict'][] => {
    const verdicts: LoopVerdict['verdict'][] = [];
    do {
      verdicts.push(house.say('go').verdict.verdict);
      house.wait(120);
    } while (verdicts.at(-1) === 'fires' && verdicts.length < 100);
    return verdicts;
  };
  const answered = all(answersMax, 'fires');

  it('is cut off, and paused when the press that was held back is answered in the same way', () => {
    const house = watching();
    expect(chain(house)).toEqual([...answered, 'held']);
    for (let times = 1; times < silencesMax; times++) {
      expect(house.silence()).toBe(true);
      expect(chain(house)).toEqual([...answered.slice(1), 'held']);
    }
    expect(house.silence()).toBe(true);
    expect(chain(house)).toEqual([...answered.slice(1), 'loop']);
    expect(house.say('go').verdict.verdict).toBe('stopped');
  });

  it('is not paused where presses that nothing came before stand between such rows', () => {
    const house = watching();
    for (let times = 0; times < 3 * silencesMax; times++) {
      expect(chain(house)).toEqual([...answered, 'held']);
      expect(house.silence()).toBe(true);
      house.wait(answerMs + 1);
    }
  });

  it('is cut off as soon where the sound of each round outlasts the next ones', () => {
    const { loops } = watching();
    const heard = (round: number, atMs: number) =>
      loops.hearOfEffects([{ correlationId: `round ${round}`, data: {} } as Recorded], atMs);
    let rounds = 0;
    for (; rounds < 100; rounds++) {
      const atMs = rounds * 500;
      const verdict = loops.take({ id: 'a', words: 'go', atMs });
      if (verdict.verdict !== 'fires') break;
      loops.fires('a', `round ${rounds}`, verdict.chain);
      heard(rounds, atMs);
      heard(rounds - 4, atMs + 200);
    }
    expect(rounds).toBe(answersMax);
  });

  it('is cut off where two bindings answer each other', () => {
    const house = watching();
    const verdicts: string[] = [];
    for (let times = 0; times < 100 && !verdicts.includes('held'); times++) {
      verdicts.push(house.say('go', times % 2 === 0 ? 'a' : 'b').verdict.verdict);
      house.wait(700);
    }
    expect(verdicts.length).toBeLessThanOrEqual(2 * answersMax + 2);
    expect(verdicts.at(-1)).toBe('held');
  });

  it('is paused where it never stops: nobody presses for minutes without a pause', () => {
    const house = watching();
    const verdicts = house.press(unbrokenMs / 500 + 10, 500);
    expect(verdicts).toContain('loop');
    expect(verdicts.at(-1)).toBe('stopped');
  });

  it('begins anew once somebody resumes it', () => {
    const house = watching();
    house.press(unbrokenMs / 500 + 10, 500);
    house.loops.forget('a');
    expect(house.press(3, 500)).toEqual(all(3, 'fires'));
  });
});

it('what came of nothing that fired is nobody’s effect', () => {
  const { loops } = watching();
  loops.hearOfEffects([{ correlationId: 'x', data: {} } as Recorded], 0);
  expect(loops.take({ id: 'a', words: '', atMs: 1 })).toMatchObject({ verdict: 'fires' });
  loops.fires('a', 'test', noChain);
  loops.hearOfEffects([{ correlationId: 'test', data: {} } as Recorded], 2);
  expect(loops.take({ id: 'a', words: '', atMs: 3 })).toMatchObject({ verdict: 'fires' });
});
