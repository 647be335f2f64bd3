/** Deeper nesting serves nobody and can exhaust the stack of whoever walks it later. */
export const jsonDepthMax = 32;

/** How deep a JSON text nests; brackets inside strings do not count. */
export const jsonDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
};

export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

export const parseJson = (text: string): ParsedJson => {
  if (jsonDepth(text) > jsonDepthMax) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
};
