export const rememberedKey = (key: string): string => `encore.${key}`;

/** A choice kept in this browser. Storage may be blocked: then it lives as long as the page. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(rememberedKey(key));
  } catch {
    return null;
  }
};

export const remember = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(rememberedKey(key));
    else localStorage.setItem(rememberedKey(key), value);
  } catch {
    // Nothing to do: the choice is not remembered.
  }
};

/** The remembered value if it is still one of the known ones. */
export const recallOneOf = <T extends string>(key: string, known: readonly T[], fallback: T): T => {
  const value = recall(key);
  return known.find((one) => one === value) ?? fallback;
};
