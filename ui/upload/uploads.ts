import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Sound } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { randomId } from '../design/ids.ts';
import { limitFault } from './limits.ts';
import type { SendFile } from './send.ts';

export type UploadState =
  | { is: 'waiting' }
  /** `part` of the bytes that are there, 0 … 1. */
  | { is: 'sending'; part: number }
  /** All bytes are there, and the server looks at them. */
  | { is: 'checking' }
  | { is: 'added' | 'existing'; sound: Sound }
  /** `again` when another try may end otherwise. */
  | { is: 'refused'; reason: string; again: boolean };

export type Upload = { readonly id: string; readonly file: File; readonly state: UploadState };

export type Uploads = {
  /** In the order in which they came. */
  readonly items: ReadonlySignal<readonly Upload[]>;
  /** Whether something is still on its way. */
  readonly busy: ReadonlySignal<boolean>;
  /** Files of a dropped folder that are no sounds. */
  readonly leftOut: ReadonlySignal<number>;
  add(files: readonly File[], leftOut?: number): void;
  retry(id: string): void;
  /** Takes it off the list; what has not arrived yet does not become a sound. */
  remove(id: string): void;
  /** Forgets what has ended. */
  clear(): void;
};

const sendsMax = 2;

const isUnderWay = ({ state }: Upload): boolean =>
  state.is === 'waiting' || state.is === 'sending' || state.is === 'checking';

/** Answers that would be the same the next time. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 413 || error.status === 422);

/** Files on their way to the library, two at a time. */
export const createUploads = (http: Http, send: SendFile): Uploads => {
  const items = signal<readonly Upload[]>([]);
  const leftOut = signal(0);
  const aborts = new Map<string, AbortController>();

  const set = (id: string, state: UploadState): void => {
    items.value = items.peek().map((one) => (one.id === id ? { ...one, state } : one));
  };

  const sendOne = async ({ id, file }: Upload): Promise<void> => {
    const abort = new AbortController();
    aborts.set(id, abort);
    set(id, { is: 'sending', part: 0 });
    try {
      // A cookie that has lapsed is rotated by a small question, not found out by a large body.
      await http.get('/auth/me');
      abort.signal.throwIfAborted();
      const { status, sound } = await send(file, {
        signal: abort.signal,
        onProgress: (part) => set(id, part < 1 ? { is: 'sending', part } : { is: 'checking' }),
      });
      set(id, { is: status, sound });
    } catch (error) {
      set(id, { is: 'refused', reason: sentenceOf(error), again: !isFinal(error) });
    } finally {
      aborts.delete(id);
      next();
    }
  };

  const next = (): void => {
    while (aborts.size < sendsMax) {
      const waiting = items.peek().find(({ state }) => state.is === 'waiting');
      if (!waiting) return;
      void sendOne(waiting);
    }
  };

  return {
    items,
    leftOut,
    busy: computed(() => items.value.some(isUnderWay)),
    add(files, out = 0) {
      leftOut.value += out;
      const added = files.map((file): Upload => {
        const reason = limitFault(file);
        const state: UploadState =
          reason === null ? { is: 'waiting' } : { is: 'refused', reason, again: false };
        return { id: randomId(), file, state };
      });
      items.value = [...items.peek(), ...added];
      next();
    },
    retry(id) {
      set(id, { is: 'waiting' });
      next();
    },
    remove(id) {
      items.value = items.peek().filter((one) => one.id !== id);
      aborts.get(id)?.abort();
    },
    clear() {
      items.value = items.peek().filter(isUnderWay);
      leftOut.value = 0;
    },
  };
};
