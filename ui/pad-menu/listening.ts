import { msg } from '@lit/localize';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Http } from '../api/http.ts';
import { CommandRefused } from '../api/problem.ts';

/** What to hear of a sound, in ms of the file, and how loud. */
export type Listen = { soundId: string; startMs: number; endMs: number; gainDb: number };

export type Listening = {
  /** Place in the file while it sounds, ms; null in silence. */
  readonly positionMs: ReadonlySignal<number | null>;
  /** Resolves when it has ended or was stopped; rejects where it cannot be heard. */
  start(what: Listen): Promise<void>;
  /** Louder or softer while it sounds. */
  setGain(gainDb: number): void;
  stop(): void;
};

const cannot = msg('This browser cannot play this file. Download it to hear it here.');

const factorOf = (gainDb: number): number => 10 ** (gainDb / 20);

/** A sound on this device and not in the room. */
export const createListening = (http: Http): Listening => {
  const positionMs = signal<number | null>(null);
  let context: AudioContext | undefined;
  let gain: GainNode | undefined;
  let end: (() => void) | undefined;

  const stop = (): void => end?.();

  /** An element alone cannot play louder than the file. */
  const throughGain = (audio: HTMLAudioElement, gainDb: number): void => {
    context ??= new AudioContext();
    void context.resume();
    gain = context.createGain();
    gain.gain.value = factorOf(gainDb);
    context.createMediaElementSource(audio).connect(gain).connect(context.destination);
  };

  const play = async (audio: HTMLAudioElement, { soundId, startMs }: Listen): Promise<void> => {
    const begin = (): Promise<void> => {
      audio.src = `/api/v1/sounds/${soundId}/audio`;
      audio.currentTime = startMs / 1000;
      return audio.play();
    };
    try {
      await begin();
    } catch {
      if (positionMs.peek() === null) return;
      // An element cannot rotate a lapsed cookie; and this says in words what is wrong.
      await http.get(`/sounds/${soundId}`);
      if (positionMs.peek() === null) return;
      await begin().catch(() => Promise.reject(new CommandRefused('not_playable', cannot)));
    }
  };

  return {
    positionMs,
    async start(what) {
      stop();
      const audio = new Audio();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let frame = 0;
      const follow = (): void => {
        const atMs = audio.currentTime * 1000;
        if (atMs >= what.endMs) return stop();
        positionMs.value = Math.max(what.startMs, atMs);
        frame = requestAnimationFrame(follow);
      };
      end = () => {
        cancelAnimationFrame(frame);
        end = undefined;
        positionMs.value = null;
        audio.pause();
        audio.removeAttribute('src');
        audio.load();
        resolve();
      };
      audio.addEventListener('ended', stop);
      // Frames rest while the page is in the background.
      audio.addEventListener('timeupdate', () => {
        if (audio.currentTime * 1000 >= what.endMs) stop();
      });
      positionMs.value = what.startMs;
      throughGain(audio, what.gainDb);
      play(audio, what).then(
        () => {
          if (end) frame = requestAnimationFrame(follow);
        },
        (error: unknown) => {
          reject(error);
          stop();
        },
      );
      return promise;
    },
    setGain(gainDb) {
      if (gain) gain.gain.value = factorOf(gainDb);
    },
    stop,
  };
};
