import type { Ledger } from '../credits/index.ts';
import { done, refuse, type Answer, type Tx } from '../kernel/command-bus.ts';
import type { Role } from './contract.ts';
import { planOf, userDecider, type UserCommand, type UserRefusal } from './decider.ts';
import { userStream } from './events.ts';
import type { LoginRefusal, People } from './people.ts';
import type { UserQueries } from './queries.ts';

export type RegisterRefusal = UserRefusal | LoginRefusal | { code: 'unknown_plan' };

export type NewAccount = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  /** Null for who signs in with a provider. */
  readonly passwordHash: string | null;
  /** `first_admin` while there is no account at all. */
  readonly role: Role | 'first_admin';
  /** Null: the plan that goes with the role. */
  readonly plan: string | null;
};

/** Codes of the plans that an account may be given. */
export type PlanCodes = () => readonly string[];

const commandOf = ({ userId: user_id, role, plan, passwordHash }: NewAccount, accounts: number) =>
  (role === 'first_admin'
    ? { type: 'RegisterFirstAdmin', user_id, accounts }
    : {
        type: 'Register',
        user_id,
        accounts,
        role,
        plan: plan ?? planOf(role),
        has_password: passwordHash !== null,
      }) satisfies UserCommand;

/** The one way by which an account comes to be, whoever asked for it. */
export const createRegisterAccount =
  (ports: { queries: UserQueries; people: People; ledger: Ledger }) =>
  (tx: Tx, account: NewAccount): Answer<null, RegisterRefusal> => {
    const { userId, name, email, plan } = account;
    if (plan !== null && !ports.ledger.planCodes().includes(plan)) {
      return refuse({ code: 'unknown_plan' });
    }
    const command = commandOf(account, ports.queries.accounts());
    const decision = tx.decide(userDecider, userStream(userId), command);
    if (!decision.accepted) return refuse(decision.reason);
    const fault = ports.people.fault(userId, { name, email });
    if (fault) return refuse(fault);
    const paysBy = plan ?? planOf(account.role === 'first_admin' ? 'admin' : account.role);
    ports.ledger.openAccount(tx, userId, paysBy);
    ports.people.insert(userId, name, email, account.passwordHash);
    return done(null);
  };
export type RegisterAccount = ReturnType<typeof createRegisterAccount>;
