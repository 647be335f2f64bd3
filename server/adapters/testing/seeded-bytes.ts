/** The same noise for the same seed (xorshift32), so that a failure can be repeated. */
export const seededBytes = (seed: number): ((length: number) => Buffer) => {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return (length) => Buffer.from(Array.from({ length }, next));
};
