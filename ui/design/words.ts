const numbers = new Intl.NumberFormat('en');

export const countWord = (count: number): string => numbers.format(count);

/** "1.9 s" below a minute, "2:33" from there. */
export const lengthWord = (durationMs: number): string => {
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

export const msWord = (ms: number): string => `${Math.max(1, Math.round(ms))} ms`;

/** "Games" for a folder named games. */
export const capitalised = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** "MR" for Mira Rossi, "MI" for Mira. */
export const initialsOf = (name: string): string => {
  const [first = '?', second] = name.trim().split(/\s+/);
  return (second ? `${first[0]}${second[0]}` : first.slice(0, 2)).toUpperCase();
};
