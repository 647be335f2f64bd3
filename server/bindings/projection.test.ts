import { describe, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { BindingEvent, TriggerOutcome } from './events.ts';
import { bindingsProjection } from './projection.ts';
import { termsOf } from './testing/listening.ts';

const spec = projectionSpec<BindingEvent>(bindingsProjection);
const noon = Date.UTC(2026, 0, 1, 12);
const minuteMs = 60_000;
const terms = termsOf();
const rows = `SELECT id, terms ->> 'name' AS name, position, triggered_at, triggers, problem
  FROM bindings ORDER BY id`;

const on = (event: BindingEvent) => ({ stream: `binding-${event.data.binding_id}`, event });
const defined = (binding_id: string, name = 'Gong') =>
  on({ type: 'BindingDefined', data: { binding_id, ...terms, name } });
const triggered = (binding_id: string, outcome: TriggerOutcome, house_run = false) =>
  on({
    type: 'BindingTriggered',
    data: {
      binding_id,
      owner_id: null,
      topic: 'a/b',
      device: 'a/b',
      press: null,
      value: null,
      test: false,
      house_run,
      outcome,
    },
  });
const done: TriggerOutcome = { result: 'done', play_id: 'p', sound_id: 's' };

describe('bindings', () => {
  it('stand as they were defined last, and remember when they fired', async () => {
    const then = await spec.given(
      defined('b1'),
      defined('b2', 'Bell'),
      triggered('b1', done),
      triggered('b1', { result: 'refused', code: 'quiet_hours', message: 'It is late.' }),
      defined('b1', 'Big gong'),
    );
    then.thenRows(rows, [
      {
        id: 'b1',
        name: 'Big gong',
        position: 5,
        triggered_at: noon + 3 * minuteMs,
        triggers: 2,
        problem: 'It is late.',
      },
      { id: 'b2', name: 'Bell', position: 2, triggered_at: null, triggers: 0, problem: null },
    ]);
  });

  it('forget a problem with the next press that goes well', async () => {
    const then = await spec.given(
      defined('b1'),
      triggered('b1', { result: 'refused', code: 'quiet_hours', message: 'It is late.' }),
      triggered('b1', done),
    );
    then.thenRows('SELECT problem FROM bindings', [{ problem: null }]);
  });

  it('are paused with why and since when, until they are resumed', async () => {
    const paused = on({
      type: 'BindingPaused',
      data: { binding_id: 'b1', reason: 'loop', topic: 'mirror/play' },
    });
    const resumed = on({ type: 'BindingResumed', data: { binding_id: 'b1' } });
    const held = JSON.stringify({ reason: 'loop', topic: 'mirror/play', since: noon + minuteMs });
    const then = await spec.given(defined('b1'), paused, defined('b1'));
    then.thenRows('SELECT paused FROM bindings', [{ paused: held }]);
    const later = await spec.given(defined('b1'), paused, resumed);
    later.thenRows('SELECT paused FROM bindings', [{ paused: null }]);
  });

  it('are gone when removed; what the house gave away is not', async () => {
    const then = await spec.given(
      defined('b1'),
      triggered('b1', done, true),
      triggered('b1', done),
      on({ type: 'BindingRemoved', data: { binding_id: 'b1' } }),
    );
    then.thenRows(rows, []);
    then.thenRows('SELECT position, at FROM house_runs', [{ position: 2, at: noon + minuteMs }]);
  });
});
