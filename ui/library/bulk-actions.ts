import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Sound } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import type { ToastAction, ToastTone } from '../design/toast-event.ts';
import { countWord } from '../design/words.ts';
import { runBatch, type BatchOutcome } from './batch.ts';
import type { Holdings } from './holdings.ts';
import { normaliseOne } from './normalise-one.ts';
import { soundsWord } from './words.ts';

/** What is being done to many sounds now. */
export type BulkRun = { label: string; done: number; total: number };

export type BulkActions = {
  /** null while nothing is being done. */
  readonly run: ReadonlySignal<BulkRun | null>;
  addTag(sounds: readonly Sound[], tag: string): Promise<void>;
  removeTag(sounds: readonly Sound[], tag: string): Promise<void>;
  remove(sounds: readonly Sound[]): Promise<void>;
  normalise(sounds: readonly Sound[]): Promise<void>;
  /** Nothing more is begun; what was done stays. */
  cancel(): void;
};

type Say = (text: string, way: ToastAction | null, tone: ToastTone) => void;

const failedWords = (outcome: BatchOutcome<Sound>): string => {
  const [first] = outcome.failed;
  if (!first) return '';
  const count = outcome.failed.length;
  return count === 1
    ? `“${first.item.name}” was not: ${first.reason}`
    : `${countWord(count)} were not, “${first.item.name}” for one: ${first.reason}`;
};

/**
 * What can be done to many sounds at once, by the routes for one, each with a way back where there
 * is one.
 */
export const createBulkActions = (http: Http, holdings: Holdings, say: Say): BulkActions => {
  const run = signal<BulkRun | null>(null);
  let abort = new AbortController();

  const through = async (
    label: string,
    sounds: readonly Sound[],
    work: (sound: Sound) => Promise<unknown>,
    atOnce?: number,
  ): Promise<BatchOutcome<Sound>> => {
    if (run.peek()) return { done: [], failed: [], left: [...sounds] };
    abort = new AbortController();
    const total = sounds.length;
    run.value = { label, done: 0, total };
    try {
      return await runBatch(sounds, work, {
        onProgress: (done) => (run.value = { label, done, total }),
        signal: abort.signal,
        ...(atOnce !== undefined && { atOnce }),
      });
    } finally {
      run.value = null;
    }
  };

  const tell = (what: string, outcome: BatchOutcome<Sound>, undo: (() => void) | null): void => {
    const { done, failed, left } = outcome;
    const good =
      done.length > 0 || failed.length === 0 ? `${soundsWord(done.length)} ${what}.` : '';
    const rest = left.length > 0 ? `${soundsWord(left.length)} left as they were.` : '';
    const text = [good, failedWords(outcome), rest].filter(Boolean).join(' ');
    const way = undo && done.length > 0 ? { label: 'Undo', run: undo } : null;
    say(text, way, failed.length > 0 ? 'alert' : 'done');
  };

  const setTags = async (sound: Sound, tags: readonly string[]): Promise<void> => {
    holdings.know(await http.patch<Sound>(`/sounds/${sound.id}`, { tags }));
  };

  /** Gives each the tags it had before, which is what the sound at hand still says. */
  const untag = async (sounds: readonly Sound[]): Promise<void> => {
    tell('as before', await through('Undoing', sounds, (one) => setTags(one, one.tags)), null);
  };

  const restore = async (sounds: readonly Sound[]): Promise<void> => {
    const outcome = await through('Restoring', sounds, async ({ id }) =>
      holdings.know(await http.post<Sound>(`/sounds/${id}/restore`)),
    );
    tell('restored', outcome, null);
  };

  return {
    run,
    async addTag(sounds, tag) {
      const without = sounds.filter(({ tags }) => !tags.includes(tag));
      if (without.length === 0)
        return say(`All of them have the tag “${tag}” already.`, null, 'done');
      const outcome = await through(`Adding “${tag}”`, without, (one) =>
        setTags(one, [...one.tags, tag]),
      );
      tell(`tagged “${tag}”`, outcome, () => void untag(outcome.done));
    },
    async removeTag(sounds, tag) {
      const having = sounds.filter(({ tags }) => tags.includes(tag));
      const outcome = await through(`Removing “${tag}”`, having, (one) =>
        setTags(
          one,
          one.tags.filter((each) => each !== tag),
        ),
      );
      tell(`lost the tag “${tag}”`, outcome, () => void untag(outcome.done));
    },
    async remove(sounds) {
      const outcome = await through('Deleting', sounds, async ({ id }) => {
        await http.delete(`/sounds/${id}`);
        holdings.forget(id);
      });
      tell('deleted', outcome, () => void restore(outcome.done));
    },
    async normalise(sounds) {
      const outcome = await through('Normalising', sounds, ({ id }) => normaliseOne(http, id), 1);
      tell('normalised', outcome, null);
    },
    cancel: () => abort.abort(),
  };
};
