import { describe, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import type { UserEvent } from './events.ts';
import { usersProjection } from './projection.ts';

const spec = projectionSpec<UserEvent>(usersProjection);
const on = (event: UserEvent) => ({ stream: `user-${event.data.user_id}`, event });
const registered = (user_id: string) =>
  on({ type: 'UserRegistered', data: { user_id, role: 'user', plan: 'free' } });
const rows = 'SELECT id, role, plan, disabled FROM users ORDER BY id';

describe('accounts', () => {
  it('follow role, plan and whether they are disabled', async () => {
    const ben = { user_id: 'ben' };
    const { thenRows } = await spec.given(
      registered('ada'),
      registered('ben'),
      on({ type: 'RoleAssigned', data: { ...ben, role: 'admin' } }),
      on({ type: 'PlanAssigned', data: { ...ben, plan: 'admin' } }),
      on({ type: 'UserDisabled', data: { user_id: 'ada' } }),
      on({ type: 'UserDisabled', data: ben }),
      on({ type: 'UserEnabled', data: ben }),
    );
    thenRows(rows, [
      { id: 'ada', role: 'user', plan: 'free', disabled: 1 },
      { id: 'ben', role: 'admin', plan: 'admin', disabled: 0 },
    ]);
  });

  it('are gone when forgotten', async () => {
    const forgotten = on({ type: 'UserForgotten', data: { user_id: 'ben' } });
    const { thenRows } = await spec.given(registered('ben'), forgotten);
    thenRows(rows, []);
  });
});
