import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { bindingDecider } from './decider.ts';
import type { BindingEvent } from './events.ts';
import { termsOf } from './testing/listening.ts';

const binding = specification(bindingDecider);
const binding_id = 'b1';
const terms = termsOf();
const defined: BindingEvent = { type: 'BindingDefined', data: { binding_id, ...terms } };
const removed: BindingEvent = { type: 'BindingRemoved', data: { binding_id } };
const occasion = {
  topic: 'zigbee2mqtt/button',
  device: 'button',
  press: 'single',
  value: null,
  test: false,
};

describe('a binding', () => {
  it('is defined', () => {
    binding
      .given()
      .when({ type: 'Define', binding_id, terms, bindings: 999, bindingsMax: 1000 })
      .thenAccepted(defined);
  });

  it('is one too many beyond the limit', () => {
    binding
      .given()
      .when({ type: 'Define', binding_id, terms, bindings: 1000, bindingsMax: 1000 })
      .thenRefused({ code: 'too_many_bindings', max: 1000 });
  });

  it('keeps what a change leaves out', () => {
    binding
      .given(defined)
      .when({ type: 'Redefine', binding_id, terms: { enabled: false } })
      .thenAccepted({
        type: 'BindingDefined',
        data: { binding_id, ...terms, enabled: false },
      });
  });

  it('is removed', () => {
    binding.given(defined).when({ type: 'Remove', binding_id }).thenAccepted(removed);
  });

  it('that fired says for whom, why, and what came of it', () => {
    const outcome = { result: 'done', play_id: 'p1', sound_id: 'gong' } as const;
    const owned: BindingEvent = { ...defined, data: { ...defined.data, owner_id: 'ann' } };
    binding
      .given(owned)
      .when({ type: 'ReportTriggered', binding_id, occasion, house_run: false, outcome })
      .thenAccepted({
        type: 'BindingTriggered',
        data: { binding_id, owner_id: 'ann', ...occasion, house_run: false, outcome },
      });
  });
});

describe('a binding that set itself off', () => {
  const pause = { reason: 'loop', topic: 'mirror/play' } as const;
  const paused: BindingEvent = { type: 'BindingPaused', data: { binding_id, ...pause } };
  const resumed: BindingEvent = { type: 'BindingResumed', data: { binding_id } };

  it('is paused once', () => {
    const command = { type: 'Pause', binding_id, pause } as const;
    binding.given(defined).when(command).thenAccepted(paused);
    binding.given(defined, paused).when(command).thenRefused({ code: 'already_paused' });
    binding.given(defined, paused, resumed).when(command).thenAccepted(paused);
  });

  it('is resumed by somebody, and not by being changed', () => {
    const command = { type: 'Resume', binding_id } as const;
    binding.given(defined, paused, defined).when(command).thenAccepted(resumed);
    binding.given(defined).when(command).thenRefused({ code: 'not_paused' });
    binding.given(defined, paused, resumed).when(command).thenRefused({ code: 'not_paused' });
  });
});

describe('what is not there, or not any more', () => {
  const outcome = { result: 'refused', code: 'quiet_hours', message: 'It is late.' } as const;

  it.each([
    { type: 'Redefine', binding_id, terms: {} },
    { type: 'Remove', binding_id },
    { type: 'Pause', binding_id, pause: { reason: 'loop', topic: 'x' } },
    { type: 'Resume', binding_id },
    { type: 'ReportTriggered', binding_id, occasion, house_run: true, outcome },
  ] as const)('refuses $type', (command) => {
    binding.given().when(command).thenRefused({ code: 'unknown_binding' });
    binding.given(defined, removed).when(command).thenRefused({ code: 'unknown_binding' });
  });
});
