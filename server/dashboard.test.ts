import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from './config.ts';
import { metricNames } from './testing/read-metrics.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

type Panel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
};
const file = join(projectRoot, 'docs', 'grafana-dashboard.json');
const { panels } = JSON.parse(readFileSync(file, 'utf8')) as { panels: readonly Panel[] };
const graphs = panels.filter(({ type }) => type !== 'row');
/** What a query reads: a name before a selector of labels. */
const readBy = ({ targets = [] }: Panel): string[] =>
  targets.flatMap(({ expr }) => [...expr.matchAll(/(\w+)\{/g)].map(([, name = '']) => name));

let app: TestApp;
let names: ReadonlySet<string>;
beforeAll(async () => {
  app = await startTestApp();
  names = await metricNames(app);
});
afterAll(() => app.stop());

describe('the Grafana dashboard', () => {
  it('has panels, each with an id of its own', () => {
    expect(graphs.length).toBeGreaterThan(15);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it.each(graphs)('$title reads metrics that there are', (panel) => {
    const read = readBy(panel);
    expect(read.length).toBeGreaterThanOrEqual(panel.targets?.length ?? Infinity);
    expect(read.filter((name) => !names.has(name))).toEqual([]);
  });

  it('shows every metric of the house', () => {
    const shown = new Set(graphs.flatMap(readBy).map((name) => name.replace(histogram, '')));
    const ours = [...names].filter((name) => name.startsWith('encore_'));
    expect(ours.filter((name) => !shown.has(name.replace(histogram, '')))).toEqual([]);
  });
});

const histogram = /_(?:bucket|sum|count)$/;
