import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
export type FieldFault = { readonly path: readonly PropertyKey[]; readonly message: string };

/** What is of another kind altogether, or says of itself that it is another form. */
const otherKind = 1_000;
const otherForm = 100;

type Form = readonly Issue[];

const samePath = (a: Issue, b: Issue): boolean => a.path.join('\0') === b.path.join('\0');

/** Whether the value there says which form is meant, such as a `type`: more than one form asks for its own. */
const namesForm = (issue: Issue, forms: readonly Form[]): boolean => {
  if (issue.code !== 'invalid_value') return false;
  const [first, ...others] = issue.values;
  if (typeof first === 'string' && others.length === 0) return true;
  const asks = (one: Issue) => one.code === 'invalid_value' && samePath(one, issue);
  return forms.filter((form) => form.some(asks)).length > 1;
};

const costOf = (issue: Issue, forms: readonly Form[]): number => {
  const isWhole = issue.path.length === 0;
  if (issue.code === 'unrecognized_keys') return issue.keys.length;
  if (isWhole && ['invalid_value', 'invalid_type'].includes(issue.code)) return otherKind;
  return namesForm(issue, forms) ? otherForm : 1;
};

const costOfAll = (form: Form, forms: readonly Form[]): number =>
  form.reduce((sum, issue) => sum + costOf(issue, forms), 0);

/** What could stand where `issue` is, in any of the forms. */
const expectedAt = (issue: Issue, forms: readonly Form[]): string => {
  const words = forms.flat().flatMap((one) => {
    if (!samePath(one, issue)) return [];
    if (one.code === 'invalid_value') return one.values.map((value) => JSON.stringify(value));
    return one.code === 'invalid_type' ? [one.expected] : [];
  });
  return [...new Set(words)].join('|');
};

/**
 * The faults of a value that fits none of several forms are those by which it misses the nearest
 * one: "Invalid input" alone helps nobody.
 */
const ofForms = (forms: readonly Form[]): FieldFault[] => {
  const [nearest] = forms.toSorted((a, b) => costOfAll(a, forms) - costOfAll(b, forms));
  if (!nearest) return [];
  const misfit = nearest.find((issue) => costOf(issue, forms) >= otherForm);
  if (!misfit) return nearest.flatMap(ofIssue);
  return [{ path: misfit.path, message: `Invalid input: expected ${expectedAt(misfit, forms)}` }];
};

/** What zod says of a union that has no words of its own. */
const unionWords = 'Invalid input';

const ofIssue = (issue: Issue): FieldFault[] => {
  const isMute = issue.code === 'invalid_union' && issue.message === unionWords;
  const inside = isMute ? ofForms(issue.errors) : [];
  return inside.length === 0
    ? [{ path: issue.path, message: issue.message }]
    : inside.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
};

/** One entry per bad field. */
export const fieldFaults = (error: z.ZodError): FieldFault[] => error.issues.flatMap(ofIssue);
