/** Cue points as they are heard: the player cuts what is too long for a decoded copy. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { VoicePosition } from '../../player/contract.ts';
import { makeTone, makeTurn, type TurnFormat } from './testing/clips.ts';
import { openRoom, type Room } from './testing/player-room.ts';
import type { Recording } from './testing/recording.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const lagMs = 300;
const frequenciesHz: [number, number] = [500, 2000];
const turnMs = 33_333;
const cut = { start_ms: turnMs - 500, end_ms: turnMs + 700 };
const offMsMax = 50;
const stepMs = 5;

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room.dispose());

/** Milliseconds from the beginning of the recording until the second tone is the louder one. */
const turnHeardAt = (heard: Recording): number => {
  const [before, after] = frequenciesHz;
  for (let at = 0; at < heard.lengthMs; at += stepMs) {
    const [first, second] = [before, after].map((hz) => heard.level(hz, at, at + 2 * stepMs));
    if ((second ?? 0) > 0.05 && (second ?? 0) > (first ?? 0)) return at + stepMs;
  }
  throw new Error('the second tone is not heard');
};

const formats = ['wav', 'mp3', 'vbr.mp3', 'ogg', 'flac', 'm4a', 'opus'] satisfies TurnFormat[];

describe('the length that is told', () => {
  it.each([
    ['from a beginning to the end', { start_ms: 500 }, 1000],
    ['from far in to the end', { start_ms: 1000 }, 500],
    ['between both', { start_ms: 200, end_ms: 900 }, 700],
    ['to an end that lies behind the file', { start_ms: 500, end_ms: 9000 }, 1000],
    ['of the whole file', {}, 1500],
  ])('is what is heard: %s', async (_what, cues, wantedMs) => {
    const clip = await makeTone(room.dir, { frequencyHz: 700, lengthMs: 1500 });
    const { play_id } = room.play(clip, cues);
    const isIt = (voice: VoicePosition) => voice.play_id === play_id && voice.duration_ms > 0;
    const { voices } = await room.report('voices', (report) =>
      report.voices.some((voice) => isIt(voice) && voice.position_ms > 0),
    );
    expect(voices.find(isIt)?.duration_ms).toBe(wantedMs);
    await room.over([play_id]);
  });
});

// A recording is made in real time: one hiccup of a busy machine is heard, the same one twice is ours.
describe('between its cue points', { retry: 1 }, () => {
  it.each(formats)('a long %s is heard, and nothing else of it', async (format) => {
    const clip = await makeTurn(room.dir, { format, turnMs, lengthMs: 60_000, frequenciesHz });
    const recorder = await room.sink.record();
    const { play_id } = room.play(clip, cut);
    await room.over([play_id]);
    await sleep(lagMs);
    const heard = await recorder.stop();
    const [sound, ...others] = heard.sounds();
    expect(others).toEqual([]);
    const [startMs, endMs] = [sound?.startMs ?? 0, (sound?.startMs ?? 0) + (sound?.lengthMs ?? 0)];
    const turn = turnHeardAt(heard);
    expect(Math.abs(turn - startMs - (turnMs - cut.start_ms))).toBeLessThan(offMsMax);
    expect(Math.abs(endMs - turn - (cut.end_ms - turnMs))).toBeLessThan(offMsMax);
    const { heard_ms } = await room.report('voice_ended', (report) => report.play_id === play_id);
    expect(Math.round(heard_ms)).toBe(cut.end_ms - cut.start_ms);
  });
});
