import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Sound } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';

/** Addresses of sounds' pictures, as far as they were asked for and there are any. */
export type Pictures = {
  readonly found: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Asks about those that were not asked about yet, a few at a time. */
  want(soundIds: readonly string[]): void;
};

const asksMax = 3;

/** The catalogue of the board knows no pictures: each sound is asked about once. */
export const createPictures = (http: Http): Pictures => {
  const found = signal<ReadonlyMap<string, string>>(new Map());
  const known = new Set<string>();
  const waiting: string[] = [];
  let asks = 0;

  const ask = async (id: string): Promise<void> => {
    asks++;
    try {
      const { thumbnail } = await http.get<Sound>(`/sounds/${id}`);
      if (thumbnail !== null) found.value = new Map(found.peek()).set(id, thumbnail);
    } catch {
      // A row without a picture is a row.
    } finally {
      asks--;
      next();
    }
  };

  const next = (): void => {
    for (const id of waiting.splice(0, asksMax - asks)) void ask(id);
  };

  return {
    found,
    want(soundIds) {
      for (const id of soundIds) {
        if (known.has(id)) continue;
        known.add(id);
        waiting.push(id);
      }
      next();
    },
  };
};
