import type { Kernel } from '../kernel/kernel.ts';
import { numberedNames } from '../kernel/numbered-names.ts';

/** Sounds with it are shown in Home Assistant where not all can be. */
const homeAssistantTag = 'home-assistant';

/** Home Assistant keeps the list in the entity's attributes, which have a limit. */
export const tonesMax = 500;

export type Tone = { readonly tone: string; readonly sound_id: string };

type Row = { id: string; name: string; tags: string };

/** The sounds as tones of a siren: each has a name that no other has. */
export const createTones = ({ storage, bus }: Pick<Kernel, 'storage' | 'bus'>) => {
  const listed = storage.prepare<[], Row>(
    `SELECT id, name, tags FROM sounds WHERE missing = 0 AND removed_at IS NULL
     ORDER BY created_at, id`,
  );
  const isMarked = ({ tags }: Row) =>
    (JSON.parse(tags) as readonly string[]).includes(homeAssistantTag);
  let known: { readonly all: readonly Tone[]; readonly marked: readonly Tone[] } | undefined;

  bus.onCommitted((events) => {
    if (events.some(({ type }) => type.startsWith('Sound'))) known = undefined;
  });

  const read = () => {
    const rows = listed.all();
    const marked = new Set(rows.filter(isMarked).map(({ id }) => id));
    const names = numberedNames(rows.map(({ name }) => name));
    const all = rows.map(({ id, name }, at): Tone => ({ tone: names[at] ?? name, sound_id: id }));
    return { all, marked: all.filter(({ sound_id }) => marked.has(sound_id)) };
  };

  return {
    /** In alphabetical order: every sound, or with more than `tonesMax` the marked ones. */
    list(): readonly Tone[] {
      known ??= read();
      const { all, marked } = known;
      return (all.length > tonesMax ? marked : all)
        .slice(0, tonesMax)
        .toSorted((a, b) => a.tone.localeCompare(b.tone));
    },
    /** Those that are marked, oldest first. */
    marked: (): readonly Tone[] => (known ??= read()).marked,
  };
};
export type Tones = ReturnType<typeof createTones>;
