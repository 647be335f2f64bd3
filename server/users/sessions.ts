import { done, refuse, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { accessTokenSeconds, type AccessTokens } from './access-tokens.ts';
import type { DeviceSession, SignedIn } from './contract.ts';
import { userDecider } from './decider.ts';
import { deviceWords } from './device-words.ts';
import { userStream, type SessionEnd, type SignInMethod } from './events.ts';
import type { KnownDevice, KnownDevices } from './known-devices.ts';
import { toUser } from './people.ts';
import { noSuchSession, userProblem } from './problems.ts';
import type { PersonRow, UserQueries } from './queries.ts';
import { makeRefreshToken, nextRefreshToken, sameBytes, sha256 } from './secrets.ts';

export const refreshTokenMs = 14 * 24 * 60 * 60 * 1000;

/** How long the token before the last is still taken, for windows that refresh at once. */
const refreshGraceMs = 30_000;

/** Who is at the door, as far as a request tells. */
export type Visitor = {
  readonly address: string;
  readonly userAgent: string | undefined;
  /** Null where nobody has signed in yet. */
  readonly device: KnownDevice | null;
};

export type SignedInWithCookies = {
  answer: SignedIn;
  refreshToken: string;
  /** Only after a sign-in. */
  deviceToken?: string;
  position: number;
};

/** Sign-in makes new secrets each time: a repeat is not answered with the first outcome. */
export const by = (
  { repeat: _repeat, ...request }: CommandRequest,
  actor: string,
): CommandRequest => ({ ...request, actor });

/** Signed-in devices. Functions throw `ProblemError` for a refusal. */
export const createSessions = (
  kernel: Kernel,
  ports: {
    queries: UserQueries;
    accessTokens: AccessTokens;
    /** 32 bytes or more. */
    secret: string;
    knownDevices: KnownDevices;
    /** Told the session or token that ended, once that is durable. */
    revoked: (credential: string) => void;
  },
) => {
  const { bus, clock, ids, storage } = kernel;
  const { queries, accessTokens } = ports;
  const insertSession = storage.prepare(
    'INSERT INTO sessions (id, user_id, refresh_hash, expires_at) VALUES (?, ?, ?, ?)',
  );
  const insertDevice = storage.prepare('INSERT INTO session_devices VALUES (?, ?, ?, ?)');
  const rotateSession = storage.prepare(
    'UPDATE sessions SET refresh_hash = ?, previous_hash = ?, previous_until = ?, expires_at = ? WHERE id = ?',
  );
  const touchDevice = storage.prepare(
    'UPDATE session_devices SET last_used_at = ? WHERE session_id = ?',
  );
  const deleteSession = storage.prepare('DELETE FROM sessions WHERE id = ?');
  const deleteDevice = storage.prepare('DELETE FROM session_devices WHERE session_id = ?');
  const deleteSecret = storage.prepare('DELETE FROM api_token_secrets WHERE token_id = ?');

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

  /** Ends one session inside a command; `revoked` is to be told after it. */
  const endIn = (tx: Tx, user_id: string, session_id: string, reason: SessionEnd) => {
    const command = { type: 'RevokeSession', user_id, session_id, reason } as const;
    tx.decide(userDecider, userStream(user_id), command);
    deleteSession.run(session_id);
    deleteDevice.run(session_id);
  };

  /** Ends all sessions of an account but the one kept. Gives what `tellRevoked` is to be told. */
  const endAllIn = (tx: Tx, userId: string, reason: SessionEnd, kept?: string): string[] => {
    const ended = queries.sessionsOf(userId).filter(({ id }) => id !== kept);
    for (const { id } of ended) endIn(tx, userId, id, reason);
    return ended.map(({ id }) => id);
  };

  const tellRevoked = (credentials: readonly string[]) => {
    for (const credential of credentials) ports.revoked(credential);
  };

  return {
    endAllIn,
    tellRevoked,

    /** Sessions and API tokens alike: nothing of the account stays open. */
    endAccessIn(tx: Tx, userId: string, reason: SessionEnd): string[] {
      const sessions = endAllIn(tx, userId, reason);
      const tokens = queries.tokensOf(userId).map(({ id }) => id);
      for (const token_id of tokens) {
        const command = { type: 'RevokeToken', user_id: userId, token_id } as const;
        tx.decide(userDecider, userStream(userId), command);
        deleteSecret.run(token_id);
      }
      return [...sessions, ...tokens];
    },

    async open(
      request: CommandRequest,
      userId: string,
      visitor: Visitor,
      method: SignInMethod,
    ): Promise<SignedInWithCookies> {
      const sessionId = ids();
      const refreshToken = makeRefreshToken(sessionId);
      const outcome = await bus.execute(by(request, userId), (tx) => {
        const command = { type: 'SignIn', user_id: userId, session_id: sessionId, method } as const;
        const decision = tx.decide(userDecider, userStream(userId), command);
        if (!decision.accepted) return refuse(decision.reason);
        // Nobody asks for them any more: a good moment to let go.
        for (const { id, expires_at } of queries.sessionsOf(userId)) {
          if (expires_at <= tx.at) endIn(tx, userId, id, 'expired');
        }
        insertSession.run(sessionId, userId, sha256(refreshToken), tx.at + refreshTokenMs);
        insertDevice.run(sessionId, deviceWords(visitor.userAgent), tx.at, tx.at);
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      const person = queries.byId(userId);
      if (!person) throw noSuchSession();
      const deviceToken = await ports.knownDevices.remember(visitor.device, userId, clock.now());
      const answer = await signedIn(person, sessionId, refreshToken, outcome.position);
      return { ...answer, deviceToken };
    },

    /**
     * Rotation: the token is good once, and for a moment more, when it gives what it gave before; an
     * older one that comes back ends the family.
     */
    async refresh(request: CommandRequest, token: string | undefined) {
      const session = token === undefined ? undefined : queries.session(token.split('.')[0] ?? '');
      if (!token || !session || session.expires_at < clock.now()) throw noSuchSession();
      const { id, user_id, refresh_hash, previous_hash } = session;
      const presented = sha256(token);
      const isCurrent = sameBytes(presented, refresh_hash);
      const inGrace =
        previous_hash !== null &&
        session.previous_until > clock.now() &&
        sameBytes(presented, previous_hash);
      if (!isCurrent && !inGrace) {
        await bus.execute(by(request, user_id), (tx) => {
          endIn(tx, user_id, id, 'reuse');
          return done(null);
        });
        tellRevoked([id]);
        throw noSuchSession();
      }
      const next = nextRefreshToken(id, token, ports.secret);
      const outcome = await bus.execute(by(request, user_id), (tx) => {
        // It may have ended while this command waited, or another window may have been first.
        const now = queries.session(id);
        if (!now) return refuse(null);
        if (!sameBytes(presented, now.refresh_hash)) return done(null);
        const until = tx.at + refreshGraceMs;
        rotateSession.run(sha256(next), presented, until, tx.at + refreshTokenMs, id);
        touchDevice.run(tx.at, id);
        return done(null);
      });
      const person = queries.byId(user_id);
      if (!outcome.ok || !person) throw noSuchSession();
      return signedIn(person, id, next, outcome.position);
    },

    list: (userId: string, current: string): DeviceSession[] =>
      queries
        .sessionsOf(userId)
        .filter(({ expires_at }) => expires_at > clock.now())
        .map(({ id, device, created_at, last_used_at, expires_at }) => {
          const beganAt = expires_at - refreshTokenMs;
          return {
            id,
            device: device ?? deviceWords(undefined),
            current: id === current,
            created_at: new Date(created_at ?? beganAt).toISOString(),
            last_used_at: new Date(last_used_at ?? beganAt).toISOString(),
            expires_at: new Date(expires_at).toISOString(),
          };
        }),

    async end(
      request: CommandRequest,
      userId: string,
      sessionId: string,
      reason: SessionEnd,
    ): Promise<number> {
      if (queries.session(sessionId)?.user_id !== userId) {
        throw userProblem({ code: 'unknown_session' });
      }
      const { position } = await bus.execute(request, (tx) => {
        endIn(tx, userId, sessionId, reason);
        return done(null);
      });
      tellRevoked([sessionId]);
      return position;
    },

    async endOthers(request: CommandRequest, userId: string, current: string): Promise<number> {
      const outcome = await bus.execute(request, (tx) =>
        done(endAllIn(tx, userId, 'revoked', current)),
      );
      if (outcome.ok) tellRevoked(outcome.result);
      return outcome.position;
    },
  };
};
export type Sessions = ReturnType<typeof createSessions>;
