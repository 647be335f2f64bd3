import type { Module } from '../kernel/module.ts';
import { createAuditQueries } from './queries.ts';
import { auditRoutes } from './routes.ts';

/** The event log, for those who want to know what happened. */
export const audit: Module = {
  name: 'audit',
  setup: (kernel) => ({ routes: auditRoutes(createAuditQueries(kernel.storage)) }),
};
