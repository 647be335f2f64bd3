import { z } from 'zod';
import { done, refuse } from '../kernel/command-bus.ts';
import { route, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { invalidField, ProblemError } from '../kernel/problem.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import type { PlaylistQueries } from '../playlists/index.ts';
import {
  schedule,
  scheduleBody,
  scheduleLimits,
  schedulePatch,
  type Schedule,
  type What,
  type When,
} from './contract.ts';
import { scheduleDecider, type ScheduleCommand } from './decider.ts';
import { scheduleStream, type Terms } from './events.ts';
import { houseZone, whenFault } from './next-run.ts';
import { scheduleProblem } from './problems.ts';
import { present, type ScheduleQueries } from './queries.ts';
import type { Scheduler } from './scheduler.ts';

const read = { role: 'admin', scope: 'read' } as const;
const admin = { role: 'admin', scope: 'admin' } as const;
const params = z.object({ id: z.string() });
const unknown = { status: 404, code: 'unknown_schedule' } as const;
const invalid = { status: 422, code: 'invalid_fields' } as const;

/** What was left out of a patch stays as it is. */
const given = (patch: z.output<typeof schedulePatch>): Partial<Terms> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

export const scheduleRoutes = (
  kernel: Kernel,
  ports: { queries: ScheduleQueries; scheduler: Scheduler; playlists: PlaylistQueries },
): Route[] => {
  const { queries, scheduler, playlists } = ports;

  const found = (id: string) => {
    const row = queries.find(id);
    if (!row) throw scheduleProblem({ code: 'unknown_schedule' });
    return row;
  };
  const shown = (id: string): Schedule => present(found(id), kernel.clock.now());

  const checkWhen = (when: When, zone: string): void => {
    const fault = whenFault(when, zone, kernel.clock.now());
    if (fault) throw invalidField(fault.path, fault.message);
  };
  const checkWhat = (what: What): void => {
    if (what.type === 'play_sound' && !playlists.soundExists(what.sound_id)) {
      throw invalidField('what.sound_id', 'There is no such sound.');
    }
    if (what.type === 'play_playlist' && playlists.find(what.playlist_id)?.deleted_at !== null) {
      throw invalidField('what.playlist_id', 'There is no such playlist.');
    }
  };
  const decided = async (...[request, command]: Parameters<Scheduler['decide']>) => {
    const outcome = await scheduler.decide(request, command);
    if (!outcome.ok) throw scheduleProblem(outcome.reason);
    return outcome.position;
  };

  return [
    route({
      method: 'GET',
      path: '/admin/schedules',
      summary: 'Schedules, each with when it fires next',
      access: read,
      answers: {
        200: { description: 'Schedules', schema: wholeListOf(schedule) },
      },
      handle() {
        const now = kernel.clock.now();
        return { status: 200, body: wholeList(queries.all().map((row) => present(row, now))) };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/schedules',
      summary: 'Something to happen by the clock, as the house and free',
      access: admin,
      body: scheduleBody,
      answers: { 201: { description: 'The schedule', schema: schedule } },
      problems: [invalid, { status: 409, code: 'too_many_schedules' }],
      async handle({ command: request, body: { zone = houseZone(), ...rest } }) {
        const terms = { ...rest, zone };
        checkWhen(terms.when, zone);
        checkWhat(terms.what);
        const outcome = await kernel.bus.execute(request, (tx) => {
          const schedule_id = tx.newId();
          const command: ScheduleCommand = {
            type: 'Define',
            schedule_id,
            terms,
            schedules: queries.all().length,
            schedulesMax: scheduleLimits.schedulesMax,
          };
          const decision = tx.decide(scheduleDecider, scheduleStream(schedule_id), command);
          return decision.accepted ? done({ schedule_id }) : refuse(decision.reason);
        });
        if (!outcome.ok) throw scheduleProblem(outcome.reason);
        const { schedule_id } = outcome.result;
        return { status: 201, body: shown(schedule_id), position: outcome.position };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/schedules/{id}',
      summary: 'One schedule',
      access: read,
      params,
      answers: { 200: { description: 'The schedule', schema: schedule } },
      problems: [unknown],
      handle: ({ params: { id } }) => ({ status: 200, body: shown(id) }),
    }),
    route({
      method: 'PATCH',
      path: '/admin/schedules/{id}',
      summary: 'Change a schedule; times that are past already do not count for it',
      access: admin,
      params,
      body: schedulePatch,
      answers: { 200: { description: 'The schedule', schema: schedule } },
      problems: [unknown, invalid],
      async handle({ command, params: { id }, body }) {
        const { terms: before } = found(id);
        const terms = given(body);
        checkWhen(terms.when ?? before.when, terms.zone ?? before.zone);
        if (terms.what) checkWhat(terms.what);
        const position = await decided(command, { type: 'Redefine', schedule_id: id, terms });
        return { status: 200, body: shown(id), position };
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/schedules/{id}',
      summary: 'Remove a schedule',
      access: admin,
      params,
      answers: { 204: { description: 'Removed', schema: null } },
      problems: [unknown],
      handle: async ({ command, params: { id } }) => ({
        status: 204,
        position: await decided(command, { type: 'Remove', schedule_id: id }),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/schedules/{id}/fire',
      summary: 'Try a schedule out: now, as its time would do it',
      access: admin,
      params,
      answers: { 200: { description: 'It has happened', schema: schedule } },
      problems: [unknown, { status: 409, code: 'quiet_hours' }],
      async handle({ command, params: { id } }) {
        const outcome = await scheduler.fire(found(id), null, command);
        if (!outcome.ok) throw scheduleProblem(outcome.reason);
        if (outcome.result) throw new ProblemError(outcome.result);
        return { status: 200, body: shown(id), position: outcome.position };
      },
    }),
  ];
};
