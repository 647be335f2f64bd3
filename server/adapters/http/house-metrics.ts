/** What the house declares to be measured, as prom-client keeps it. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CommandBus } from '../../kernel/command-bus.ts';
import type { Recorded } from '../../kernel/event.ts';
import type { Measured, Measures, Metric, Reading } from '../../kernel/metric.ts';

type Labels = Record<string, string>;
type Kept = { labels: Labels; value: number }[];

const labelsOf = ({ label }: Metric, value: string | undefined): Labels =>
  label === undefined || value === undefined ? {} : { [label]: value };

const keptOf = (metric: Metric, reading: Reading | undefined): Kept => {
  if (reading === undefined) return [];
  const values = typeof reading === 'number' ? [[undefined, reading] as const] : null;
  return (values ?? Object.entries(reading)).map(([label, value]) => ({
    labels: labelsOf(metric, label),
    value,
  }));
};

type Follow = (measures: Measures, add: (measured: Measured) => void) => void;

const instrumentOf = (metric: Metric, follow: Follow): Gauge | Counter | Histogram => {
  const { name, help, kind, label } = metric;
  const common = { name, help, labelNames: label === undefined ? [] : [label], registers: [] };
  const isRead = 'read' in metric;
  /** What is not known any more is not what it was last, nor 0. */
  const forget = (instrument: Gauge | Counter) => {
    instrument.reset();
    if (label === undefined) instrument.remove();
  };
  if (kind === 'gauge') {
    return new Gauge({
      ...common,
      collect() {
        forget(this);
        for (const { labels, value } of keptOf(metric, metric.read())) this.set(labels, value);
      },
    });
  }
  if (isRead) {
    return new Counter({
      ...common,
      collect() {
        forget(this);
        for (const { labels, value } of keptOf(metric, metric.read())) this.inc(labels, value);
      },
    });
  }
  if (kind === 'counter') {
    const counter = new Counter(common);
    follow(metric.measures, ({ label: of, value }) => counter.inc(labelsOf(metric, of), value));
    return counter;
  }
  const histogram = new Histogram({ ...common, buckets: [...metric.buckets] });
  follow(metric.measures, ({ label: of, value }) => histogram.observe(labelsOf(metric, of), value));
  return histogram;
};

/** @throws Error where two have the same name */
export const registerMetrics = (
  register: Registry,
  bus: Pick<CommandBus, 'onCommitted'>,
  metrics: readonly Metric[],
): void => {
  const followers = new Map<string, ((event: Recorded) => void)[]>();
  const follow: Follow = (measures, add) => {
    for (const [type, measure] of Object.entries(measures)) {
      const hear = (event: Recorded) => {
        const measured = measure(event);
        if (measured) add(measured);
      };
      followers.set(type, [...(followers.get(type) ?? []), hear]);
    }
  };
  for (const metric of metrics) register.registerMetric(instrumentOf(metric, follow));
  bus.onCommitted((events) => {
    for (const event of events) for (const hear of followers.get(event.type) ?? []) hear(event);
  });
};
