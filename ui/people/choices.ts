import { msg } from '@lit/localize';
import type { Plan } from '../../server/credits/contract.ts';
import type { Role } from '../../server/users/contract.ts';
import { roleWords } from './people-words.ts';

type Choice = { value: string; label: string };

const roles: readonly Role[] = ['user', 'guest', 'admin'];

export const roleChoices: readonly Choice[] = roles.map((role) => ({
  value: role,
  label: roleWords[role],
}));

export const planChoices = (plans: readonly Plan[]): Choice[] =>
  plans.map(({ code, name }) => ({ value: code, label: name }));

/** With a first choice that leaves the plan to the role. */
export const planOrRoleChoices = (plans: readonly Plan[]): Choice[] => [
  { value: '', label: msg('The one of the role') },
  ...planChoices(plans),
];
