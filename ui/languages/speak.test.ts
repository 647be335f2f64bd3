import { expect, test } from 'vitest';
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import { templatesOf } from './speak.ts';

test('a message is known by the id that the library makes of its pieces', () => {
  const templates = templatesOf({
    messages: { Sounds: 'Töne', '{0} of {1}': 'von {1} {0}' },
    named: { 'problem.not_found': 'Weg.' },
    said: { 'at most {0}': 'höchstens {0}' },
  });
  expect(templates).toEqual({
    [generateMsgId('Sounds', false)]: 'Töne',
    [generateMsgId(['', ' of ', ''], false)]: {
      strTag: true,
      strings: ['von ', ' ', ''],
      values: [1, 0],
    },
    'problem.not_found': 'Weg.',
    'said.at most {0}': { strTag: true, strings: ['höchstens ', ''], values: [0] },
  });
});
