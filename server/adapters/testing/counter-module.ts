/** A module of the tests: counts rings, so that each door's commands can be seen to arrive once. */
import { z } from 'zod';
import { done, type CommandRequest, type Outcome } from '../../kernel/command-bus.ts';
import { accepted, type Decider } from '../../kernel/decider.ts';
import { route, socketCommand, topic } from '../../kernel/door.ts';
import type { FeedMap } from '../../kernel/feed.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { ProblemError, type Problem } from '../../kernel/problem.ts';

type BellRung = { type: 'BellRung'; data: { name: string; count: number } };
type Ring = { name: string };

const bell: Decider<number, Ring, BellRung, never> = {
  initialState: () => 0,
  evolve: (count) => count + 1,
  decide: ({ name }, count) => accepted({ type: 'BellRung', data: { name, count: count + 1 } }),
};

export const noSuchBell: Problem = {
  status: 409,
  code: 'no_such_bell',
  title: 'No such bell',
  detail: 'There is no bell of this name.',
  extra: { bells: 1 },
};

const ringData = z.object({ name: z.string().min(1).max(20), loud: z.boolean().optional() });
const rung = z.object({ count: z.int() }).meta({ id: 'Rung' });
const access = { role: 'user', scope: 'play' } as const;

export const counterFeed: FeedMap = {
  BellRung: (event) => ({ type: 'bell_rung', data: event.data }),
};

export const counterModule = (kernel: Kernel) => {
  /** What the handlers were given, for tests to look at. */
  const seen: { command: CommandRequest; receivedAtMs: number; address?: string }[] = [];

  const ring = async (
    command: CommandRequest,
    name: string,
  ): Promise<Outcome<{ count: number }, Problem>> => {
    if (name === 'none') return { ok: false, reason: noSuchBell, position: 0, repeated: false };
    if (name === 'bug') throw new Error('secret inside');
    return kernel.bus.execute(command, (tx) => {
      const [event] = tx.decide(bell, 'bell', { name }).events;
      return done({ count: event?.data.count ?? 0 });
    });
  };

  const ringRoute = route({
    method: 'POST',
    path: '/bells/ring',
    summary: 'Ring the bell',
    access,
    body: ringData,
    answers: { 202: { description: 'It rings', schema: rung } },
    problems: [noSuchBell],
    async handle({ body, command, receivedAtMs, address }) {
      seen.push({ command, receivedAtMs, address });
      const outcome = await ring(command, body.name);
      if (!outcome.ok) throw new ProblemError(outcome.reason);
      return { status: 202, body: outcome.result, position: outcome.position };
    },
  });

  const ringCommand = socketCommand({
    command: 'ring',
    summary: 'Ring the bell',
    access,
    data: ringData,
    async handle({ data, command, receivedAtMs }) {
      seen.push({ command, receivedAtMs });
      return ring(command, data.name);
    },
  });

  const ringTopic = topic({
    topic: 'cmd/ring',
    summary: 'Ring the bell',
    access,
    payload: z.union([z.string().transform((name) => ({ name })), ringData]),
    async handle({ payload, command, receivedAtMs }) {
      seen.push({ command, receivedAtMs });
      return ring(command, payload.name);
    },
  });

  return { seen, ringRoute, ringCommand, ringTopic };
};
