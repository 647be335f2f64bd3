import { prefixDistance, typosAllowed } from './edit-distance.ts';
import { fold, wordsOf } from './fold.ts';
import type { BoardSound } from './sounds.ts';

/** How well one term fits; smaller is better. */
const tiersOfFit = { wordStart: 0, inside: 1, tag: 2, typo: 3 } as const;
const none = Infinity;

const isLetter = /[\p{L}\p{N}]/u;

const startsAWord = (text: string, term: string, first: number): boolean => {
  for (let at = first; at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isLetter.test(text[at - 1] ?? '')) return true;
  }
  return false;
};

const fit = (term: string, sound: BoardSound): number => {
  const at = sound.folded.indexOf(term);
  if (at >= 0) {
    return startsAWord(sound.folded, term, at) ? tiersOfFit.wordStart : tiersOfFit.inside;
  }
  return sound.foldedTags.includes(term) ? tiersOfFit.tag : none;
};

/**
 * Words of a library, each once: a typo is looked up per word, not per sound. They are taken apart
 * when somebody first mistypes: 5,000 sounds are not to wait for that.
 */
export class Vocabulary {
  readonly #sounds: readonly BoardSound[];
  readonly #wordsOf = new Map<BoardSound, readonly string[]>();
  #all: ReadonlySet<string> | undefined;

  constructor(sounds: readonly BoardSound[]) {
    this.#sounds = sounds;
  }

  /** Of the name, the tags and the type. */
  wordsOf(sound: BoardSound): readonly string[] {
    let words = this.#wordsOf.get(sound);
    if (!words) {
      words = wordsOf(`${sound.folded} ${sound.foldedTags}`);
      this.#wordsOf.set(sound, words);
    }
    return words;
  }

  near(term: string): Set<string> {
    const bound = typosAllowed(term.length);
    const found = new Set<string>();
    if (bound === 0) return found;
    this.#all ??= new Set(this.#sounds.flatMap((sound) => this.wordsOf(sound)));
    for (const word of this.#all) {
      if (word.length >= term.length - bound && prefixDistance(term, word, bound) <= bound) {
        found.add(word);
      }
    }
    return found;
  }
}

const rank = (
  sounds: readonly BoardSound[],
  terms: readonly string[],
  fitOf: (term: string, sound: BoardSound) => number,
): BoardSound[] => {
  const tiers: BoardSound[][] = [];
  for (const sound of sounds) {
    let tier = 0;
    for (const term of terms) tier += fitOf(term, sound);
    if (tier !== none) (tiers[tier] ??= []).push(sound);
  }
  return tiers.flat();
};

/**
 * Sounds that fit every term, best tier first and else in the order given: starts of words, then
 * inside of names, then tags and types. Typos are forgiven only when nothing fits as typed.
 */
export const search = (
  sounds: readonly BoardSound[],
  query: string,
  vocabulary: Vocabulary,
): readonly BoardSound[] => {
  const terms = termsOf(query);
  if (terms.length === 0) return sounds;
  const exact = rank(sounds, terms, fit);
  if (exact.length > 0) return exact;
  const near = new Map(terms.map((term) => [term, vocabulary.near(term)]));
  return rank(sounds, terms, (term, sound) => {
    const as = fit(term, sound);
    if (as !== none) return as;
    return vocabulary.wordsOf(sound).some((word) => near.get(term)?.has(word))
      ? tiersOfFit.typo
      : none;
  });
};

export const termsOf = (query: string): string[] => wordsOf(fold(query));

/** Half-open ranges of a name that a query matched, sorted and without overlap. */
export const matchesIn = (folded: string, terms: readonly string[]): [number, number][] => {
  const hits: [number, number][] = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      hits.push([at, at + term.length]);
    }
  }
  hits.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const hit of hits) {
    const last = merged.at(-1);
    if (last && hit[0] <= last[1]) last[1] = Math.max(last[1], hit[1]);
    else merged.push(hit);
  }
  return merged;
};
