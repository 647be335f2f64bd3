import type { Event, Recorded } from './event.ts';

/** What one event adds: to a counter its `value`, to a histogram one observation of it. */
export type Measured = { readonly value: number; readonly label?: string };

/** Event type → what it adds; undefined: nothing. */
export type Measures = Readonly<Record<string, (event: Recorded) => Measured | undefined>>;

/** A number, or one for each value of the metric's label. */
export type Reading = number | Readonly<Record<string, number>>;

type Words = {
  /** In Prometheus' base units: seconds, bytes. */
  readonly name: `encore_${string}`;
  readonly help: string;
  /** Its values must be few and known beforehand: each makes a series that stays. */
  readonly label?: string;
};

/**
 * A number that a module gives to whoever watches the box. It is counted since the start; what was
 * before that, the log knows.
 */
export type Metric = Words &
  (
    | {
        readonly kind: 'gauge';
        /** Asked at each reading of the metrics; undefined: not known now. */
        read(): Reading | undefined;
      }
    | { readonly kind: 'counter'; readonly measures: Measures }
    | {
        readonly kind: 'counter';
        /** For what is counted elsewhere; may begin again at 0. */
        read(): Reading | undefined;
      }
    | {
        readonly kind: 'histogram';
        /** Upper bounds, ascending. */
        readonly buckets: readonly number[];
        readonly measures: Measures;
      }
  );

/** Ties the types of events to their data. */
export const measures = <E extends Event>(byType: {
  [T in E['type']]?: (event: Extract<Recorded<E>, { type: T }>) => Measured | undefined;
}): Measures => byType as unknown as Measures;
