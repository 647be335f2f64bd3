/**
 * Gives every shown row a slot, and a row that comes in the slot of one that left: its elements are
 * used again instead of made anew. A row keeps its slot as long as it is shown, so that focus and
 * half-done presses stay on their own pad.
 */
export class RowSlots {
  readonly #slots = new Map<number, number>();

  assign(rows: readonly number[]): { row: number; slot: number }[] {
    const wanted = new Set(rows);
    const free: number[] = [];
    for (const [row, slot] of this.#slots) {
      if (wanted.has(row)) continue;
      this.#slots.delete(row);
      free.push(slot);
    }
    let fresh = this.#slots.size + free.length;
    return rows.map((row) => {
      const slot = this.#slots.get(row) ?? free.pop() ?? fresh++;
      this.#slots.set(row, slot);
      return { row, slot };
    });
  }
}
