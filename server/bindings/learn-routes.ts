import { route, type Route } from '../kernel/door.ts';
import { invalidField, ProblemError } from '../kernel/problem.ts';
import { learnBody, learnSession } from './contract.ts';
import type { Learn } from './learn.ts';
import { notLearning } from './problems.ts';
import { filterFault } from './topic-index.ts';

const path = '/admin/bindings/learn';
const admin = { role: 'admin', scope: 'admin' } as const;
const answers = { 200: { description: 'The session', schema: learnSession } };

/** The session is everybody's: who comes second joins, and whoever has what they wanted ends it. */
export const learnRoutes = (learn: Learn): Route[] => [
  route({
    method: 'POST',
    path,
    summary: 'Learn a button: listen, then wait for it to be pressed',
    access: admin,
    body: learnBody,
    answers,
    problems: [{ status: 422, code: 'invalid_fields' }],
    handle({ body }) {
      const fault = body?.filter === undefined ? undefined : filterFault(body.filter);
      if (fault !== undefined) throw invalidField('filter', fault);
      return { status: 200, body: learn.start(body?.filter) };
    },
  }),
  route({
    method: 'GET',
    path,
    summary: 'The session that learns, or the last one',
    access: { role: 'admin', scope: 'read' },
    answers,
    problems: [notLearning],
    handle() {
      const session = learn.current();
      if (!session) throw new ProblemError(notLearning);
      return { status: 200, body: session };
    },
  }),
  route({
    method: 'DELETE',
    path,
    summary: 'Stop learning',
    access: admin,
    answers: { 204: { description: 'Nothing is being learnt', schema: null } },
    handle() {
      learn.stop();
      return { status: 204 };
    },
  }),
];
