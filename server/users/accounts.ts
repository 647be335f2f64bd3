import { done, refuse, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { LoginBody, OwnChangesBody, PasswordBody, SetupBody } from './contract.ts';
import { userDecider } from './decider.ts';
import { userStream } from './events.ts';
import { addressKey, type GuessKey, type GuessLimit } from './guess-limit.ts';
import type { Passwords } from './passwords.ts';
import type { People } from './people.ts';
import { noPassword, userProblem, wrongLogin, wrongPassword, wrongSetupCode } from './problems.ts';
import { nameKey, type UserQueries } from './queries.ts';
import type { RegisterAccount } from './register-account.ts';
import { sameCode } from './secrets.ts';
import { by, type Sessions, type Visitor } from './sessions.ts';

/**
 * A device that the account has signed in on has a budget of its own: whoever guesses from
 * elsewhere cannot keep the owner out.
 */
const guessKeys = (userId: string | undefined, name: string, visitor: Visitor): GuessKey[] => {
  const { device } = visitor;
  if (userId !== undefined && device?.userIds.includes(userId) === true) {
    return [{ kind: 'device', id: `${userId} ${device.id}` }];
  }
  const target: GuessKey =
    userId === undefined ? { kind: 'stranger', id: name } : { kind: 'account', id: userId };
  return [addressKey(visitor.address), target];
};

/** First account, sign-in and the own account. Functions throw `ProblemError` for a refusal. */
export const createAccounts = (
  kernel: Kernel,
  ports: {
    queries: UserQueries;
    people: People;
    passwords: Passwords;
    sessions: Sessions;
    registerAccount: RegisterAccount;
    guesses: GuessLimit;
    setupCode: () => string;
    /** What goes by the old name has to come back under the new one. */
    renamed: (userId: string) => void;
  },
) => {
  const { bus, ids } = kernel;
  const { queries, people, passwords, sessions, guesses } = ports;

  /** By whoever sits at a device that is signed in. */
  const prove = async (userId: string, credential: string, stored: string, password: string) => {
    const keys: GuessKey[] = [{ kind: 'device', id: `${userId} ${credential}` }];
    guesses.attempt(keys);
    if (!(await passwords.check(stored, password))) throw wrongPassword();
    guesses.right(keys);
  };

  return {
    setupRequired: () => queries.accounts() === 0,

    async setUp(request: CommandRequest, body: SetupBody, visitor: Visitor) {
      // Said first, so that a box that is set up tells nothing about its old code.
      if (queries.accounts() > 0) throw userProblem({ code: 'setup_done' });
      const keys = [addressKey(visitor.address)];
      guesses.attempt(keys);
      if (!sameCode(body.code, ports.setupCode())) throw wrongSetupCode();
      guesses.right(keys);
      const userId = ids();
      const { name, email = null } = body;
      const passwordHash = await passwords.hash(body.password);
      const account = {
        userId,
        name,
        email,
        passwordHash,
        role: 'first_admin',
        plan: null,
      } as const;
      const outcome = await bus.execute(by(request, userId), (tx) =>
        ports.registerAccount(tx, account),
      );
      if (!outcome.ok) throw userProblem(outcome.reason);
      return sessions.open(request, userId, visitor, 'password');
    },

    async signIn(request: CommandRequest, body: LoginBody, visitor: Visitor) {
      const person = queries.byLogin(body.name);
      const keys = guessKeys(person?.user_id, nameKey(body.name), visitor);
      guesses.attempt(keys);
      const right = await passwords.check(person?.password_hash, body.password);
      if (!right || !person) throw wrongLogin();
      guesses.right(keys);
      return sessions.open(request, person.user_id, visitor, 'password');
    },

    async change(request: CommandRequest, userId: string, changes: OwnChangesBody) {
      const { name, email } = changes;
      const outcome = await bus.execute(request, (tx) => {
        const fault = people.fault(userId, changes);
        if (fault) return refuse(fault);
        if (name !== undefined) {
          tx.decide(userDecider, userStream(userId), { type: 'Rename', user_id: userId });
          people.rename(userId, name);
        }
        if (email !== undefined) {
          tx.decide(userDecider, userStream(userId), { type: 'SetEmail', user_id: userId });
          people.setEmail(userId, email);
        }
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      if (name !== undefined) ports.renamed(userId);
      return outcome.position;
    },

    /** Whether it is the owner who sits at the device; nothing else comes of it. */
    async confirm(userId: string, credential: string, password: string): Promise<void> {
      const stored = queries.byId(userId)?.password_hash ?? null;
      if (stored === null) throw noPassword();
      await prove(userId, credential, stored, password);
    },

    /** Ends every session but the one that asks: whoever knew the old password is out. */
    async setPassword(
      request: CommandRequest,
      userId: string,
      credential: string,
      body: PasswordBody,
    ) {
      const stored = queries.byId(userId)?.password_hash ?? null;
      if (stored !== null) await prove(userId, credential, stored, body.current_password ?? '');
      const passwordHash = await passwords.hash(body.new_password);
      const outcome = await bus.execute(by(request, userId), (tx) => {
        const command = { type: 'SetPassword', user_id: userId } as const;
        const decision = tx.decide(userDecider, userStream(userId), command);
        if (!decision.accepted) return refuse(decision.reason);
        people.setPassword(userId, passwordHash);
        return done(sessions.endAllIn(tx, userId, 'password_set', credential));
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      sessions.tellRevoked(outcome.result);
      return outcome.position;
    },
  };
};
export type Accounts = ReturnType<typeof createAccounts>;
