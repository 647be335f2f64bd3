import type { z } from 'zod';
import { done } from '../kernel/command-bus.ts';
import { route, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { quietState, setting, settingsPatch, type Settings } from './contract.ts';
import { householdDecider } from './decider.ts';
import { householdStream } from './events.ts';
import type { Household } from './household.ts';

const settingsList = wholeListOf(setting);

/** What was left out of a patch stays as it is. */
const given = (patch: z.output<typeof settingsPatch>): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

export const householdRoutes = (kernel: Kernel, household: Household): Route[] => [
  route({
    method: 'GET',
    path: '/admin/settings',
    summary: "The household's settings: value, default and what each is for",
    access: { role: 'admin', scope: 'read' },
    answers: { 200: { description: 'Every setting', schema: settingsList } },
    handle: () => ({ status: 200, body: wholeList(household.list()) }),
  }),
  route({
    method: 'PATCH',
    path: '/admin/settings',
    summary: 'Choose settings, `{name: value, …}`: all of them, or none where one is invalid',
    access: { role: 'admin', scope: 'admin' },
    body: settingsPatch,
    answers: { 200: { description: 'Every setting', schema: settingsList } },
    async handle({ command, body }) {
      const outcome = await kernel.bus.execute(command, (tx) => {
        const choose = { type: 'ChooseSettings', values: given(body) } as const;
        tx.decide(householdDecider, householdStream, choose);
        return done(null);
      });
      return { status: 200, body: wholeList(household.list()), position: outcome.position };
    },
  }),
  route({
    method: 'GET',
    path: '/settings/quiet',
    summary: 'Whether it is quiet now, until when, and when it is next',
    access: { role: 'guest', scope: 'read' },
    answers: { 200: { description: 'Quiet hours', schema: quietState } },
    handle: () => ({ status: 200, body: household.quietState() }),
  }),
];
