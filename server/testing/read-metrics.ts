import type { TestApp } from './test-app.ts';

/** The box's metrics: each series as Prometheus writes it → its value. */
export const readMetrics = async (app: TestApp): Promise<Map<string, number>> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
};

/** Names of all metrics, also of those without a series so far, with the suffixes of histograms. */
export const metricNames = async (app: TestApp): Promise<Set<string>> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const declared = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  return new Set(
    declared.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
};
