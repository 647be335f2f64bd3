const suggestionsMax = 5;
const typosMin = 2;

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/[_ ]/g, '-');

/** Insertions, removals and replacements that make one text of the other. */
const editDistance = (a: string, b: string): number => {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      now.push(Math.min((above[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, replaced));
    }
    above = now;
  }
  return above[b.length] ?? 0;
};

/** What somebody may have meant by a name that is not there: a few of the known, nearest first. */
export const nearest = (wish: string, known: readonly string[]): string[] => {
  const wanted = plain(wish);
  const distance = (one: string) =>
    plain(one).includes(wanted) ? 0 : editDistance(wanted, plain(one));
  return [...new Set(known)]
    .map((one) => ({ one, far: distance(one) }))
    .filter(({ far }) => far <= Math.max(typosMin, wanted.length / 2))
    .sort((a, b) => a.far - b.far)
    .slice(0, suggestionsMax)
    .map(({ one }) => one);
};
