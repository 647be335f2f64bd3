import { measures, type Metric } from '../kernel/metric.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { ExtractionEvent } from './events.ts';

export const extractionMetrics = (
  dispatcher: Pick<Dispatcher, 'running' | 'queued'>,
): readonly Metric[] => [
  {
    kind: 'gauge',
    name: 'encore_extractions',
    help: 'Extractions that are not at their end',
    label: 'state',
    read: () => ({ queued: dispatcher.queued(), running: dispatcher.running().length }),
  },
  {
    kind: 'counter',
    name: 'encore_extractions_ended_total',
    help: 'Extractions that ended, by how; those that failed, by why',
    label: 'outcome',
    measures: measures<ExtractionEvent>({
      ExtractionCompleted: () => ({ value: 1, label: 'completed' }),
      ExtractionCancelled: () => ({ value: 1, label: 'cancelled' }),
      ExtractionFailed: ({ data }) => ({ value: 1, label: data.code }),
    }),
  },
];
