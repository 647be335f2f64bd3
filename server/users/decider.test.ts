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
      .when({ type: 'SignIn', user_id: 'mira', session_id: 's1', method: 'password' })
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
      .when({ type: 'SignIn', user_id: 'mira', session_id: 's1', method: 'password' })
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

describe('registration', () => {
  const register = {
    type: 'Register',
    user_id: 'ben',
    role: 'user',
    plan: 'free',
    has_password: true,
  } as const;
  const account: UserEvent = {
    type: 'UserRegistered',
    data: { user_id: 'ben', role: 'user', plan: 'free' },
  };

  it('comes after the first admin', () => {
    spec
      .given()
      .when({ ...register, accounts: 0 })
      .thenRefused({ code: 'setup_needed' });
    spec
      .given()
      .when({ ...register, accounts: 1 })
      .thenAccepted(account, { type: 'PasswordSet', data: { user_id: 'ben' } });
  });

  it('with a provider sets no password', () => {
    spec
      .given()
      .when({ ...register, has_password: false, accounts: 1 })
      .thenAccepted(account);
  });
});

describe('roles', () => {
  const assign = (role: 'admin' | 'user' | 'guest', other_admins = 1) =>
    ({ type: 'AssignRole', user_id: 'mira', role, other_admins }) as const;
  const assigned = (role: 'admin' | 'user' | 'guest'): UserEvent => ({
    type: 'RoleAssigned',
    data: { user_id: 'mira', role },
  });
  const plan = (code: string): UserEvent => ({
    type: 'PlanAssigned',
    data: { user_id: 'mira', plan: code },
  });

  it('bring the plan of admins along, and take it away', () => {
    const user: UserEvent = {
      type: 'UserRegistered',
      data: { user_id: 'mira', role: 'user', plan: 'pro' },
    };
    spec.given(user).when(assign('admin')).thenAccepted(assigned('admin'), plan('admin'));
    spec
      .given(registered('admin'))
      .when(assign('guest'))
      .thenAccepted(assigned('guest'), plan('free'));
    spec.given(user).when(assign('guest')).thenAccepted(assigned('guest'));
  });

  it('are assigned once', () => {
    spec.given(registered('admin')).when(assign('admin', 0)).thenAccepted();
  });

  it('leave one admin who can sign in', () => {
    const alone = { user_id: 'mira', other_admins: 0 } as const;
    const disabled: UserEvent = { type: 'UserDisabled', data: { user_id: 'mira' } };
    for (const command of [
      assign('user', 0),
      { type: 'Disable', ...alone },
      { type: 'Forget', ...alone },
    ] as const) {
      spec.given(registered('admin')).when(command).thenRefused({ code: 'last_admin' });
    }
    spec
      .given(registered('admin'), disabled)
      .when({ type: 'Forget', ...alone })
      .thenAccepted({ type: 'UserForgotten', data: { user_id: 'mira' } });
  });
});

describe('a disabled account', () => {
  const disabled: UserEvent = { type: 'UserDisabled', data: { user_id: 'mira' } };
  const signIn = {
    type: 'SignIn',
    user_id: 'mira',
    session_id: 's1',
    method: 'password',
  } as const;

  it('does not sign in until it is enabled', () => {
    const enabled: UserEvent = { type: 'UserEnabled', data: { user_id: 'mira' } };
    spec.given(registered('user'), disabled).when(signIn).thenRefused({ code: 'account_disabled' });
    spec
      .given(registered('user'), disabled)
      .when({ type: 'Enable', user_id: 'mira' })
      .thenAccepted(enabled);
    spec.given(registered('user'), disabled, enabled).when(signIn).thenAccepted(signedIn);
  });

  it('once forgotten, is as unknown as one that never was', () => {
    const forgotten: UserEvent = { type: 'UserForgotten', data: { user_id: 'mira' } };
    spec.given(registered('user'), forgotten).when(signIn).thenRefused({ code: 'unknown_user' });
  });
});

describe('linked identities', () => {
  const linked: UserEvent = {
    type: 'IdentityLinked',
    data: { user_id: 'mira', provider: 'github' },
  };
  const unlink = { type: 'UnlinkIdentity', user_id: 'mira', provider: 'github' } as const;
  const passwordSet: UserEvent = { type: 'PasswordSet', data: { user_id: 'mira' } };

  it('are one for each provider', () => {
    spec
      .given(registered('user'), linked)
      .when({ type: 'LinkIdentity', user_id: 'mira', provider: 'github' })
      .thenRefused({ code: 'provider_linked' });
  });

  it('are not taken away while they are the only way in', () => {
    spec.given(registered('user'), linked).when(unlink).thenRefused({ code: 'last_sign_in_way' });
    spec
      .given(registered('user'), linked, passwordSet)
      .when(unlink)
      .thenAccepted({ type: 'IdentityUnlinked', data: { user_id: 'mira', provider: 'github' } });
    spec.given(registered('user')).when(unlink).thenRefused({ code: 'unknown_identity' });
  });
});
