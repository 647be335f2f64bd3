import type { Recording } from '../adapters/vlc/testing/recording.ts';

const stepMs = 1;
export const onsetWindowMs = 5;
const audible = 0.05;

/** Where in the recording a tone begins to be heard; NaN where it does not. */
export const onsetOf = (
  heard: Recording,
  hz: number,
  fromMs: number,
  untilMs: number = heard.lengthMs,
): number => {
  const end = Math.min(untilMs, heard.lengthMs - onsetWindowMs);
  for (let at = fromMs; at < end; at += stepMs) {
    if (heard.level(hz, at, at + onsetWindowMs) > audible) return at;
  }
  return Number.NaN;
};

const beepFrames = 48 * 40;

/** 40 ms of a tone as a sink takes it: the floor that presses are measured over. */
export const beep = (hz: number): Buffer => {
  const pcm = Buffer.alloc(beepFrames * 4);
  for (let frame = 0; frame < beepFrames; frame++) {
    const sample = Math.round(8000 * Math.sin((2 * Math.PI * hz * frame) / 48_000));
    pcm.writeInt16LE(sample, frame * 4);
    pcm.writeInt16LE(sample, frame * 4 + 2);
  }
  return pcm;
};
