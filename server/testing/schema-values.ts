import fc, { type Arbitrary } from 'fast-check';
import { anyText } from '../kernel/testing/any-text.ts';

/** As far as our own documents use it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
};

export type SchemaValues = {
  readonly resolve: (ref: string) => Schema;
  /** What exists: ids, names. Given instead of many a free text. */
  readonly known: () => readonly string[];
};

const depthMax = 5;
const lengthMax = 40;
const itemsMax = 4;

/** What programs stumble over. */
const oddTexts = [
  '',
  ' ',
  '\0',
  '\u202e\u0000\ufeff',
  'null',
  '0',
  '-1',
  '../../etc/passwd',
  '%00%2e%2e%2f',
  "' OR 1=1 --",
  '{{7*7}}<script>',
  '👩‍👩‍👧‍👦'.repeat(5),
  '\ud800',
  'ﷺ'.repeat(40),
  '__proto__',
  'constructor',
  'toString',
  '9'.repeat(40),
  '2026-02-30T25:61:61.000Z',
  'a'.repeat(5000),
  '(a+)+$',
];
export const oddText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddTexts),
  anyText(lengthMax),
);

export const anyJson: Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.double(),
  fc.constantFrom(0, -0, -1, 1e308, 2 ** 53, 0.1, true, false, null, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__": {"role": "admin"}, "constructor": 1}') as unknown),
  fc.array(fc.constant({}), { minLength: 1000, maxLength: 1200 }),
);

const isoDate = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const matching = (pattern: string, schema: Schema): Arbitrary<string> => {
  try {
    const text = fc.stringMatching(new RegExp(pattern, 'u'));
    const { minLength = 0, maxLength = Infinity } = schema;
    return text.filter(({ length }) => length >= minLength && length <= maxLength);
  } catch {
    return fc.string({ maxLength: lengthMax });
  }
};

const textOf = (schema: Schema, { known }: SchemaValues): Arbitrary<string> => {
  const { minLength = 0, maxLength = lengthMax } = schema;
  if (schema.format === 'date-time') return isoDate;
  if (schema.format === 'date') return isoDate.map((text) => text.slice(0, 10));
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.pattern !== undefined) return matching(schema.pattern, schema);
  const free = fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, lengthMax)),
  });
  const one = fc.nat().map((index) => known()[index % Math.max(1, known().length)] ?? 'none');
  return fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: free });
};

/** Values that a schema takes, as far as it says what it takes: formats of our own it does not. */
export const valuesOf = (schema: Schema, world: SchemaValues, depth = 0): Arbitrary<unknown> => {
  const inner = (one: Schema) => valuesOf(one, world, depth + 1);
  if (schema.$ref !== undefined) return inner(world.resolve(schema.$ref));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(inner));
  if (Array.isArray(schema.type)) {
    return fc.oneof(...(schema.type as string[]).map((type) => inner({ ...schema, type })));
  }
  const { minimum = -1000, maximum = 1_000_000 } = schema;
  const type = String(schema.type);
  switch (type) {
    case 'string':
      return textOf(schema, world);
    case 'integer':
      return fc.integer({
        min: Math.max(minimum, -(2 ** 31)),
        max: Math.min(Math.max(maximum, minimum), 2 ** 31 - 1),
      });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      if (depth > depthMax) return fc.constant([]);
      const minLength = schema.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? itemsMax, itemsMax));
      return fc.array(inner(schema.items ?? {}), { minLength, maxLength });
    }
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const required = schema.required ?? [];
      const kept = depth > depthMax ? fields.filter(([name]) => required.includes(name)) : fields;
      return fc.record(Object.fromEntries(kept.map(([name, one]) => [name, inner(one)])), {
        requiredKeys: [...required],
      });
    }
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
};

/** A value with one thing about it that is likely to be wrong. */
export const spoilt = (value: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc
    .tuple(value, fc.nat(), anyJson, fc.constantFrom('swap', 'drop', 'add', 'nest', 'all'))
    .map(([good, index, odd, how]) => {
      if (how === 'all' || typeof good !== 'object' || good === null) return odd;
      if (Array.isArray(good)) return how === 'nest' ? [good] : [...(good as unknown[]), odd];
      const names = Object.keys(good);
      const name = names[index % Math.max(1, names.length)] ?? 'extra';
      const copy: Record<string, unknown> = { ...good };
      if (how === 'add') return { ...copy, [`extra ${index}`]: odd };
      if (how === 'nest') return { ...copy, [name]: { value: copy[name] } };
      if (how === 'drop') delete copy[name];
      else copy[name] = odd;
      return copy;
    });
