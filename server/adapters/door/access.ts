import { accessRoles, type Access, type Identity } from '../../kernel/door.ts';
import type { Problem } from '../../kernel/problem.ts';

/** An API token never does more than its owner's role, and only what its scopes name. */
export const mayUse = (identity: Identity, access: Access): boolean =>
  accessRoles.indexOf(identity.role) >= accessRoles.indexOf(access.role) &&
  (identity.scopes === null || identity.scopes.has(access.scope));

export const notAllowed = (identity: Identity, access: Access): Problem => ({
  status: 403,
  code: 'not_allowed',
  title: 'Not allowed',
  detail:
    identity.scopes === null || identity.scopes.has(access.scope)
      ? `This needs the role "${access.role}", and ${identity.name} is "${identity.role}".`
      : `This token lacks the scope "${access.scope}".`,
});
