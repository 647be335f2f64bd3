/**
 * True where every topic that `filter` matches is matched by `pattern` too. A plain topic is a
 * filter that matches itself.
 */
export const covers = (pattern: string, filter: string): boolean => {
  const wide = pattern.split('/');
  const narrow = filter.split('/');
  // Wildcards at the front do not reach topics that begin with $ (MQTT 4.7.2).
  if (filter.startsWith('$') !== pattern.startsWith('$')) return false;
  for (const [index, level] of wide.entries()) {
    // "a/#" matches "a" as well.
    if (level === '#') return true;
    const other = narrow[index];
    if (other === undefined || other === '#') return false;
    if (level !== '+' && level !== other) return false;
  }
  return narrow.length === wide.length;
};

export const coversAny = (patterns: readonly string[], filter: string): boolean =>
  patterns.some((pattern) => covers(pattern, filter));
