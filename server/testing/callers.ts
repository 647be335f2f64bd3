import { accessRoles, type Access, type AccessRole } from '../kernel/door.ts';
import { scopes } from '../users/contract.ts';
import { addPerson, issueToken, type Person } from '../users/testing/people.ts';
import type { TestApp } from './test-app.ts';

/** Somebody at a door, and what they ought to be. */
export type Caller = {
  readonly role: AccessRole;
  /** Null for a signed-in person. */
  readonly scopes: ReadonlySet<string> | null;
  /** Whose it is; null for nobody. */
  readonly person: Person | null;
  token: string | null;
};

const nobody: Caller = { role: 'nobody', scopes: null, person: null, token: null };

/** Whoever may come: each role, two people of one, and a token for each scope of high and of low. */
export const makeCallers = async (
  app: TestApp,
  /** Scopes that every token has besides its own. */
  besides: readonly string[] = [],
): Promise<Record<string, Caller>> => {
  const callers: Record<string, Caller> = { nobody };
  const signedIn = async (name: string, role: 'admin' | 'user' | 'guest'): Promise<Caller> => {
    const person = await addPerson(app, name, { role });
    return { role, scopes: null, person, token: person.token };
  };
  const tokensOf = async (owner: Caller, whose: string) => {
    const { role, person } = owner;
    if (!person) throw new Error('nobody has no tokens');
    for (const scope of scopes) {
      const held = [...new Set([scope, ...besides])];
      const token = await issueToken(app, person, held);
      callers[`${whose} with ${scope}`] = { role, scopes: new Set(held), person, token };
    }
  };
  callers['guest'] = await signedIn('Gil', 'guest');
  callers['user'] = await signedIn('Ben', 'user');
  callers['other user'] = await signedIn('Cem', 'user');
  callers['admin'] = await signedIn('Ada', 'admin');
  // Of an admin, so that the scope alone decides; of a guest, so that the role does.
  await tokensOf(await signedIn('Oda', 'admin'), 'token');
  await tokensOf(await signedIn('Geo', 'guest'), "guest's token");
  return callers;
};

/** What the declaration says of a caller; written anew here, since the doors' own is on trial. */
export const declared = (
  { role, scope }: Access,
  caller: Caller,
): 'let in' | 'sign_in_needed' | 'not_allowed' => {
  if (role === 'nobody') return 'let in';
  if (caller.role === 'nobody') return 'sign_in_needed';
  const high = accessRoles.indexOf(caller.role) >= accessRoles.indexOf(role);
  return high && (caller.scopes === null || caller.scopes.has(scope)) ? 'let in' : 'not_allowed';
};
