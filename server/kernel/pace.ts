export type Pace = {
  /** Does it now, or as soon as it may be done again. */
  soon(): void;
  /** Nothing more is done. */
  stop(): void;
};

/** At most once in `everyMs`: what is asked for in between is done once, at its end. */
export const createPace = (everyMs: number, run: () => void): Pace => {
  let resting: NodeJS.Timeout | undefined;
  let asked = false;
  let stopped = false;

  const rest = () => {
    resting = setTimeout(() => {
      resting = undefined;
      if (asked) soon();
    }, everyMs).unref();
  };

  const soon = () => {
    if (stopped) return;
    asked = resting !== undefined;
    if (asked) return;
    rest();
    run();
  };

  return {
    soon,
    stop() {
      stopped = true;
      clearTimeout(resting);
    },
  };
};
