import type { Module } from '../kernel/module.ts';
import { createHeadPublisher } from './head-publisher.ts';
import type { AuditPorts } from './ports.ts';
import { auditSideTables } from './published-heads.ts';
import { createAuditQueries } from './queries.ts';
import { auditRoutes } from './routes.ts';
import { createVerifyStreams } from './verify-stream.ts';
import { createWhy } from './why.ts';

export { createPersonHistory } from './person-history.ts';
export type { AuditPorts } from './ports.ts';
export { readPublishedHeads } from './published-heads.ts';

/** The event log, for those who want to know what happened, and whether it is still true. */
export const audit: Module<AuditPorts> = {
  name: 'audit',
  sideTables: auditSideTables,
  setup(kernel, { verify, announce }) {
    const { storage } = kernel;
    const publisher = createHeadPublisher(kernel, announce);
    const verifications = createVerifyStreams(kernel, verify);
    return {
      routes: auditRoutes({
        queries: createAuditQueries(storage),
        why: createWhy(storage),
        verifications,
      }),
      standing: publisher.standing,
      start: publisher.start,
      stop() {
        publisher.stop();
        verifications.stop();
      },
    };
  },
};
