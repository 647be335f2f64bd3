import { expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem.ts';
import { fieldErrorsOf } from './problem-fields.ts';

test('a bad field is told under its field, as a sentence', () => {
  const errors = [{ path: 'password', message: 'use at least 12 characters' }];
  expect(fieldErrorsOf(new ApiProblem(422, { errors }))).toEqual({
    password: 'Use at least 12 characters.',
  });
});

test('a wrong setup code is told under the code', () => {
  const problem = new ApiProblem(403, { code: 'wrong_setup_code', detail: 'Not this one.' });
  expect(fieldErrorsOf(problem)).toEqual({ code: 'Not this one.' });
});

test('everything else is told under the last field', () => {
  expect(fieldErrorsOf(new ApiProblem(401, { detail: 'No match.' }))).toEqual({
    password: 'No match.',
  });
  expect(fieldErrorsOf(new ApiProblem(429, {}, 8))).toEqual({
    password: 'Too many tries. Wait 8 s, then try again.',
  });
  expect(fieldErrorsOf(new Unreachable())).toEqual({ password: 'Encore does not answer.' });
  expect(fieldErrorsOf(null)).toEqual({});
});
