import { measures, type Metric } from '../kernel/metric.ts';
import type { CreditsEvent } from './events.ts';

export const creditsMetrics: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'encore_credits_spent_total',
    help: 'Credits deducted, by what for',
    label: 'action',
    measures: measures<CreditsEvent>({
      CreditsDeducted: ({ data }) => ({ value: data.amount, label: data.action }),
    }),
  },
  {
    kind: 'counter',
    name: 'encore_credits_refused_total',
    help: 'Times that somebody had too few credits, by what for',
    label: 'action',
    measures: measures<CreditsEvent>({
      DeductionRefused: ({ data }) => ({ value: 1, label: data.action }),
    }),
  },
];
