import { refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RegisterBody, RegistrationMode } from './contract.ts';
import { defaultPlan } from './decider.ts';
import { addressKey, type GuessLimit } from './guess-limit.ts';
import type { Invites } from './invites.ts';
import type { Passwords } from './passwords.ts';
import { userProblem, type AccountRefusal } from './problems.ts';
import type { UserQueries } from './queries.ts';
import type { NewAccount, RegisterAccount } from './register-account.ts';
import { by, type Sessions, type Visitor } from './sessions.ts';

type Newcomer = Pick<NewAccount, 'userId' | 'name' | 'email' | 'passwordHash'>;

/** Accounts that people make for themselves. Functions throw `ProblemError` for a refusal. */
export const createRegistration = (
  kernel: Kernel,
  ports: {
    mode: RegistrationMode;
    queries: UserQueries;
    passwords: Passwords;
    sessions: Sessions;
    invites: Invites;
    registerAccount: RegisterAccount;
    guesses: GuessLimit;
  },
) => {
  const { mode, queries, invites } = ports;

  /** Whether anybody may come in with this, said before a password costs time. */
  const fault = (invite: string | undefined): AccountRefusal | null => {
    if (queries.accounts() === 0) return { code: 'setup_needed' };
    if (mode === 'closed') return { code: 'registration_closed' };
    if (invite !== undefined) return invites.isKnown(invite) ? null : { code: 'invite_invalid' };
    return mode === 'invite' ? { code: 'invite_needed' } : null;
  };

  const admitIn = (
    tx: Tx,
    newcomer: Newcomer,
    invite: string | undefined,
  ): Answer<null, AccountRefusal> => {
    const refusal = fault(invite);
    if (refusal) return refuse(refusal);
    if (invite === undefined) {
      return ports.registerAccount(tx, { ...newcomer, role: 'user', plan: defaultPlan });
    }
    const used = invites.useIn(tx, invite, newcomer.userId);
    return used.ok ? ports.registerAccount(tx, { ...newcomer, ...used.result }) : used;
  };

  return {
    mode,
    fault,
    admitIn,

    async register(request: CommandRequest, body: RegisterBody, visitor: Visitor) {
      // Counted whatever comes of it: each costs a password's hash, and tells which names are taken.
      ports.guesses.attempt([{ kind: 'registration', id: addressKey(visitor.address).id }]);
      const refusal = fault(body.invite);
      if (refusal) throw userProblem(refusal);
      const { name, email = null, invite } = body;
      const userId = kernel.ids();
      const passwordHash = await ports.passwords.hash(body.password);
      const outcome = await kernel.bus.execute(by(request, userId), (tx) =>
        admitIn(tx, { userId, name, email, passwordHash }, invite),
      );
      if (!outcome.ok) throw userProblem(outcome.reason);
      return ports.sessions.open(request, userId, visitor, 'password');
    },
  };
};
export type Registration = ReturnType<typeof createRegistration>;
