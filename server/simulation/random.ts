/** Numbers that look random and are the same again for the same seed (sfc32). */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** True this often, of 1. */
  chance(share: number): boolean;
  /** In [from, to). */
  between(from: number, to: number): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  pick<T>(some: readonly T[]): T;
  /** Whole, 32 bit. */
  word(): number;
};

export const createRandom = (...seeds: readonly number[]): Random => {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (const seed of seeds) {
    a ^= seed >>> 0;
    b ^= Math.floor(seed / 2 ** 32) >>> 0;
    for (let round = 0; round < 12; round++) word();
  }
  const next = () => word() / 2 ** 32;
  return {
    next,
    word,
    chance: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
    below: (below) => Math.floor(next() * below),
    pick(some) {
      const one = some[Math.floor(next() * some.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
};
