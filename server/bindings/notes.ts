import type { Kernel } from '../kernel/kernel.ts';

/** Whatever the network says, the notes stay small: the oldest go. */
const notesMax = 20_000;
const keepEveryMs = 15_000;

export type NoteKind = 'level' | 'counter' | 'heard' | 'device' | 'seen' | 'value';
type Note = { subject: string; topic: string; kind: NoteKind; value: string };

const keyOf = ({ subject, topic, kind }: Omit<Note, 'value'>) =>
  JSON.stringify([subject, topic, kind]);

/**
 * What devices last said, in memory, and soon on the disk: with the next commit, so that a press and
 * its counter are kept together, or a few seconds later by itself.
 */
export const createNotes = ({
  storage,
  bus,
  logger,
}: Pick<Kernel, 'storage' | 'bus' | 'logger'>) => {
  const all = storage.prepare<[], Note>('SELECT * FROM binding_notes');
  const keep = storage.prepare('INSERT OR REPLACE INTO binding_notes VALUES (?, ?, ?, ?)');
  const drop = storage.prepare(
    'DELETE FROM binding_notes WHERE subject = ? AND topic = ? AND kind = ?',
  );
  const notes = new Map(all.all().map((note) => [keyOf(note), note]));
  /** Null: to be removed. */
  const unkept = new Map<string, Omit<Note, 'value'> & { value: string | null }>();
  let timer: NodeJS.Timeout | undefined;

  const remove = (key: string, note: Note): void => {
    notes.delete(key);
    unkept.set(key, { ...note, value: null });
  };

  const keepNow = async (): Promise<void> => {
    if (unkept.size === 0) return;
    await bus
      .execute({ actor: 'system', origin: 'system' }, () => ({ ok: true, result: null }))
      .catch((error: unknown) => logger.warn({ err: error }, 'notes on devices not kept yet'));
  };

  return {
    get: (subject: string, topic: string, kind: NoteKind): string | undefined =>
      notes.get(keyOf({ subject, topic, kind }))?.value,

    set(subject: string, topic: string, kind: NoteKind, value: string): void {
      const note = { subject, topic, kind, value };
      const key = keyOf(note);
      if (notes.get(key)?.value === value) return;
      notes.delete(key);
      notes.set(key, note);
      unkept.set(key, note);
      if (notes.size <= notesMax) return;
      const [oldest] = notes;
      if (oldest) remove(...oldest);
    },

    /** All of a subject, or of one kind. */
    forget(subject: string, kind?: NoteKind): void {
      for (const [key, note] of notes) {
        if (note.subject === subject && (kind === undefined || note.kind === kind)) {
          remove(key, note);
        }
      }
    },

    start(): void {
      bus.beforeCommit(() => {
        if (unkept.size === 0) return undefined;
        const kept = [...unkept];
        for (const [, { subject, topic, kind, value }] of kept) {
          if (value === null) drop.run(subject, topic, kind);
          else keep.run(subject, topic, kind, value);
        }
        return () => {
          for (const [key, note] of kept) if (unkept.get(key) === note) unkept.delete(key);
        };
      });
      timer = setInterval(() => void keepNow(), keepEveryMs);
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await keepNow();
    },
  };
};
export type Notes = ReturnType<typeof createNotes>;
