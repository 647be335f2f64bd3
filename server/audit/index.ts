import type { Module } from '../kernel/module.ts';
import { createHeadPublisher } from './head-publisher.ts';
import { createLogTimes } from './log-times.ts';
import { createPastLook } from './past-look.ts';
import { createPastStates } from './past-states.ts';
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
    const times = createLogTimes(kernel);
    const past = createPastStates(kernel);
    return {
      routes: auditRoutes({
        queries: createAuditQueries(kernel),
        why: createWhy(storage),
        times,
        past: createPastLook(storage, times, past),
        verifications,
      }),
      standing: publisher.standing,
      start: publisher.start,
      stop() {
        publisher.stop();
        verifications.stop();
        past.stop();
      },
    };
  },
};
