import type { RecordedEvent } from '../../server/audit/contract.ts';
import { namesOf, type Names } from '../timeline/names.ts';
import { aSound } from './sounds.ts';

/** An event of the log for tests; only what matters there is named. */
export const anEvent = (part: Partial<RecordedEvent> = {}): RecordedEvent => {
  const position = part.global_position ?? 1;
  return {
    event_id: `e${position}`,
    global_position: position,
    stream: 'player-main',
    stream_position: position,
    type: 'VolumeSet',
    schema_version: 1,
    data: { room: 'main', volume: 40 },
    actor: 'mira',
    origin: 'http',
    correlation_id: `c${position}`,
    causation_id: null,
    recorded_at: '2026-11-20T07:56:12.345Z',
    hash: '0'.repeat(64),
    ...part,
  };
};

export const someNames = (): Names =>
  namesOf({
    people: new Map([
      ['mira', 'Mira'],
      ['bo', 'Bo'],
    ]),
    sounds: new Map([['horn', aSound()]]),
    playlists: new Map(),
    seen: new Map(),
  });
