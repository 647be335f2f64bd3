import { measures, type Metric } from '../kernel/metric.ts';
import type { BindingEvent } from './events.ts';

export const bindingMetrics: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'encore_bindings_triggered_total',
    help: 'Times that a binding was set off, by what came of it',
    label: 'result',
    measures: measures<BindingEvent>({
      BindingTriggered: ({ data }) => ({ value: 1, label: data.outcome.result }),
    }),
  },
];
