import { setTimeout as sleep } from 'node:timers/promises';
import type { NullSink } from '../adapters/vlc/testing/null-sink.ts';
import { wavHeaderBytes } from '../kernel/wav.ts';

export type Way = { readonly name: string; press(): Promise<void> | void };
export type Heard = { latenciesMs: number[]; shares: number[]; lost: number };

/** The recording's clock may run a little ahead of ours. */
const clockSlackMs = 60;

/**
 * Presses at uneven moments, the ways in turn and all in one recording: a busy moment of the
 * machine and the unknown offset of the recording's clock hit every way alike.
 */
export const hear = async (
  sink: NullSink,
  ways: readonly Way[],
  clipMs: number,
  goesOn: (rounds: number) => boolean,
): Promise<Heard[]> => {
  const recorder = await sink.record();
  await sleep(300);
  const pressed: { at: number; way: number }[] = [];
  for (let round = 0; goesOn(round); round++) {
    for (const [way, { press: pressIt }] of ways.entries()) {
      pressed.push({ at: performance.now(), way });
      await pressIt();
      await sleep(clipMs + 180 + Math.random() * 40);
    }
  }
  await sleep(300);
  const recording = await recorder.stop();
  const sounds = recording.sounds().map(({ startMs, lengthMs }) => ({
    at: recording.startedAtMs + startMs + clockSlackMs,
    lengthMs,
  }));
  const heard = pressed.map(({ at, way }, index) => {
    const until = pressed[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const own = sounds.filter((sound) => sound.at >= at && sound.at < until);
    const lengthMs = own.reduce((sum, sound) => sum + sound.lengthMs, 0);
    const latencyMs = own[0] && own[0].at - clockSlackMs - at;
    return { way, latencyMs, share: lengthMs / clipMs };
  });
  return ways.map((_, way) => {
    const own = heard.filter((one) => one.way === way);
    return {
      latenciesMs: own.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs])),
      shares: own.map(({ share }) => share),
      lost: own.filter(({ latencyMs }) => latencyMs === undefined).length,
    };
  });
};

/** As a null sink takes it. */
export const stereo = (wav: Buffer): Buffer => {
  const mono = wav.subarray(wavHeaderBytes);
  const pcm = Buffer.alloc(mono.length * 2);
  for (let at = 0; at < mono.length; at += 2) {
    mono.copy(pcm, at * 2, at, at + 2);
    mono.copy(pcm, at * 2 + 2, at, at + 2);
  }
  return pcm;
};
