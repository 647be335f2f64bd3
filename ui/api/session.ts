import { signal, type ReadonlySignal } from '@preact/signals-core';
import type {
  Providers,
  RegisterBody,
  Session,
  SetupBody,
  SignedIn,
  User,
} from '../../server/users/contract.ts';
import { remember } from '../design/remembered.ts';
import { wasSignedIn } from './early.ts';
import { createHttp, type Http } from './http.ts';
import { forgetLastKnown } from './last-known-shelf.ts';
import { ApiProblem } from './problem.ts';

export type SessionState =
  | { status: 'unknown' }
  | { status: 'unreachable' }
  | { status: 'signed-in'; user: User }
  /** `before` is who was signed in on this page until now: the page stays behind the card. */
  | { status: 'signed-out'; providers: Providers; before: User | null };

export type SessionStore = {
  readonly state: ReadonlySignal<SessionState>;
  readonly http: Http;
  /** Asks who is signed in; the answer is in `state`. */
  check(): Promise<void>;
  login(name: string, password: string): Promise<void>;
  setup(body: SetupBody): Promise<void>;
  register(body: RegisterBody): Promise<void>;
  /** The account that is signed in has changed. */
  know(user: User): void;
  /** Ends the session on the server. What the page still shows goes with a reload. */
  logout(): Promise<void>;
};

/** Whose page it is, also behind the card. */
const personOn = (state: SessionState): User | null => {
  if (state.status === 'signed-in') return state.user;
  return state.status === 'signed-out' ? state.before : null;
};

/** A box that is away does not always say so: then what is known of it is shown meanwhile. */
const lastKnownAfterMs = 3_000;

/**
 * @param lastKnown who was here last, for when nobody answers: what is known of the board is shown
 */
export const createSession = (
  lastKnown: () => Promise<User | null> = async () => null,
): SessionStore => {
  const state = signal<SessionState>({ status: 'unknown' });
  const http = createHttp(() => void leave());

  const enter = (user: User): void => {
    remember('signed-in', 'yes');
    state.value = { status: 'signed-in', user };
  };

  const forget = (): void => {
    remember('signed-in', null);
    forgetLastKnown();
  };

  const leave = async (): Promise<void> => {
    const known = state.peek();
    const before = personOn(known);
    forget();
    const providers = await http
      .get<Providers>('/auth/providers')
      .catch((): Providers => ({ providers: ['password'], setup_required: false }));
    if (state.peek() === known) state.value = { status: 'signed-out', providers, before };
  };

  /** Nobody answers: the board of who was here is shown, and nothing on it can be played. */
  const presume = async (): Promise<void> => {
    const known = state.peek();
    if (known.status === 'signed-in' || known.status === 'signed-out' || !wasSignedIn()) return;
    const user = await lastKnown().catch(() => null);
    if (user && state.peek() === known) state.value = { status: 'signed-in', user };
  };

  const who = async (): Promise<User | null> => {
    const { user } = await http.get<Session>('/auth/session');
    if (user || !wasSignedIn() || !(await http.refresh())) return user;
    return (await http.get<Session>('/auth/session')).user;
  };

  return {
    state,
    http,
    async check() {
      const late = setTimeout(() => void presume(), lastKnownAfterMs);
      try {
        const user = await who();
        if (user) enter(user);
        else await leave();
      } catch {
        await presume();
        // A new object each time: who waits for the server hears of every failed try.
        if (state.peek().status !== 'signed-in') state.value = { status: 'unreachable' };
      } finally {
        clearTimeout(late);
      }
    },
    async login(name, password) {
      enter((await http.postOpen<SignedIn>('/auth/login', { name, password })).user);
    },
    async setup(body) {
      enter((await http.postOpen<SignedIn>('/auth/setup', body)).user);
    },
    async register(body) {
      enter((await http.postOpen<SignedIn>('/auth/register', body)).user);
    },
    know({ id, name, role, plan }) {
      if (state.peek().status === 'signed-in') enter({ id, name, role, plan });
    },
    async logout() {
      await http.post('/auth/logout').catch((error: unknown) => {
        // The session has ended already: that is what was asked for.
        if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      });
      forget();
    },
  };
};
