import { signal } from '@preact/signals-core';
import { expect } from 'vitest';
import type { User } from '../../server/users/contract.ts';
import { createHttp, type Http } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { fakeServer, type Answers } from './fake-server.ts';
import { FakeSocket } from './fake-socket.ts';

const mira: User = { id: 'mira', name: 'Mira', role: 'admin', plan: 'admin' };

/** A page that is signed in and has its line: to a server that answers from a table, and a `FakeSocket`. */
export const connected = (
  answers: Answers,
  user: User = mira,
): { http: Http; feed: Feed; asked: readonly string[] } => {
  const { asked } = fakeServer(answers);
  const http = createHttp(() => expect.unreachable());
  const session = {
    state: signal<SessionState>({ status: 'signed-in', user }),
    http,
    check: async () => {},
  } as unknown as SessionStore;
  const feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  feed.start();
  FakeSocket.last.hello();
  return { http, feed, asked };
};
