import { route, type Route } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { currentScan, scanReport } from './contract.ts';
import type { Library } from './library.ts';
import { noScanRunning, scanCancelled } from './problems.ts';

const access = { role: 'admin', scope: 'library' } as const;

export const scanRoutes = (library: Library): Route[] => [
  route({
    method: 'POST',
    path: '/sounds/scan',
    summary: 'Compare the library with the folders, and report',
    access,
    answers: { 200: { description: 'What changed', schema: scanReport } },
    problems: [scanCancelled],
    // Whoever hangs up leaves the scan running: GET tells how it went.
    async handle({ command }) {
      const outcome = await library.scan(command);
      if (!outcome.ok) throw new ProblemError(outcome.reason);
      return { status: 200, body: outcome.result, position: outcome.position };
    },
  }),
  route({
    method: 'GET',
    path: '/sounds/scan',
    summary: 'The scan that runs, or the last one with its report',
    access: { role: 'admin', scope: 'read' },
    answers: { 200: { description: 'The scan; null before the first', schema: currentScan } },
    handle: () => ({ status: 200, body: { scan: library.current() } }),
  }),
  route({
    method: 'POST',
    path: '/sounds/scan/cancel',
    summary: 'Stop the scan that runs; what it has found stays',
    access,
    answers: { 200: { description: 'How the scan ended', schema: currentScan } },
    problems: [noScanRunning],
    async handle({ command }) {
      const outcome = await library.cancel(command);
      if (!outcome.ok) throw new ProblemError(outcome.reason);
      return { status: 200, body: { scan: library.current() }, position: outcome.position };
    },
  }),
];
