export type Move = { readonly entry_id: string; readonly before: string | null };

/** Positions of a longest increasing run of `values`, by patience sorting. */
const longestRun = (values: readonly number[]): ReadonlySet<number> => {
  const tops: number[] = [];
  const previous: number[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tops[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = at;
  });
  const run = new Set<number>();
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at] as number) run.add(at);
  return run;
};

/**
 * The fewest moves, one after the other, that turn one order into another of the same entries.
 * Undefined where the two do not name the same entries, each once.
 */
export const movesBetween = (
  from: readonly string[],
  to: readonly string[],
): Move[] | undefined => {
  const places = new Map(from.map((id, at) => [id, at]));
  const wanted = to.map((id) => places.get(id));
  if (to.length !== from.length || new Set(to).size !== to.length || wanted.includes(undefined)) {
    return undefined;
  }
  const staying = longestRun(wanted as number[]);
  const moves: Move[] = [];
  // From the end: whatever an entry is put before stands in its place already.
  for (let at = to.length - 1; at >= 0; at--) {
    if (staying.has(at)) continue;
    moves.push({ entry_id: to[at] as string, before: to[at + 1] ?? null });
  }
  return moves;
};
