import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  Catalogue,
  CatalogueItem,
  JobProgress,
  ScanReport,
  Waveforms,
} from '../../server/sounds/contract.ts';
import { firstPads, opensWithFirstPads } from '../api/early.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { breathe, painted } from '../design/painted.ts';
import { createFavourites, type Favourites } from './favourites.ts';
import { Vocabulary } from './search.ts';
import { boardSound, facetsOf, isSame, type BoardSound, type Facets } from './sounds.ts';

export type LibraryStatus = 'loading' | 'ready' | 'error';

/** Files compared with the library so far; `total` is 0 until they are counted. */
export type ScanProgress = { done: number; total: number };

/** A board as it was when the box last answered. */
export type LastKnown = {
  items: readonly CatalogueItem[];
  waveforms: Readonly<Record<string, string>>;
  favourites: readonly string[];
};

export type Library = {
  readonly status: ReadonlySignal<LibraryStatus>;
  /** The first pads of the board, while all of them are on their way. */
  readonly first: ReadonlySignal<readonly BoardSound[]>;
  /** A sentence, when `status` is error. */
  readonly error: ReadonlySignal<string>;
  readonly sounds: ReadonlySignal<readonly BoardSound[]>;
  readonly byId: ReadonlySignal<ReadonlyMap<string, BoardSound>>;
  readonly facets: ReadonlySignal<Facets>;
  readonly favourites: Favourites;
  readonly vocabulary: ReadonlySignal<Vocabulary>;
  /** Sound id → 44 hex digits; comes after the catalogue. */
  readonly waveforms: ReadonlySignal<Readonly<Record<string, string>>>;
  /** null while the folders are not looked through. */
  readonly scanning: ReadonlySignal<ScanProgress | null>;
  /** For a page that opens: the first pads as soon as can be, and all sounds after what is `before` them. */
  open(before?: () => Promise<void>): Promise<void>;
  load(): Promise<void>;
  /** Shows what was known, until the box answers. */
  restore(known: LastKnown): void;
  /** What the server has just said of a sound; another name asks for the catalogue, and so its place. */
  put(sound: CatalogueItem): void;
  /** Keeps a sound off the board as long as it is being removed, or shows it again. */
  hide(soundId: string, hidden: boolean): void;
  /** Loads again if what is shown is older than what was asked for: the last load failed. */
  catchUp(): void;
  /** Lets the server look through the folders, and loads what it found. */
  scan(): Promise<ScanReport>;
  /** A message of the feed, for what it says about the library. */
  hear(message: FeedMessage): void;
};

const reloadAfterMs = 400;
/** While a scan adds sound after sound the board follows, at a pace that 5,000 pads can take. */
const reloadEveryMs = 2_000;
const scanTimeoutMs = 10 * 60_000;
/** A scan that says nothing for so long has ended without a word. */
const scanQuietMs = 60_000;

/** At a time, so that a phone answers a finger between two of them. */
const partOfSounds = 500;

/** A sound that stays the same is the same pad. */
const inParts = async (
  items: readonly CatalogueItem[],
  known: ReadonlyMap<string, BoardSound>,
): Promise<BoardSound[]> => {
  const sounds: BoardSound[] = [];
  for (const item of items) {
    const before = known.get(item.id);
    sounds.push(before && isSame(before, item) ? before : boardSound(item));
    if (sounds.length % partOfSounds === 0) await breathe();
  }
  return sounds;
};

export const createLibrary = (http: Http): Library => {
  const status = signal<LibraryStatus>('loading');
  const error = signal('');
  const first = signal<readonly BoardSound[]>([]);
  const all = signal<readonly BoardSound[]>([]);
  const hidden = signal<ReadonlySet<string>>(new Set());
  const sounds = computed(() =>
    hidden.value.size === 0 ? all.value : all.value.filter(({ id }) => !hidden.value.has(id)),
  );
  const waveforms = signal<Readonly<Record<string, string>>>({});
  const scanning = signal<ScanProgress | null>(null);
  const favourites = createFavourites(http);
  /** Ids whose waveform is here, or is known not to exist. */
  const drawn = new Set<string>();
  /** Of the answers that are shown: much that changes of a sound is not on its pad. */
  const tags: { catalogue: string | null; waveforms: string | null } = {
    catalogue: null,
    waveforms: null,
  };
  let stale = false;
  let puts = 0;
  let asked = 0;
  let shown = 0;
  let drawnBy = 0;
  let scans = 0;
  let reload: ReturnType<typeof setTimeout> | undefined;
  let reloadedAtMs = -Infinity;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const byId = computed(() => {
    const here = status.value === 'ready' ? sounds.value : first.value;
    return new Map(here.map((sound) => [sound.id, sound]));
  });

  const open = async (before?: () => Promise<void>): Promise<void> => {
    if (opensWithFirstPads()) {
      try {
        const { items } = await http.get<Catalogue>(firstPads);
        if (status.peek() !== 'ready') {
          first.value = items.map(boardSound);
          await painted();
          await before?.();
        }
      } catch {
        // The whole says what is the matter, or is there at once.
      }
    }
    await load();
  };

  const load = async (): Promise<void> => {
    const turn = ++asked;
    const putsBefore = puts;
    if (status.peek() === 'error') status.value = 'loading';
    try {
      const answer = await http.getNew<Catalogue>('/sounds/catalogue', tags.catalogue);
      const now = answer ? await inParts(answer.body.items, byId.peek()) : all.peek();
      // An answer that was overtaken by a later one is the past.
      if (turn < shown) return;
      shown = turn;
      if (turn === asked) stale = false;
      // What was put in meanwhile may be older or newer than this: the next answer is read.
      if (answer) tags.catalogue = puts === putsBefore ? answer.tag : null;
      batch(() => {
        all.value = now;
        // What is gone need not be hidden any more, and may come back.
        if (hidden.peek().size > 0) {
          const ids = new Set(now.map(({ id }) => id));
          hidden.value = new Set([...hidden.peek()].filter((id) => ids.has(id)));
        }
      });
      // The first pads stay a moment longer: what follows from all sounds is a task of its own.
      if (status.peek() !== 'ready') await breathe();
      batch(() => {
        status.value = 'ready';
        first.value = [];
      });
    } catch (cause) {
      if (turn < asked) return;
      stale = true;
      // With a library on screen a failed reload is no reason to take it away.
      if (status.peek() === 'ready') return;
      error.value = sentenceOf(cause);
      status.value = 'error';
      return;
    }
    await loadWaveforms(turn);
  };

  /** Pads stand flat until this comes. It is as large as the catalogue and changes seldom. */
  const loadWaveforms = async (turn: number): Promise<void> => {
    const ids = sounds.peek().map((sound) => sound.id);
    if (ids.every((id) => drawn.has(id))) return;
    // Marked now, so that a sound that changes on the way is asked for again.
    for (const id of ids) drawn.add(id);
    try {
      const answer = await http.getNew<Waveforms>('/sounds/waveforms', tags.waveforms);
      if (turn < drawnBy) return;
      drawnBy = turn;
      if (!answer) return;
      tags.waveforms = answer.tag;
      waveforms.value = answer.body.items;
    } catch {
      drawn.clear();
      stale = true;
    }
  };

  const reloadSoon = (): void => {
    if (reload !== undefined) return;
    const waitMs = Math.max(reloadAfterMs, reloadedAtMs + reloadEveryMs - performance.now());
    reload = setTimeout(() => {
      reload = undefined;
      reloadedAtMs = performance.now();
      void load().then(endScan);
    }, waitMs);
  };

  const onChange = ({ sound_id, favourite }: { sound_id: string; favourite?: boolean }): void => {
    // A favourite is somebody's own: the catalogue knows nothing of it.
    if (favourite !== undefined) return;
    drawn.delete(sound_id);
    reloadSoon();
  };

  const onScan = ({ state, ...progress }: ScanProgress & Pick<JobProgress, 'state'>): void => {
    clearTimeout(quiet);
    if (state === 'cancelled' || state === 'failed') {
      if (scans === 0) scanning.value = null;
      return reloadSoon();
    }
    scanning.value = progress;
    quiet = setTimeout(() => (scanning.value = null), scanQuietMs);
    // The last sounds are being written: the scan is over when they are loaded.
    if (progress.done >= progress.total) reloadSoon();
  };

  const endScan = (): void => {
    const progress = scanning.peek();
    // A scan asked for here ends with its report.
    if (scans > 0) return;
    if (progress && progress.total > 0 && progress.done >= progress.total) scanning.value = null;
  };

  return {
    status,
    first,
    error,
    sounds,
    byId,
    facets: computed(() => facetsOf(sounds.value)),
    favourites,
    vocabulary: computed(() => new Vocabulary(sounds.value)),
    waveforms,
    scanning,
    open,
    load,
    restore(known) {
      // What the server said is newer, drawn or not.
      if (status.peek() === 'ready' || shown > 0) return;
      stale = true;
      batch(() => {
        all.value = known.items.map(boardSound);
        waveforms.value = known.waveforms;
        favourites.restore(known.favourites);
        status.value = 'ready';
      });
    },
    put(item) {
      puts++;
      tags.catalogue = null;
      const before = byId.peek().get(item.id);
      all.value = all.value.map((sound) => (sound.id === item.id ? boardSound(item) : sound));
      // Another name may be another place: a pad that moves later moves under the next press.
      if (before && before.name !== item.name) void load();
    },
    hide(id, isHidden) {
      const ids = new Set(hidden.peek());
      if (isHidden) ids.add(id);
      else ids.delete(id);
      hidden.value = ids;
    },
    catchUp() {
      if (stale) void load();
      favourites.catchUp();
    },
    async scan() {
      scans++;
      scanning.value ??= { done: 0, total: 0 };
      try {
        const report = await http.post<ScanReport>('/sounds/scan', {}, scanTimeoutMs);
        await load();
        return report;
      } finally {
        scans--;
        clearTimeout(quiet);
        scanning.value = null;
      }
    },
    hear(message) {
      const { type, data } = message;
      favourites.hear(message);
      if (type === 'sound_changed') onChange(data as { sound_id: string; favourite?: boolean });
      if (type === 'resync') {
        drawn.clear();
        reloadSoon();
      }
      if (type === 'job_progress') {
        const { job, done, total, state } = data as JobProgress;
        if (job === 'scan') onScan({ done, total, state });
      }
    },
  };
};
