import { msg, str } from '@lit/localize';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Sound, SoundPolicy } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Favourites } from '../board/favourites.ts';
import type { ToastAction, ToastTone } from '../design/toast-event.ts';
import { countWord } from '../design/words.ts';
import { runBatch, type BatchOutcome } from './batch.ts';
import { soundsWord } from '../library/words.ts';
import { policyWords } from '../pad-menu/sound-words.ts';
import { normalisePicked } from './normalise-picked.ts';

/** What of a picked sound matters here. */
export type Picked = Pick<Sound, 'id' | 'name' | 'tags'>;

/** Who shows the sounds is told what became of them. */
export type Keeper = { know(sound: Sound): void; forget(id: string): void };

/** What is being done to many sounds now. */
export type BulkRun = { label: string; done: number; total: number };

export type BulkActions = {
  /** null while nothing is being done. */
  readonly run: ReadonlySignal<BulkRun | null>;
  addTag(sounds: readonly Picked[], tag: string): Promise<void>;
  removeTag(sounds: readonly Picked[], tag: string): Promise<void>;
  setPolicy(sounds: readonly Picked[], policy: SoundPolicy): Promise<void>;
  /** Makes all of them favourites, or none where all are. */
  favour(sounds: readonly Picked[], favourites: Favourites): Promise<void>;
  remove(sounds: readonly Picked[]): Promise<void>;
  normalise(sounds: readonly Picked[]): Promise<void>;
  /** Nothing more is begun; what was done stays. */
  cancel(): void;
};

type Say = (text: string, way: ToastAction | null, tone: ToastTone) => void;

const failedWords = (
  [first]: readonly { item: Picked; reason: string }[],
  count: number,
): string => {
  if (!first) return '';
  return count === 1
    ? msg(str`“${first.item.name}” was not: ${first.reason}`)
    : msg(str`${countWord(count)} were not, “${first.item.name}” for one: ${first.reason}`);
};

/**
 * What can be done to many sounds at once, by the routes for one, each with a way back where there
 * is one.
 */
export const createBulkActions = (http: Http, keeper: Keeper, say: Say): BulkActions => {
  const run = signal<BulkRun | null>(null);
  let abort = new AbortController();

  const through = async (
    label: string,
    sounds: readonly Picked[],
    work: (sound: Picked) => Promise<unknown>,
    atOnce?: number,
  ): Promise<BatchOutcome<Picked>> => {
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

  const tell = (what: string, outcome: BatchOutcome<Picked>, undo: (() => void) | null): void => {
    const { done, failed, left } = outcome;
    const good =
      done.length > 0 || failed.length === 0 ? msg(str`${soundsWord(done.length)} ${what}.`) : '';
    const rest = left.length > 0 ? msg(str`${soundsWord(left.length)} unchanged.`) : '';
    const text = [good, failedWords(failed, failed.length), rest].filter(Boolean).join(' ');
    const way = undo && done.length > 0 ? { label: msg('Undo'), run: undo } : null;
    say(text, way, failed.length > 0 ? 'alert' : 'done');
  };

  const setTags = async (sound: Picked, tags: readonly string[]): Promise<void> => {
    keeper.know(await http.patch<Sound>(`/sounds/${sound.id}`, { tags }));
  };

  /** Gives each the tags it had before, which is what the sound at hand still says. */
  const untag = async (sounds: readonly Picked[]): Promise<void> => {
    tell(
      msg('as before'),
      await through(msg('Undoing'), sounds, (one) => setTags(one, one.tags)),
      null,
    );
  };

  const restore = async (sounds: readonly Picked[]): Promise<void> => {
    const outcome = await through(msg('Restoring'), sounds, async ({ id }) =>
      keeper.know(await http.post<Sound>(`/sounds/${id}/restore`)),
    );
    tell(msg('restored'), outcome, null);
  };

  return {
    run,
    async addTag(sounds, tag) {
      const without = sounds.filter(({ tags }) => !tags.includes(tag));
      if (without.length === 0)
        return say(msg(str`All of them have the tag “${tag}” already.`), null, 'done');
      const outcome = await through(msg(str`Adding “${tag}”`), without, (one) =>
        setTags(one, [...one.tags, tag]),
      );
      tell(msg(str`tagged “${tag}”`), outcome, () => void untag(outcome.done));
    },
    async removeTag(sounds, tag) {
      const having = sounds.filter(({ tags }) => tags.includes(tag));
      const outcome = await through(msg(str`Removing “${tag}”`), having, (one) =>
        setTags(
          one,
          one.tags.filter((each) => each !== tag),
        ),
      );
      tell(msg(str`lost the tag “${tag}”`), outcome, () => void untag(outcome.done));
    },
    async remove(sounds) {
      const outcome = await through(msg('Deleting'), sounds, async ({ id }) => {
        await http.delete(`/sounds/${id}`);
        keeper.forget(id);
      });
      tell(msg('deleted'), outcome, () => void restore(outcome.done));
    },
    async setPolicy(sounds, policy) {
      const before = new Map<string, SoundPolicy>();
      const set = async ({ id }: Picked, wanted: SoundPolicy): Promise<void> =>
        keeper.know(await http.patch<Sound>(`/sounds/${id}`, { policy: wanted }));
      const { label } = policyWords[policy];
      const outcome = await through(msg(str`Setting “${label}”`), sounds, async (one) => {
        before.set(one.id, (await http.get<Sound>(`/sounds/${one.id}`)).policy);
        await set(one, policy);
      });
      const undo = async (): Promise<void> => {
        const back = await through(msg('Undoing'), outcome.done, (one) =>
          set(one, before.get(one.id) ?? policy),
        );
        tell(msg('as before'), back, null);
      };
      tell(msg(str`set to “${label}”`), outcome, () => void undo());
    },
    async favour(sounds, favourites) {
      const ids = favourites.ids.peek();
      const others = sounds.filter(({ id }) => !ids.has(id));
      const chosen = others.length > 0 ? others : sounds;
      const flip = (label: string, some: readonly Picked[]) =>
        through(label, some, ({ id }) => favourites.toggle(id));
      const outcome = await flip(
        others.length > 0 ? msg('Adding to favourites') : msg('Taking from favourites'),
        chosen,
      );
      const undo = async (): Promise<void> =>
        tell(msg('as before'), await flip(msg('Undoing'), outcome.done), null);
      const what =
        others.length > 0 ? msg('added to your favourites') : msg('taken from your favourites');
      tell(what, outcome, () => void undo());
    },
    async normalise(sounds) {
      if (run.peek()) return;
      abort = new AbortController();
      const label = msg('Normalising');
      run.value = { label, done: 0, total: sounds.length };
      try {
        const ids = sounds.map(({ id }) => id);
        const show = (done: number, total: number) => void (run.value = { label, done, total });
        const { total, done, failed, failures } = await normalisePicked(
          http,
          ids,
          show,
          abort.signal,
        );
        if (total === 0) return say(msg('All of them were normalised already.'), null, 'done');
        const named = failures.map(({ sound_id, file, reason }) => ({
          item: sounds.find(({ id }) => id === sound_id) ?? { id: sound_id, name: file, tags: [] },
          reason,
        }));
        const bad = failedWords(named, failed);
        const left = total - done;
        const rest = left > 0 ? msg(str`${soundsWord(left)} unchanged.`) : '';
        const good = msg(str`${soundsWord(done - failed)} normalised.`);
        say([good, bad, rest].filter(Boolean).join(' '), null, failed > 0 ? 'alert' : 'done');
      } catch (error) {
        say(sentenceOf(error), null, 'alert');
      } finally {
        run.value = null;
      }
    },
    cancel: () => abort.abort(),
  };
};
