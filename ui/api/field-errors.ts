import { msg, str } from '@lit/localize';
import { capitalised } from '../design/words.ts';
import { fieldWords } from './field-words.ts';
import { ApiProblem, sentenceOf } from './problem.ts';

export type FieldErrors<Field extends string> = Partial<Record<Field, string>>;

/** The fields of a form, and where it says what names none of them. */
export type Form<Field extends string> = {
  fields: readonly Field[];
  /** Problem codes that are about one field without naming it. */
  codes?: Readonly<Record<string, Field>>;
  rest: Field;
};

/** Under which field a refusal belongs, as sentences. `null` is no error. */
export const fieldErrorsOf = <Field extends string>(
  error: unknown,
  { fields, codes = {}, rest }: Form<Field>,
): FieldErrors<Field> => {
  if (error === null) return {};
  const under = (field: Field, text: string): FieldErrors<Field> =>
    ({ [field]: text }) as FieldErrors<Field>;
  if (!(error instanceof ApiProblem)) return under(rest, sentenceOf(error));
  const found: FieldErrors<Field> = {};
  for (const { path, message } of error.errors) {
    // "scopes.0" and "body.name" alike.
    const steps = path.split(/[.[\]]+/);
    const field = fields.find((one) => steps.includes(one));
    if (field) found[field] ??= sentence(fieldWords(message));
  }
  if (Object.keys(found).length > 0) return found;
  const known = codes[error.code];
  if (known) return under(known, error.message);
  if (error.status === 429 && error.retryAfter) {
    return under(rest, msg(str`Too many tries. Wait ${error.retryAfter} s, then try again.`));
  }
  return under(rest, error.message);
};

const sentence = (text: string): string => {
  const capital = capitalised(text);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};

/** What is still wrong once somebody types into a field of the form. */
export const withoutTyped = <Field extends string>(
  errors: FieldErrors<Field>,
  { target }: Event,
): FieldErrors<Field> => {
  const name = (target as HTMLInputElement).name;
  return name in errors ? { ...errors, [name]: undefined } : errors;
};
