const firstMs = 250;
const mostMs = 15_000;

/** Wait before attempt n (0-based): doubling, with a quarter of jitter so that pages do not march. */
export const backoffMs = (attempt: number, random: () => number = Math.random): number => {
  const full = Math.min(mostMs, firstMs * 2 ** attempt);
  return Math.round(full * (0.75 + 0.25 * random()));
};
