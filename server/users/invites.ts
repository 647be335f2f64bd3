import { done, refuse, type Answer, type CommandRequest, type Tx } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Invite, InviteBody, Role } from './contract.ts';
import { planOf } from './decider.ts';
import { inviteDecider } from './invite-decider.ts';
import { inviteStream } from './invite-events.ts';
import { userProblem, type AccountRefusal } from './problems.ts';
import type { PlanCodes } from './register-account.ts';
import { makeInviteCode, sha256 } from './secrets.ts';

const inviteMsDefault = 7 * 24 * 60 * 60 * 1000;

type InviteRow = Omit<Invite, 'status' | 'created_at' | 'used_at'> & {
  created_at: number;
  used_at: number | null;
  revoked_at: number | null;
};

const statusOf = (row: InviteRow, now: number): Invite['status'] => {
  if (row.used_at !== null) return 'used';
  if (row.revoked_at !== null) return 'revoked';
  return Date.parse(row.expires_at) <= now ? 'expired' : 'open';
};

/** Ways in for people who have no account yet. Functions throw `ProblemError` for a refusal. */
export const createInvites = (kernel: Kernel, ports: { planCodes: PlanCodes }) => {
  const { bus, clock, storage } = kernel;
  const insertSecret = storage.prepare('INSERT INTO invite_secrets VALUES (?, ?)');
  const deleteSecret = storage.prepare('DELETE FROM invite_secrets WHERE invite_id = ?');
  const byHash = storage
    .prepare<[Buffer], string>('SELECT invite_id FROM invite_secrets WHERE hash = ?')
    .pluck();
  const byId = storage.prepare<[string], InviteRow>('SELECT * FROM invites WHERE id = ?');
  const page = storage.prepare<[string, number], InviteRow>(
    'SELECT * FROM invites WHERE id < ? ORDER BY id DESC LIMIT ?',
  );
  const total = storage.prepare<[], number>('SELECT count(*) FROM invites').pluck();
  const toInvite = (row: InviteRow): Invite => {
    const { revoked_at: _revokedAt, created_at, used_at, ...rest } = row;
    return {
      ...rest,
      status: statusOf(row, clock.now()),
      created_at: new Date(created_at).toISOString(),
      used_at: used_at === null ? null : new Date(used_at).toISOString(),
    };
  };

  return {
    /** The newest first, older than the cursor. */
    list(cursor: string | undefined, limit: number) {
      const rows = page.all(cursor ?? '~', limit + 1);
      const items = rows.slice(0, limit).map(toInvite);
      const next_cursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      return { items, next_cursor, total: total.get() ?? 0 };
    },

    /** `code` is undefined for a repeated request: it was shown with the first answer. */
    async issue(request: CommandRequest, { role, plan, expires_at }: InviteBody) {
      const code = makeInviteCode();
      const outcome = await bus.execute(request, (tx): Answer<string, AccountRefusal> => {
        const invite_id = tx.newId();
        const planCode = plan ?? planOf(role);
        if (!ports.planCodes().includes(planCode)) return refuse({ code: 'unknown_plan' });
        const decision = tx.decide(inviteDecider, inviteStream(invite_id), {
          type: 'IssueInvite',
          invite_id,
          role,
          plan: planCode,
          expires_at: expires_at ?? new Date(tx.at + inviteMsDefault).toISOString(),
          at: tx.at,
        });
        if (!decision.accepted) return refuse(decision.reason);
        insertSecret.run(invite_id, sha256(code));
        return done(invite_id);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      const row = byId.get(outcome.result);
      if (!row) throw userProblem({ code: 'unknown_invite' });
      return {
        invite: toInvite(row),
        code: outcome.repeated ? undefined : code,
        position: outcome.position,
      };
    },

    async revoke(request: CommandRequest, invite_id: string): Promise<number> {
      const outcome = await bus.execute(request, (tx) => {
        const command = { type: 'RevokeInvite', invite_id } as const;
        const decision = tx.decide(inviteDecider, inviteStream(invite_id), command);
        if (!decision.accepted) return refuse(decision.reason);
        deleteSecret.run(invite_id);
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      return outcome.position;
    },

    /** Whether the code may be worth the cost of a registration; `useIn` decides. */
    isKnown: (code: string): boolean => byHash.get(sha256(code)) !== undefined,

    /** Inside the command that registers: two at once cannot both have it. */
    useIn(
      tx: Tx,
      code: string,
      user_id: string,
    ): Answer<{ role: Role; plan: string }, AccountRefusal> {
      const invite_id = byHash.get(sha256(code));
      if (invite_id === undefined) return refuse({ code: 'invite_invalid' });
      const command = { type: 'UseInvite', invite_id, user_id, at: tx.at } as const;
      const decision = tx.decide(inviteDecider, inviteStream(invite_id), command);
      if (!decision.accepted) return refuse(decision.reason);
      const invite = tx.state(inviteDecider, inviteStream(invite_id));
      if (invite.kind === 'unknown') return refuse({ code: 'invite_invalid' });
      deleteSecret.run(invite_id);
      return done({ role: invite.role, plan: invite.plan });
    },
  };
};
export type Invites = ReturnType<typeof createInvites>;
