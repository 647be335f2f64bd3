import type { Role } from './contract.ts';

/** Stream `invite-<id>`. The code is known to whom it was shown; its hash is in a side table. */
export type InviteEvent =
  | {
      type: 'InviteIssued';
      data: {
        invite_id: string;
        role: Role;
        plan: string;
        /** RFC 3339. */
        expires_at: string;
      };
    }
  | { type: 'InviteUsed'; data: { invite_id: string; user_id: string } }
  | { type: 'InviteRevoked'; data: { invite_id: string } };

export const inviteStream = (inviteId: string): string => `invite-${inviteId}`;
