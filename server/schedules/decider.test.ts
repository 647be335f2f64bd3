import { describe, expect, it } from 'vitest';
import { scheduleDecider, type ScheduleCommand } from './decider.ts';
import type { ScheduleEvent, Terms } from './events.ts';

const { decide, evolve, initialState } = scheduleDecider;
const schedule_id = 's1';
const terms: Terms = {
  name: 'School',
  enabled: true,
  when: { weekdays: ['mon'], time: '07:00' },
  zone: 'Europe/Berlin',
  what: { type: 'play_sound', sound_id: 'gong' },
  alarm: true,
};
const due_at = '2026-11-23T06:00:00.000Z';

const defined = (change: Partial<Terms> = {}): ScheduleEvent => ({
  type: 'ScheduleDefined',
  data: { schedule_id, ...terms, ...change },
});
const fired = (due: string | null): ScheduleEvent => ({
  type: 'ScheduleFired',
  data: { schedule_id, due_at: due },
});
const removed: ScheduleEvent = { type: 'ScheduleRemoved', data: { schedule_id } };

const given = (...events: ScheduleEvent[]) => ({
  when: (command: ScheduleCommand) => decide(command, events.reduce(evolve, initialState())),
});
const fire = (due: string | null): ScheduleCommand => ({ type: 'Fire', schedule_id, due_at: due });
const refused = (reason: object) => ({ accepted: false, reason, events: [] });
const accepted = (...events: ScheduleEvent[]) => ({ accepted: true, events });

describe('a schedule', () => {
  it('is defined, up to as many as there may be', () => {
    const define = { type: 'Define', schedule_id, terms, schedulesMax: 2 } as const;
    expect(given().when({ ...define, schedules: 1 })).toEqual(accepted(defined()));
    expect(given().when({ ...define, schedules: 2 })).toEqual(
      refused({ code: 'too_many_schedules', max: 2 }),
    );
  });

  it('is defined anew as a whole, where a part of it changes', () => {
    const redefine = { type: 'Redefine', schedule_id, terms: { enabled: false } } as const;
    expect(given(defined()).when(redefine)).toEqual(accepted(defined({ enabled: false })));
  });

  it('that is not there, or not any more, can do nothing', () => {
    const commands: ScheduleCommand[] = [
      { type: 'Redefine', schedule_id, terms: {} },
      { type: 'Remove', schedule_id },
      fire(due_at),
      { type: 'ReportFailed', schedule_id, due_at, code: 'x', message: 'X' },
    ];
    for (const command of commands) {
      const unknown = refused({ code: 'unknown_schedule' });
      expect(given().when(command)).toEqual(unknown);
      expect(given(defined(), removed).when(command)).toEqual(unknown);
    }
  });
});

describe('firing', () => {
  it('happens once for one due time, also after others and after a new definition', () => {
    expect(given(defined()).when(fire(due_at))).toEqual(accepted(fired(due_at)));
    const later = '2026-11-30T06:00:00.000Z';
    const state = given(defined(), fired(due_at), fired(later), defined({ name: 'New' }));
    expect(state.when(fire(due_at))).toEqual(refused({ code: 'fired_already' }));
    expect(state.when(fire(later))).toEqual(refused({ code: 'fired_already' }));
  });

  it('is refused while it is switched off, but can be tried out, again and again', () => {
    const off = given(defined({ enabled: false }), fired(null));
    expect(off.when(fire(due_at))).toEqual(refused({ code: 'switched_off' }));
    expect(off.when(fire(null))).toEqual(accepted(fired(null)));
  });
});
