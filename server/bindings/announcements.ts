import type { Announcement } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { BindingChanged, BindingHeard } from './contract.ts';
import type { BindingEvent } from './events.ts';
import { pausedWords } from './problems.ts';
import type { BindingQueries } from './queries.ts';
import { deviceOf } from './vendors.ts';

type Triggered = Extract<Recorded<BindingEvent>, { type: 'BindingTriggered' }>;
type Paused = Extract<Recorded<BindingEvent>, { type: 'BindingPaused' }>;

export const isAdmin = ({ role }: { role: string }): boolean => role === 'admin';

const changed =
  (change: BindingChanged['change']): FeedMap[string] =>
  (recorded) => {
    const { binding_id } = (recorded as Recorded<BindingEvent>).data;
    const data: BindingChanged = { binding_id, change };
    return { type: 'binding_changed', data, audience: isAdmin };
  };

const reasonOf = ({ outcome }: Triggered['data']) =>
  outcome.result === 'refused'
    ? { code: outcome.code, message: outcome.message }
    : { code: null, message: null };

export const bindingsFeed = {
  BindingDefined: changed('defined'),
  BindingRemoved: changed('removed'),
  BindingPaused: changed('paused'),
  BindingResumed: changed('resumed'),
  BindingTriggered(recorded) {
    const { data: triggered } = recorded as Triggered;
    const { binding_id, device, press, outcome } = triggered;
    const data: BindingHeard = {
      kind: 'trigger',
      binding_id,
      device,
      press,
      outcome: outcome.result,
      ...reasonOf(triggered),
      play_id: outcome.result === 'done' ? outcome.play_id : null,
    };
    return { type: 'binding_heard', data, audience: isAdmin };
  },
} satisfies FeedMap;

/** `event/button`, as Home Assistant's event entity reads it. */
export const buttonAnnouncement =
  (queries: BindingQueries) =>
  (recorded: Recorded): Announcement => {
    const { data } = recorded as Triggered;
    const { binding_id, device, press, value, outcome } = data;
    const binding = queries.find(binding_id);
    const { message: reason, code } = reasonOf(data);
    return {
      topic: 'event/button',
      retain: false,
      payload: {
        event_type: outcome.result === 'refused' ? 'refused' : 'pressed',
        id: binding_id,
        name: binding?.terms.name ?? null,
        by: binding?.owner_name ?? null,
        reason,
        code,
        device,
        press,
        value,
      },
    };
  };

/** Told once: what it stopped for would only come back. */
export const pausedAnnouncement =
  (queries: BindingQueries) =>
  (recorded: Recorded): Announcement => {
    const { data } = recorded as Paused;
    const binding = queries.find(data.binding_id);
    return {
      topic: 'event/button',
      retain: false,
      payload: {
        event_type: 'refused',
        id: data.binding_id,
        name: binding?.terms.name ?? null,
        by: binding?.owner_name ?? null,
        reason: pausedWords(data),
        code: data.reason,
        device: deviceOf(data.topic).device,
        press: null,
        value: null,
      },
    };
  };

/** A press that should have sounded and did not is told like any other that was refused. */
export const refusedPlay = (
  { name, owner_name }: { name: string; owner_name: string | null },
  soundId: string | null,
  problem: { code: string; detail: string },
): Announcement => ({
  topic: 'event/play',
  retain: false,
  payload: {
    event_type: 'refused',
    id: soundId,
    name,
    by: owner_name,
    reason: problem.detail,
    code: problem.code,
  },
});

export const tagAnnouncement = ({
  uid,
  device,
}: {
  uid: string;
  device: string;
}): Announcement => ({
  topic: 'event/tag',
  retain: false,
  payload: { event_type: 'scanned', id: uid, name: `rfid:${uid}`, uid, device },
});
