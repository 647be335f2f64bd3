import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { userDecider } from './decider.ts';
import type { UserEvent } from './events.ts';

const spec = specification(userDecider);
const registered = (role: 'admin' | 'user'): UserEvent => ({
  type: 'UserRegistered',
  data: { user_id: 'mira', role, plan: 'admin' },
});
const signedIn: UserEvent = {
  type: 'UserSignedIn',
  data: { user_id: 'mira', session_id: 's1', method: 'password' },
};
const token = {
  user_id: 'mira',
  token_id: 't1',
  scopes: ['play', 'mqtt'],
  kind: 'user',
  prefixes: [],
  act_as: false,
  expires_at: null,
} satisfies Extract<UserEvent, { type: 'ApiTokenIssued' }>['data'];

describe('the first account', () => {
  it('becomes admin while there is none', () => {
    spec
      .given()
      .when({ type: 'RegisterFirstAdmin', user_id: 'mira', accounts: 0 })
      .thenAccepted(registered('admin'), { type: 'PasswordSet', data: { user_id: 'mira' } });
  });

  it('is refused for ever once there is one', () => {
    spec
      .given()
      .when({ type: 'RegisterFirstAdmin', user_id: 'eve', accounts: 1 })
      .thenRefused({ code: 'setup_done' });
  });
});

describe('sessions', () => {
  it('begin with a sign-in', () => {
    spec
      .given(registered('user'))
      .when({ type: 'SignIn', user_id: 'mira', session_id: 's1' })
      .thenAccepted(signedIn);
  });

  it('end once', () => {
    const end = {
      type: 'RevokeSession',
      user_id: 'mira',
      session_id: 's1',
      reason: 'reuse',
    } as const;
    const ended: UserEvent = {
      type: 'SessionRevoked',
      data: { user_id: 'mira', session_id: 's1', reason: 'reuse' },
    };
    spec.given(registered('user'), signedIn).when(end).thenAccepted(ended);
    spec.given(registered('user'), signedIn, ended).when(end).thenAccepted();
  });

  it('are not for accounts that do not exist', () => {
    spec
      .given()
      .when({ type: 'SignIn', user_id: 'mira', session_id: 's1' })
      .thenRefused({ code: 'unknown_user' });
  });
});

describe('API tokens', () => {
  it('are issued and revoked', () => {
    const issued: UserEvent = { type: 'ApiTokenIssued', data: token };
    const revoke = { type: 'RevokeToken', user_id: 'mira', token_id: 't1' } as const;
    spec
      .given(registered('user'))
      .when({ type: 'IssueToken', ...token })
      .thenAccepted(issued);
    spec
      .given(registered('user'), issued)
      .when(revoke)
      .thenAccepted({ type: 'ApiTokenRevoked', data: { user_id: 'mira', token_id: 't1' } });
    spec.given(registered('user')).when(revoke).thenRefused({ code: 'unknown_token' });
  });

  it('of a bridge are for admins', () => {
    const bridge = { type: 'IssueToken', ...token, kind: 'bridge' } as const;
    spec.given(registered('user')).when(bridge).thenRefused({ code: 'bridge_is_for_admins' });
    spec
      .given(registered('admin'))
      .when(bridge)
      .thenAccepted({ type: 'ApiTokenIssued', data: { ...token, kind: 'bridge' } });
  });
});
