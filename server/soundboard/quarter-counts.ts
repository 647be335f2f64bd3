/** Every zone's clock is set in steps of this. */
export const quarterMs = 15 * 60_000;

/** How many there are in each quarter of an hour since the epoch; the quarters are in no order. */
export const createQuarterCounts = () => {
  const quarters: number[] = [];
  const counts: number[] = [];
  const places = new Map<number, number>();

  return {
    add(at: number): void {
      const quarter = Math.floor(at / quarterMs);
      const place = places.get(quarter);
      if (place === undefined) {
        places.set(quarter, quarters.push(quarter) - 1);
        counts.push(1);
      } else (counts[place] as number)++;
    },
    clear(): void {
      quarters.length = 0;
      counts.length = 0;
      places.clear();
    },
    /**
     * Those of the period [from, to); `countWithin` is asked about the quarters that lie in it only
     * in part. `place`: a small whole number that the quarter keeps.
     */
    within(
      from: number,
      to: number,
      see: (quarter: number, count: number, place: number) => void,
      countWithin: (from: number, to: number) => number,
    ): void {
      for (let place = 0; place < quarters.length; place++) {
        const quarter = quarters[place] as number;
        const begin = quarter * quarterMs;
        const end = begin + quarterMs;
        if (begin >= from && end <= to) see(quarter, counts[place] as number, place);
        else if (end > from && begin < to) {
          see(quarter, countWithin(Math.max(begin, from), Math.min(end, to)), place);
        }
      }
    },
  };
};
