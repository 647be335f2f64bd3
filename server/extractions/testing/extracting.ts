import { expect } from 'vitest';
import { eventually, type Answer, type TestApp } from '../../testing/test-app.ts';
import type { Person } from '../../users/testing/people.ts';
import type { Extraction, ExtractionDetail } from '../contract.ts';

/** What a person does with links, over HTTP. */
export const extracting = (app: () => TestApp, person: () => Person) => {
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    app().call(method, `/extractions/${path}`, {
      token: person().token,
      ...(body === undefined ? {} : { body }),
    });
  const read = async (id: string): Promise<ExtractionDetail> => {
    const answer = await call('GET', id);
    expect(answer.status).toBe(200);
    return answer.body as unknown as ExtractionDetail;
  };
  return {
    call,
    read,
    paste: (url: string, more: object = {}) => call('POST', '', { url, ...more }),
    /** Pasted and accepted; its id. */
    async begin(url: string, more: object = {}): Promise<string> {
      const answer = await call('POST', '', { url, ...more });
      expect([answer.status, answer.body['code']]).toEqual([202, undefined]);
      return answer.body['id'] as string;
    },
    /** Waits until the job has this status. */
    until: (id: string, status: Extraction['status']): Promise<ExtractionDetail> =>
      eventually(async () => {
        const job = await read(id);
        return job.status === status ? job : undefined;
      }),
    /** Balance and what is available of it. */
    async funds(): Promise<unknown[]> {
      const { body } = await app().call('GET', '/credits', { token: person().token });
      return [body['balance'], body['available']];
    },
  };
};

/** Data of all events of a type, newest first. */
export const eventsOfType = async (
  app: TestApp,
  type: string,
): Promise<Record<string, unknown>[]> => {
  const { body } = await app.call('GET', `/admin/audit/events?type=${type}&limit=500`);
  return (body['items'] as { data: Record<string, unknown> }[]).map(({ data }) => data);
};

/** Types of a job's events, in order. */
export const storyOf = ({ history }: ExtractionDetail): string[] =>
  history.map(({ event }) => event);
