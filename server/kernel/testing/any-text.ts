import fc, { type Arbitrary } from 'fast-check';

const surrogatesFrom = 0xd800;
const surrogates = 0x800;
const codePointMax = 0x10ffff;

const character = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x80, max: codePointMax - surrogates }) },
  )
  .map((point) => String.fromCodePoint(point < surrogatesFrom ? point : point + surrogates));

/** Any Unicode text. fast-check's own unit `binary` says the same, and takes seconds to set itself up. */
export const anyText = (maxLength: number): Arbitrary<string> =>
  fc.string({ unit: character, maxLength });
