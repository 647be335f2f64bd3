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

describe('what is not there, or not any more', () => {
  const outcome = { result: 'refused', code: 'quiet_hours', message: 'It is late.' } as const;

  it.each([
    { type: 'Redefine', binding_id, terms: {} },
    { type: 'Remove', binding_id },
    { type: 'ReportTriggered', binding_id, occasion, house_run: true, outcome },
  ] as const)('refuses $type', (command) => {
    binding.given().when(command).thenRefused({ code: 'unknown_binding' });
    binding.given(defined, removed).when(command).thenRefused({ code: 'unknown_binding' });
  });
});
