import type { Binding, Candidate, LearnSession } from '../../server/bindings/contract.ts';

/** A binding for tests; only what matters there is named. */
export const aBinding = (part: Partial<Binding> = {}): Binding => ({
  id: 'b1',
  name: 'Hall',
  enabled: true,
  filter: 'zigbee2mqtt/hall',
  match: { path: 'action', op: 'eq', value: 'single' },
  extract: null,
  command: { type: 'play', sound_id: 'horn' },
  debounce_ms: 300,
  edge: 'auto',
  ignore_retained: true,
  owner_id: null,
  owner_name: null,
  order: 0,
  device: { name: 'hall', vendor: 'zigbee2mqtt', seen_at: '2026-11-20T07:56:00.000Z' },
  heard_at: '2026-11-20T07:56:00.000Z',
  triggered_at: '2026-11-20T07:56:00.000Z',
  triggers: 3,
  problem: null,
  paused: null,
  ...part,
});

export const aCandidate = (part: Partial<Candidate> = {}): Candidate => ({
  id: 'c1',
  device: 'hall',
  vendor: 'zigbee2mqtt',
  press: 'single',
  uid: null,
  topic: 'zigbee2mqtt/hall',
  payload: '{"action":"single","battery":80}',
  times: 1,
  score: 150,
  confirmed: false,
  suggestion: {
    filter: 'zigbee2mqtt/hall',
    match: { path: 'action', op: 'eq', value: 'single' },
    extract: null,
    debounce_ms: 300,
    edge: 'auto',
    ignore_retained: true,
  },
  bound: [],
  ...part,
});

export const aSession = (part: Partial<LearnSession> = {}): LearnSession => ({
  id: 's1',
  phase: 'listening',
  listens_at: '2026-11-20T07:56:03.000Z',
  ends_at: '2026-11-20T07:56:33.000Z',
  messages: 0,
  candidates: [],
  ...part,
});
