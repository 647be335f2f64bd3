import type { Ledger } from '../credits/index.ts';
import type { CommandRequest } from '../kernel/command-bus.ts';
import { done, refuse } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { accessTokenSeconds, type AccessTokens } from './access-tokens.ts';
import type { LoginBody, SetupBody, SignedIn, User } from './contract.ts';
import { userDecider } from './decider.ts';
import { userStream } from './events.ts';
import type { GuessLimit } from './guess-limit.ts';
import { noSuchSession, wrongLogin, wrongSetupCode, userProblem } from './problems.ts';
import {
  checkPassword,
  hashPassword,
  makeRefreshToken,
  sameBytes,
  sameCode,
  sha256,
} from './secrets.ts';
import { nameKey, type PersonRow, type UserQueries } from './side-tables.ts';

export const refreshTokenMs = 14 * 24 * 60 * 60 * 1000;

/** How long the token before the last is still taken, for two tabs that refresh at once. */
const refreshGraceMs = 30_000;

export type SignedInWithCookies = {
  answer: SignedIn;
  refreshToken: string;
  position: number;
};

export const toUser = ({ user_id, name, role, plan }: PersonRow): User => ({
  id: user_id,
  name,
  role,
  plan,
});

/** Sign-in makes new secrets each time: a repeat is not answered with the first outcome. */
const by = ({ repeat: _repeat, ...request }: CommandRequest, actor: string): CommandRequest => ({
  ...request,
  actor,
});

/** First account, sign-in and sessions. Every function throws `ProblemError` for a refusal. */
export const createAccounts = (
  kernel: Kernel,
  ports: {
    queries: UserQueries;
    accessTokens: AccessTokens;
    guesses: GuessLimit;
    setupCode: () => string;
    ledger: Ledger;
    sessionEnded: (sessionId: string) => void;
  },
) => {
  const { bus, clock, ids } = kernel;
  const { queries, accessTokens, guesses } = ports;
  const insertPerson = kernel.storage.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)');
  const insertSession = kernel.storage.prepare(
    'INSERT INTO sessions (id, user_id, refresh_hash, expires_at) VALUES (?, ?, ?, ?)',
  );
  const rotateSession = kernel.storage.prepare(
    'UPDATE sessions SET refresh_hash = ?, previous_hash = ?, previous_until = ?, expires_at = ? WHERE id = ?',
  );
  const deleteSession = kernel.storage.prepare('DELETE FROM sessions WHERE id = ?');

  const openSession = async (
    request: CommandRequest,
    person: PersonRow,
  ): Promise<SignedInWithCookies> => {
    const sessionId = ids();
    const refreshToken = makeRefreshToken(sessionId);
    const userId = person.user_id;
    const outcome = await bus.execute(by(request, userId), (tx) => {
      const command = { type: 'SignIn', user_id: userId, session_id: sessionId } as const;
      const decision = tx.decide(userDecider, userStream(userId), command);
      if (!decision.accepted) return refuse(decision.reason);
      insertSession.run(sessionId, userId, sha256(refreshToken), tx.at + refreshTokenMs);
      return done(null);
    });
    if (!outcome.ok) throw userProblem(outcome.reason);
    return signedIn(person, sessionId, refreshToken, outcome.position);
  };

  const signedIn = async (
    person: PersonRow,
    sessionId: string,
    refreshToken: string,
    position: number,
  ): Promise<SignedInWithCookies> => ({
    answer: {
      access_token: await accessTokens.sign({ userId: person.user_id, sessionId }, clock.now()),
      token_type: 'bearer',
      expires_in: accessTokenSeconds,
      user: toUser(person),
    },
    refreshToken,
    position,
  });

  const endSession = async (
    request: CommandRequest,
    session: { id: string; user_id: string },
    reason: 'signed_out' | 'reuse',
  ) => {
    const { id: session_id, user_id } = session;
    const outcome = await bus.execute(by(request, user_id), (tx) => {
      const command = { type: 'RevokeSession', user_id, session_id, reason } as const;
      const decision = tx.decide(userDecider, userStream(user_id), command);
      deleteSession.run(session_id);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });
    ports.sessionEnded(session_id);
    return outcome.position;
  };

  return {
    setupRequired: () => queries.accounts() === 0,

    async setUp(request: CommandRequest, body: SetupBody, address: string) {
      // Said first, so that a box that is set up tells nothing about its old code.
      if (queries.accounts() > 0) throw userProblem({ code: 'setup_done' });
      guesses.check(address);
      if (!sameCode(body.code, ports.setupCode())) {
        guesses.wrong(address);
        throw wrongSetupCode();
      }
      guesses.right(address);
      const userId = ids();
      const passwordHash = await hashPassword(body.password);
      const outcome = await bus.execute(by(request, userId), (tx) => {
        const accounts = queries.accounts();
        const command = { type: 'RegisterFirstAdmin', user_id: userId, accounts } as const;
        const decision = tx.decide(userDecider, userStream(userId), command);
        if (!decision.accepted) return refuse(decision.reason);
        const email = body.email ?? null;
        const emailKey = email === null ? null : nameKey(email);
        ports.ledger.openAccount(tx, userId, 'admin');
        insertPerson.run(userId, body.name, nameKey(body.name), email, emailKey, passwordHash);
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      return openSession(request, queries.byId(userId) as PersonRow);
    },

    async signIn(request: CommandRequest, body: LoginBody, address: string) {
      const keys = [address, `account:${nameKey(body.name)}`];
      for (const key of keys) guesses.check(key);
      const person = queries.byLogin(body.name);
      if (!(await checkPassword(person?.password_hash, body.password)) || !person) {
        for (const key of keys) guesses.wrong(key);
        throw wrongLogin();
      }
      for (const key of keys) guesses.right(key);
      return openSession(request, person);
    },

    /** Rotation: the token is good once; an older one that comes back ends the family. */
    async refresh(request: CommandRequest, token: string | undefined) {
      const session = token === undefined ? undefined : queries.session(token.split('.')[0] ?? '');
      if (!token || !session || session.expires_at < clock.now()) throw noSuchSession();
      const presented = sha256(token);
      const isCurrent = sameBytes(presented, session.refresh_hash);
      const inGrace =
        session.previous_hash !== null &&
        session.previous_until > clock.now() &&
        sameBytes(presented, session.previous_hash);
      if (!isCurrent && !inGrace) {
        await endSession(request, session, 'reuse');
        throw noSuchSession();
      }
      const person = queries.byId(session.user_id);
      if (!person) throw noSuchSession();
      const next = makeRefreshToken(session.id);
      const outcome = await bus.execute(by(request, person.user_id), (tx) => {
        const until = tx.at + refreshGraceMs;
        const expires = tx.at + refreshTokenMs;
        rotateSession.run(sha256(next), session.refresh_hash, until, expires, session.id);
        return done(null);
      });
      return signedIn(person, session.id, next, outcome.position);
    },

    async signOut(request: CommandRequest, sessionId: string): Promise<number | undefined> {
      const session = queries.session(sessionId);
      return session && endSession(request, session, 'signed_out');
    },
  };
};
export type Accounts = ReturnType<typeof createAccounts>;
