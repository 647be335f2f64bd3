import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { InviteEvent } from './invite-events.ts';

type Issue = Extract<InviteEvent, { type: 'InviteIssued' }>['data'];

/** `at` in milliseconds since the epoch. */
export type InviteCommand =
  | ({ type: 'IssueInvite'; at: number } & Issue)
  | { type: 'UseInvite'; invite_id: string; user_id: string; at: number }
  | { type: 'RevokeInvite'; invite_id: string };

export type InviteRefusal =
  | { code: 'unknown_invite' }
  | { code: 'expiry_passed' }
  /** Used, revoked or expired: whoever tries it is not told which. */
  | { code: 'invite_invalid' }
  | { code: 'invite_used' };

export type InviteState =
  | { kind: 'unknown' }
  | { kind: 'open' | 'used' | 'revoked'; role: Issue['role']; plan: string; expiresAt: string };

/** Invites: each is good for one account. */
export const inviteDecider: Decider<InviteState, InviteCommand, InviteEvent, InviteRefusal> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, invite) {
    if (command.type === 'IssueInvite') {
      const { type: _type, at, ...data } = command;
      if (Date.parse(data.expires_at) <= at) return refused({ code: 'expiry_passed' });
      return accepted({ type: 'InviteIssued', data });
    }
    if (invite.kind === 'unknown') return refused({ code: 'unknown_invite' });
    const { invite_id } = command;
    switch (command.type) {
      case 'UseInvite': {
        const expired = Date.parse(invite.expiresAt) <= command.at;
        if (invite.kind !== 'open' || expired) return refused({ code: 'invite_invalid' });
        return accepted({ type: 'InviteUsed', data: { invite_id, user_id: command.user_id } });
      }
      case 'RevokeInvite':
        if (invite.kind === 'used') return refused({ code: 'invite_used' });
        if (invite.kind === 'revoked') return accepted();
        return accepted({ type: 'InviteRevoked', data: { invite_id } });
      default:
        return unreachable(command);
    }
  },

  evolve(invite, event) {
    if (event.type === 'InviteIssued') {
      const { role, plan, expires_at } = event.data;
      return { kind: 'open', role, plan, expiresAt: expires_at };
    }
    if (invite.kind === 'unknown') return invite;
    switch (event.type) {
      case 'InviteUsed':
        return { ...invite, kind: 'used' };
      case 'InviteRevoked':
        return { ...invite, kind: 'revoked' };
      default:
        return unreachable(event);
    }
  },
};
