import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type {
  Board,
  BoardChanged,
  BoardChanges,
  BoardSummary,
  NewBoard,
} from '../../server/boards/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { moved, pinned, put, unpinned, without } from './board-guess.ts';

/** The id by which the server knows the keys that hold where all sounds are shown. */
const ownKeys = 'own';
/** As many as the server takes at once. */
const addedAtOnceMax = 100;
/** What comes in a row is asked for once. */
const reloadAfterMs = 150;
/** A scan tells of sound after sound. */
const soundsReloadAfterMs = 2_000;

export type ShownBoard = {
  id: string;
  /** null while it is not here. */
  board: Board | null;
  /** It was deleted, was never there, or is somebody's own. */
  gone: boolean;
  /** Why it did not load, a sentence; empty while it is not known, and where it did. */
  error: string;
};

/** The boards that one person sees, the one in view, and what the keys 1 to 9 play there. */
export type Boards = {
  /** By name. */
  readonly list: ReadonlySignal<readonly BoardSummary[]>;
  /** null where all sounds are shown. */
  readonly shown: ReadonlySignal<ShownBoard | null>;
  /** Whose keys hold now: the board's that is shown, or one's own; null while they are not here. */
  readonly keyed: ReadonlySignal<Board | null>;
  /** Whether the board in view is being put in order. */
  readonly arranging: Signal<boolean>;
  load(): Promise<void>;
  /** Brings a board into view; null: all sounds. */
  open(id: string | null): void;
  hear(message: FeedMessage): void;
  make(board: Pick<NewBoard, 'name'> & Partial<NewBoard>): Promise<Board>;
  change(id: string, changes: BoardChanges): Promise<void>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** At the end, or before a pad. */
  add(id: string, soundIds: readonly string[], before?: string | null): Promise<void>;
  take(id: string, soundId: string): Promise<void>;
  /** Before another pad, or last. The page has it at once, and as before where the server says no. */
  move(id: string, soundId: string, before: string | null): Promise<void>;
  pin(id: string, key: number, soundId: string): Promise<void>;
  unpin(id: string, key: number): Promise<void>;
};

const pathOf = (id: string): string => `/boards/${encodeURIComponent(id)}`;

const withOne = <V>(map: ReadonlyMap<string, V>, id: string, value: V | null) => {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
};

export const createBoards = (http: Http): Boards => {
  const list = signal<readonly BoardSummary[]>([]);
  /** What the server has said. */
  const known = signal<ReadonlyMap<string, Board>>(new Map());
  /** What is asked for and not answered. */
  const wanted = signal<ReadonlyMap<string, Board>>(new Map());
  const shownId = signal<string | null>(null);
  const missed = signal<{ id: string; gone: boolean; error: string } | null>(null);
  const arranging = signal(false);
  const current = (id: string): Board | null => wanted.value.get(id) ?? known.value.get(id) ?? null;
  /** Board → its commands that are not answered; one after the other, as they were given. */
  const lines = new Map<string, { last: Promise<unknown>; count: number }>();
  /** Board → the newest revision that the feed told of. */
  const told = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let turn = 0;

  const soon = (what: string, ms: number, then: () => void): void => {
    if (timers.has(what)) return;
    const run = (): void => {
      timers.delete(what);
      then();
    };
    timers.set(what, setTimeout(run, ms));
  };

  const know = (board: Board): void => {
    const before = known.peek().get(board.id);
    // Keys of one's own are somebody else's once another person has signed in.
    const same = before?.owner_id === board.owner_id;
    if (before && same && before.revision > board.revision) return;
    known.value = withOne(known.peek(), board.id, board);
    if (missed.peek()?.id === board.id) missed.value = null;
    list.value = list.peek().map((one) => (one.id === board.id ? board : one));
  };

  const forget = (id: string): void => {
    known.value = withOne(known.peek(), id, null);
    list.value = list.peek().filter((one) => one.id !== id);
    if (shownId.peek() === id) missed.value = { id, gone: true, error: '' };
  };

  const loadOne = async (id: string): Promise<void> => {
    try {
      know(await http.get<Board>(pathOf(id)));
    } catch (cause) {
      if (cause instanceof ApiProblem && cause.status === 404) return forget(id);
      // With a board on screen a failed reload is no reason to take it away.
      if (!known.peek().has(id)) missed.value = { id, gone: false, error: sentenceOf(cause) };
    }
  };

  const loadList = async (): Promise<void> => {
    const mine = ++turn;
    try {
      const all = await everyPage<BoardSummary>(http, '/boards');
      if (mine === turn) list.value = all;
    } catch {
      // All sounds are there without it; the next line to the server asks again.
    }
  };

  const load = async (): Promise<void> => {
    const id = shownId.peek();
    await Promise.all([loadList(), loadOne(ownKeys), id === null ? undefined : loadOne(id)]);
  };

  const reload = (id: string): void => {
    if (lines.has(id)) return;
    if ((known.peek().get(id)?.revision ?? -1) < (told.get(id) ?? 0)) void loadOne(id);
  };

  /** As it will be at once, then as the server says it is. */
  const act = async (
    id: string,
    guess: (board: Board) => Board,
    ask: () => Promise<Board>,
  ): Promise<void> => {
    const board = current(id);
    if (board) wanted.value = withOne(wanted.peek(), id, guess(board));
    const line = lines.get(id) ?? { last: Promise.resolve(), count: 0 };
    lines.set(id, line);
    line.count++;
    const answer = line.last.then(ask);
    line.last = answer.catch(() => undefined);
    try {
      know(await answer);
    } catch (error) {
      // Refused because it has changed meanwhile: then what it has become is to be seen.
      told.set(id, Infinity);
      throw error;
    } finally {
      if (--line.count === 0) {
        lines.delete(id);
        wanted.value = withOne(wanted.peek(), id, null);
        reload(id);
        told.delete(id);
      }
    }
  };

  const onChange = ({ board_id: id, change, revision }: BoardChanged): void => {
    if (change === 'deleted') return forget(id);
    if (change !== 'keys') soon('list', reloadAfterMs, () => void loadList());
    told.set(id, Math.max(revision, told.get(id) ?? 0));
    if (id === shownId.peek() || known.peek().has(id)) soon(id, reloadAfterMs, () => reload(id));
  };

  return {
    list,
    shown: computed(() => {
      const id = shownId.value;
      if (id === null) return null;
      const problem = missed.value?.id === id ? missed.value : null;
      return { gone: false, error: '', ...problem, id, board: current(id) };
    }),
    arranging,
    keyed: computed(() => current(shownId.value ?? ownKeys)),
    load,
    open(id) {
      if (id === shownId.peek()) return;
      missed.value = null;
      arranging.value = false;
      shownId.value = id;
      // What is known of it shows meanwhile.
      if (id !== null) void loadOne(id);
    },
    hear({ type, data }) {
      if (type === 'board_changed') onChange(data as BoardChanged);
      if (type === 'resync') void load();
      const id = shownId.peek();
      if (type !== 'sound_changed' || id === null) return;
      // One that comes back to the library comes back to its place.
      soon('sounds', soundsReloadAfterMs, () => void loadOne(id));
    },
    async make(board) {
      const made = await http.post<Board>('/boards', board);
      known.value = withOne(known.peek(), made.id, made);
      await loadList();
      return made;
    },
    async change(id, changes) {
      know(await http.patch<Board>(pathOf(id), changes));
    },
    async remove(id) {
      await http.delete(pathOf(id));
      forget(id);
    },
    async restore(id) {
      know(await http.post<Board>(`${pathOf(id)}/restore`));
      await loadList();
    },
    async add(id, soundIds, before = null) {
      for (let from = 0; from < soundIds.length; from += addedAtOnceMax) {
        const some = soundIds.slice(from, from + addedAtOnceMax);
        await act(
          id,
          (board) => put(board, some, before),
          () => http.post<Board>(`${pathOf(id)}/pads`, { sound_ids: some, before }),
        );
      }
    },
    take: (id, soundId) =>
      act(
        id,
        (board) => without(board, soundId),
        () => http.delete<Board>(`${pathOf(id)}/pads/${encodeURIComponent(soundId)}`),
      ),
    move: (id, soundId, before) =>
      act(
        id,
        (board) => moved(board, soundId, before),
        () =>
          http.post<Board>(`${pathOf(id)}/pads/${encodeURIComponent(soundId)}/move`, { before }),
      ),
    pin: (id, key, soundId) =>
      act(
        id,
        (board) => pinned(board, key, soundId),
        () => http.put<Board>(`${pathOf(id)}/keys/${key}`, { sound_id: soundId }),
      ),
    unpin: (id, key) =>
      act(
        id,
        (board) => unpinned(board, key),
        () => http.delete<Board>(`${pathOf(id)}/keys/${key}`),
      ),
  };
};
