import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { inviteDecider } from './invite-decider.ts';
import type { InviteEvent } from './invite-events.ts';

const spec = specification(inviteDecider);
const noon = Date.parse('2026-01-01T12:00:00Z');
const invite = {
  invite_id: 'i1',
  role: 'user',
  plan: 'free',
  expires_at: '2026-01-02T12:00:00.000Z',
} as const;
const issued: InviteEvent = { type: 'InviteIssued', data: invite };
const used: InviteEvent = { type: 'InviteUsed', data: { invite_id: 'i1', user_id: 'ben' } };
const revoked: InviteEvent = { type: 'InviteRevoked', data: { invite_id: 'i1' } };
const use = { type: 'UseInvite', invite_id: 'i1', user_id: 'ben', at: noon } as const;
const revoke = { type: 'RevokeInvite', invite_id: 'i1' } as const;

describe('an invite', () => {
  it('is issued with a future expiry', () => {
    const issue = { type: 'IssueInvite', ...invite, at: noon } as const;
    spec.given().when(issue).thenAccepted(issued);
    spec
      .given()
      .when({ ...issue, at: Date.parse(invite.expires_at) })
      .thenRefused({ code: 'expiry_passed' });
  });

  it('is good for one account', () => {
    spec.given(issued).when(use).thenAccepted(used);
    spec
      .given(issued, used)
      .when({ ...use, user_id: 'eve' })
      .thenRefused({ code: 'invite_invalid' });
  });

  it('is worth nothing once revoked or expired, or when it never was', () => {
    spec.given(issued, revoked).when(use).thenRefused({ code: 'invite_invalid' });
    const late = { ...use, at: Date.parse(invite.expires_at) };
    spec.given(issued).when(late).thenRefused({ code: 'invite_invalid' });
    spec.given().when(use).thenRefused({ code: 'unknown_invite' });
  });

  it('is revoked once, and not after it was used', () => {
    spec.given(issued).when(revoke).thenAccepted(revoked);
    spec.given(issued, revoked).when(revoke).thenAccepted();
    spec.given(issued, used).when(revoke).thenRefused({ code: 'invite_used' });
  });
});
