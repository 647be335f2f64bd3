import { it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { InviteEvent } from './invite-events.ts';
import { invitesProjection } from './invite-projection.ts';

const spec = projectionSpec<InviteEvent>(invitesProjection);
const on = (event: InviteEvent) => ({
  stream: `invite-${event.data.invite_id}`,
  event,
  actor: 'mira',
});
const issued = (invite_id: string) =>
  on({
    type: 'InviteIssued',
    data: { invite_id, role: 'user', plan: 'free', expires_at: '2026-02-01T00:00:00.000Z' },
  });

it('invites are open, used or revoked', async () => {
  const { thenRows } = await spec.given(
    issued('i1'),
    issued('i2'),
    issued('i3'),
    on({ type: 'InviteUsed', data: { invite_id: 'i2', user_id: 'ben' } }),
    on({ type: 'InviteRevoked', data: { invite_id: 'i3' } }),
  );
  const noon = Date.UTC(2026, 0, 1, 12);
  thenRows('SELECT id, issued_by, used_by, used_at, revoked_at FROM invites ORDER BY id', [
    { id: 'i1', issued_by: 'mira', used_by: null, used_at: null, revoked_at: null },
    { id: 'i2', issued_by: 'mira', used_by: 'ben', used_at: noon + 180_000, revoked_at: null },
    { id: 'i3', issued_by: 'mira', used_by: null, used_at: null, revoked_at: noon + 240_000 },
  ]);
});
