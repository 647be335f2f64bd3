/** Names that two share get numbers, in the order in which they come: `Gong`, `Gong (2)`. */
export const numberedNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>();
  const all = new Set(names.map((name) => name.toLowerCase()));
  return names.map((name) => {
    let one = name;
    for (
      let number = 2;
      taken.has(one.toLowerCase()) || (one !== name && all.has(one.toLowerCase()));
      number++
    ) {
      one = `${name} (${number})`;
    }
    taken.add(one.toLowerCase());
    return one;
  });
};
