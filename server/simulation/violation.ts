/** What must never be. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Which promise is broken. */
  readonly invariant: string;
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

export const hold = (invariant: string, holds: boolean, what: () => string): void => {
  if (!holds) throw new Violation(invariant, what());
};
