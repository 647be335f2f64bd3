import { expect, test } from 'vitest';
import { fieldErrorsOf, type FieldErrors, type Form } from './field-errors.ts';
import { ApiProblem, Unreachable } from './problem.ts';

type Field = 'code' | 'name' | 'password';
const form: Form<Field> = {
  fields: ['code', 'name', 'password'],
  codes: { wrong_setup_code: 'code' },
  rest: 'password',
};
const errorsOf = (error: unknown): FieldErrors<Field> => fieldErrorsOf(error, form);

test('a bad field is told under its field, as a sentence', () => {
  const errors = [{ path: 'password', message: 'use at least 12 characters' }];
  expect(errorsOf(new ApiProblem(422, { errors }))).toEqual({
    password: 'Use at least 12 characters.',
  });
});

test('a fault deep in a field is told under the field', () => {
  const errors = [{ path: 'body.name.0', message: 'is empty' }];
  expect(errorsOf(new ApiProblem(422, { errors }))).toEqual({ name: 'Is empty.' });
});

test('a wrong setup code is told under the code', () => {
  const problem = new ApiProblem(403, { code: 'wrong_setup_code', detail: 'Not this one.' });
  expect(errorsOf(problem)).toEqual({ code: 'Not this one.' });
});

test('everything else is told under the last field', () => {
  expect(errorsOf(new ApiProblem(401, { detail: 'No match.' }))).toEqual({
    password: 'No match.',
  });
  expect(errorsOf(new ApiProblem(429, {}, 8))).toEqual({
    password: 'Too many tries. Wait 8 s, then try again.',
  });
  expect(errorsOf(new Unreachable())).toEqual({ password: 'Encore does not answer.' });
  expect(errorsOf(null)).toEqual({});
});
