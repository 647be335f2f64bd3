import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { playDecider, stopDecider } from './decider.ts';
import type { PlayEvent } from './events.ts';

const spec = specification(playDecider);
const ids = { play_id: 'p1', sound_id: 's1' };
const requested: PlayEvent = { type: 'PlayRequested', data: { ...ids, user_id: 'mira' } };
const started: PlayEvent = { type: 'PlayStarted', data: { ...ids, latency_ms: 17.2 } };
const finished: PlayEvent = { type: 'PlayFinished', data: { ...ids, heard_ms: 900 } };
const failed: PlayEvent = {
  type: 'PlayFailed',
  data: { ...ids, code: 'player_lost', message: 'gone' },
};

describe('a press', () => {
  it('is requested once', () => {
    const request = {
      type: 'RequestPlay',
      ...ids,
      user_id: 'mira',
      gain_cap_db: null,
    } as const;
    spec.given().when(request).thenAccepted(requested);
    spec.given(requested).when(request).thenAccepted();
  });

  it('that is lowered says so, and goes on like any other', () => {
    const lowered: PlayEvent = { type: 'PlayLowered', data: { play_id: 'p1', gain_cap_db: -20 } };
    spec
      .given()
      .when({ type: 'RequestPlay', ...ids, user_id: 'mira', gain_cap_db: -20 })
      .thenAccepted(requested, lowered);
    spec
      .given(requested, lowered)
      .when({ type: 'ReportStarted', latency_ms: 17.2 })
      .thenAccepted(started);
  });

  it('starts with the latency the player measured, once', () => {
    const report = { type: 'ReportStarted', latency_ms: 17.2 } as const;
    spec.given(requested).when(report).thenAccepted(started);
    spec.given(requested, started).when(report).thenAccepted();
  });

  it('finishes, is stopped or fails', () => {
    spec
      .given(requested, started)
      .when({ type: 'ReportFinished', heard_ms: 900 })
      .thenAccepted(finished);
    spec
      .given(requested, started)
      .when({ type: 'ReportStopped', heard_ms: 40, reason: 'voice_limit' })
      .thenAccepted({ type: 'PlayStopped', data: { ...ids, heard_ms: 40, reason: 'voice_limit' } });
    spec
      .given(requested)
      .when({ type: 'ReportFailed', code: 'player_lost', message: 'gone' })
      .thenAccepted(failed);
  });

  it('stays ended whatever comes late', () => {
    for (const end of [finished, failed]) {
      spec.given(requested, end).when({ type: 'ReportStarted', latency_ms: 5 }).thenAccepted();
      spec.given(requested, end).when({ type: 'ReportFinished', heard_ms: 1 }).thenAccepted();
    }
  });

  it('that nobody requested cannot be reported', () => {
    spec.given().when({ type: 'ReportStarted', latency_ms: 5 }).thenAccepted();
  });
});

describe('stop', () => {
  it('is a fact of its own, since the voices end later', () => {
    specification(stopDecider)
      .given()
      .when({ type: 'RequestStop', play_id: null, fade_ms: 20 })
      .thenAccepted({ type: 'StopRequested', data: { play_id: null, fade_ms: 20 } });
  });
});
