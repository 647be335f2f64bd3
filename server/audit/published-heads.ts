import type { PublishedHead } from '../kernel/chain-check.ts';
import type { Storage } from '../kernel/storage.ts';

/** Heads that were told to the outside; no rebuild touches them. */
export const auditSideTables = `
CREATE TABLE IF NOT EXISTS published_heads (
  id INTEGER PRIMARY KEY,
  position INTEGER NOT NULL CHECK (position > 0),
  -- SHA-256, lower-case hex.
  head TEXT NOT NULL CHECK (length(head) = 64),
  published_at INTEGER NOT NULL
) STRICT;
`;

type HeadRow = PublishedHead & { readonly published_at: number };

/** Every published head; none where no server has made the table yet. */
export const readPublishedHeads = (storage: Storage): PublishedHead[] => {
  const there = storage.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'published_heads'`).get();
  if (!there) return [];
  return storage.prepare<[], PublishedHead>('SELECT position, head FROM published_heads').all();
};

export const lastPublishedHead = (storage: Storage): HeadRow | undefined =>
  storage
    .prepare<[], HeadRow>(
      'SELECT position, head, published_at FROM published_heads ORDER BY id DESC LIMIT 1',
    )
    .get();

export const keepPublishedHead = (storage: Storage, row: HeadRow): void =>
  void storage
    .prepare('INSERT INTO published_heads (position, head, published_at) VALUES (?, ?, ?)')
    .run(row.position, row.head, row.published_at);
