/** Insertions, removals and replacements that make one text of the other. */
export const editDistance = (a: string, b: string): number => {
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
