import { route, type Route, type RouteReply } from '../kernel/door.ts';
import {
  cookiesBody,
  extractionLimits,
  extractionStatus,
  ytDlpUpdate,
  type YtDlpUpdate,
} from './contract.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { MediaSource } from './media-source.ts';
import { invalidField } from '../kernel/problem.ts';
import type { ToolHealth } from './tool-health.ts';

const read = { role: 'admin', scope: 'read' } as const;
const admin = { role: 'admin', scope: 'admin' } as const;

/** A line break takes two characters in JSON, and a character up to four bytes. */
const bodyBytesMax = 4 * extractionLimits.cookiesBytesMax;

const statusAnswer = { description: 'How things stand', schema: extractionStatus };
const updateAnswer = { description: 'What came of it', schema: ytDlpUpdate };

export const extractionAdminRoutes = (ports: {
  dispatcher: Dispatcher;
  source: MediaSource;
  tool: ToolHealth;
  workers: number;
}): Route[] => {
  const { dispatcher, source, tool, workers } = ports;

  const status = async (): Promise<RouteReply> => {
    const { yt_dlp: said, cookies } = await source.status();
    const yt_dlp = { ...said, detail: tool.fault() ?? said.detail };
    const running = dispatcher.running();
    const queued = dispatcher.queued();
    return { status: 200, body: { queued, running, workers, yt_dlp, cookies } };
  };
  const changed = async (update: Promise<YtDlpUpdate>): Promise<RouteReply> => {
    const body = await update;
    await tool.look();
    return { status: 200, body };
  };

  return [
    route({
      method: 'GET',
      path: '/admin/extractions/status',
      summary: 'The queue, the workers, and yt-dlp with its age',
      access: read,
      answers: { 200: statusAnswer },
      handle: status,
    }),
    route({
      method: 'PUT',
      path: '/admin/extractions/cookies',
      summary: 'Cookies for sites that ask for a sign-in, as browser add-ons export them',
      access: admin,
      body: cookiesBody,
      bodyBytesMax,
      answers: { 200: statusAnswer },
      problems: [{ status: 422, code: 'invalid_fields' }],
      async handle({ body }) {
        const fault = await source.setCookies(body.cookies);
        if (fault !== null) throw invalidField('cookies', fault);
        return status();
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/extractions/cookies',
      summary: 'Forget the cookies',
      access: admin,
      answers: { 200: statusAnswer },
      async handle() {
        await source.clearCookies();
        return status();
      },
    }),
    route({
      method: 'POST',
      path: '/admin/extractions/update',
      summary: "Fetch the newest yt-dlp, try it, and keep it as Encore's own if it works",
      access: admin,
      answers: { 200: updateAnswer },
      handle: () => changed(source.update()),
    }),
    route({
      method: 'POST',
      path: '/admin/extractions/rollback',
      summary: 'Back to the yt-dlp before the last update',
      access: admin,
      answers: { 200: updateAnswer },
      handle: () => changed(source.rollBack()),
    }),
  ];
};
