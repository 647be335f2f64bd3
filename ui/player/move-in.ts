/** The list with one of its items at another place, counted from 0 and kept inside. Pure. */
export const moveIn = <T extends { id: string }>(
  items: readonly T[],
  id: string,
  to: number,
): readonly T[] => {
  const item = items.find((one) => one.id === id);
  if (!item) return items;
  const rest = items.filter((one) => one.id !== id);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, item);
};
