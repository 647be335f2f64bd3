/** The first place from `from` on that `isBefore` does not hold of; it holds of a beginning only. */
export const lowerBound = (
  from: number,
  length: number,
  isBefore: (at: number) => boolean,
): number => {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
};
