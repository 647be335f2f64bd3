/** One seeded fault: what it says, where it is, and the text that makes it. */
export type Mutant = {
  readonly id: string;
  /** Below `server/`. */
  readonly file: string;
  readonly fault: string;
  /** Each text stands exactly once in the file. */
  readonly changes: readonly { readonly from: string; readonly to: string }[];
};

export const mutants: readonly Mutant[] = [];
