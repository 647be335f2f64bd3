import { done, refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import { accessRoles } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type {
  ManagedUser,
  NewUserBody,
  ResetPasswordBody,
  Role,
  UserChangesBody,
} from './contract.ts';
import { userDecider, type UserCommand } from './decider.ts';
import { userStream } from './events.ts';
import type { Passwords } from './passwords.ts';
import { toManagedUser, type People } from './people.ts';
import { shownOnce, userProblem, type AccountRefusal } from './problems.ts';
import type { PersonRow, UserQueries } from './queries.ts';
import type { PlanCodes, RegisterAccount } from './register-account.ts';
import { makePassword } from './secrets.ts';
import type { Sessions } from './sessions.ts';

const isLower = (role: Role, than: Role) => accessRoles.indexOf(role) < accessRoles.indexOf(than);

/** What is to be told once a command is durable. */
type Told = {
  /** Sessions and tokens that ended. */
  readonly ended: readonly string[];
  /** Whatever of this person's is still open was let in under another role. */
  readonly role_changed?: string;
};

/** What admins do with accounts. Functions throw `ProblemError` for a refusal. */
export const createAdministration = (
  kernel: Kernel,
  ports: {
    queries: UserQueries;
    people: People;
    passwords: Passwords;
    sessions: Sessions;
    registerAccount: RegisterAccount;
    planCodes: PlanCodes;
    /** Told who has another role, once that is durable. */
    roleChanged: (userId: string) => void;
  },
) => {
  const { bus } = kernel;
  const { queries, people, passwords, sessions } = ports;

  const managed = (person: PersonRow): ManagedUser =>
    toManagedUser(person, queries.lastSeenAt(person.user_id));

  const find = (userId: string): ManagedUser => {
    const person = queries.byId(userId);
    if (!person) throw userProblem({ code: 'unknown_user' });
    return managed(person);
  };

  const decideIn = (tx: Tx, command: UserCommand): AccountRefusal | null => {
    const decision = tx.decide(userDecider, userStream(command.user_id), command);
    return decision.accepted ? null : decision.reason;
  };

  const changeIn = (
    tx: Tx,
    user_id: string,
    { role, plan, disabled }: UserChangesBody,
  ): Answer<Told, AccountRefusal> => {
    const before = tx.state(userDecider, userStream(user_id));
    if (before.kind === 'unknown') return refuse({ code: 'unknown_user' });
    if (plan !== undefined && !ports.planCodes().includes(plan)) {
      return refuse({ code: 'unknown_plan' });
    }
    const other_admins = queries.otherAdmins(user_id);
    const commands: UserCommand[] = [];
    if (disabled === true) commands.push({ type: 'Disable', user_id, other_admins });
    if (disabled === false) commands.push({ type: 'Enable', user_id });
    if (role !== undefined) commands.push({ type: 'AssignRole', user_id, role, other_admins });
    if (plan !== undefined) commands.push({ type: 'AssignPlan', user_id, plan });
    for (const command of commands) {
      const refusal = decideIn(tx, command);
      if (refusal) return refuse(refusal);
    }
    if (disabled === true) return done({ ended: sessions.endAccessIn(tx, user_id, 'disabled') });
    if (role === undefined || role === before.role) return done({ ended: [] });
    return done(
      isLower(role, before.role)
        ? { ended: sessions.endAccessIn(tx, user_id, 'demoted') }
        : { ended: [], role_changed: user_id },
    );
  };

  /** After the commit, also of a repeated request: what should be closed is closed. */
  const run = async (
    request: CommandRequest,
    work: (tx: Tx) => Answer<Told, AccountRefusal>,
  ): Promise<number> => {
    const outcome = await bus.execute(request, work);
    if (!outcome.ok) throw userProblem(outcome.reason);
    const { ended, role_changed } = outcome.result;
    sessions.tellRevoked(ended);
    if (role_changed !== undefined) ports.roleChanged(role_changed);
    return outcome.position;
  };

  return {
    find,

    list(after: string, limit: number) {
      const rows = queries.people(after, limit + 1);
      const items = rows.slice(0, limit).map(managed);
      const next_cursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      return { items, next_cursor, total: queries.accounts() };
    },

    async add(request: CommandRequest, body: NewUserBody) {
      const { name, email = null, role, plan = null } = body;
      const passwordHash = await passwords.hash(body.password);
      const outcome = await bus.execute(request, (tx): Answer<string, AccountRefusal> => {
        const userId = tx.newId();
        const account = { userId, name, email, passwordHash, role, plan };
        const answer = ports.registerAccount(tx, account);
        return answer.ok ? done(userId) : answer;
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      return { user: find(outcome.result), position: outcome.position };
    },

    async change(request: CommandRequest, userId: string, changes: UserChangesBody) {
      const position = await run(request, (tx) => changeIn(tx, userId, changes));
      return { user: find(userId), position };
    },

    /**
     * A new password for who cannot get in; also for who only ever came by a provider, and for
     * another admin, whose log says who did it. Never for oneself: that takes the current one,
     * or an unattended page of an admin would be worth the account.
     *
     * Every session ends, since whoever knew the old password may sit in one. API tokens stay:
     * they do not come from the password, and the button on the wall should go on ringing. Where
     * a thief may have made some, disabling the account ends those too.
     */
    async setPassword(request: CommandRequest, user_id: string, body: ResetPasswordBody) {
      if (request.actor === user_id) throw userProblem({ code: 'own_password' });
      const made = body.password === undefined ? makePassword() : undefined;
      const passwordHash = await passwords.hash(body.password ?? made ?? '');
      const outcome = await bus.execute(request, (tx): Answer<Told, AccountRefusal> => {
        const refusal = decideIn(tx, { type: 'SetPassword', user_id });
        if (refusal) return refuse(refusal);
        people.setPassword(user_id, passwordHash);
        return done({ ended: sessions.endAllIn(tx, user_id, 'password_set') });
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      sessions.tellRevoked(outcome.result.ended);
      if (outcome.repeated && made !== undefined) throw shownOnce('password');
      return { made, position: outcome.position };
    },

    /** Erases the person from every side table; the events keep an id that names nobody. */
    forget: (request: CommandRequest, user_id: string): Promise<number> =>
      run(request, (tx) => {
        if (!queries.byId(user_id)) return refuse({ code: 'unknown_user' });
        const ended = sessions.endAccessIn(tx, user_id, 'forgotten');
        const other_admins = queries.otherAdmins(user_id);
        const refusal = decideIn(tx, { type: 'Forget', user_id, other_admins });
        if (refusal) return refuse(refusal);
        people.erase(user_id);
        return done({ ended });
      }),
  };
};
export type Administration = ReturnType<typeof createAdministration>;
