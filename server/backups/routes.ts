import { route, type Route } from '../kernel/door.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import type { BackupRuns } from './backup-runs.ts';
import { backupsState, backupStarted, type BackupsState } from './contract.ts';

const backupRunning: Problem = {
  status: 409,
  code: 'backup_running',
  title: 'A backup is running',
  detail: 'A backup is being taken already: wait for its end.',
};

export const backupRoutes = (ports: { state: () => BackupsState; runs: BackupRuns }): Route[] => [
  route({
    method: 'GET',
    path: '/admin/backups',
    summary: 'The backups that there are, the one under way, and why the last one failed',
    access: { role: 'admin', scope: 'read' },
    answers: { 200: { description: 'Backups, newest first', schema: backupsState } },
    handle: () => ({ status: 200, body: ports.state() }),
  }),
  route({
    method: 'POST',
    path: '/admin/backups',
    summary: 'Take a backup now; `job_progress` tells how far it is, and how it ended',
    access: { role: 'admin', scope: 'admin' },
    answers: { 202: { description: 'It has begun', schema: backupStarted } },
    problems: [backupRunning],
    handle({ command: { repeat: _, ...command } }) {
      const job_id = ports.runs.begin(command);
      if (job_id === undefined) throw new ProblemError(backupRunning);
      return { status: 202, body: { job_id } };
    },
  }),
];
