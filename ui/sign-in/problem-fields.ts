import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { capitalised } from '../design/words.ts';

export type Field = 'code' | 'name' | 'password';
export type FieldErrors = Partial<Record<Field, string>>;

const fields: readonly Field[] = ['code', 'name', 'password'];

/** Under which field a refusal belongs; what names none stands under the last one. */
export const fieldErrorsOf = (error: unknown): FieldErrors => {
  if (error === null) return {};
  if (!(error instanceof ApiProblem)) return { password: sentenceOf(error) };
  const found: FieldErrors = {};
  for (const { path, message } of error.errors) {
    const field = fields.find((one) => path === one || path.endsWith(`.${one}`));
    if (field) found[field] ??= sentence(message);
  }
  if (Object.keys(found).length > 0) return found;
  if (error.code.includes('setup_code')) return { code: error.message };
  if (error.status === 429 && error.retryAfter) {
    return { password: `Too many tries. Wait ${error.retryAfter} s, then try again.` };
  }
  return { password: error.message };
};

const sentence = (text: string): string => {
  const capital = capitalised(text);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
