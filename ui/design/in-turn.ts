import { LitElement } from 'lit';
import { breathe } from './painted.ts';

/** A phone that takes longer does not answer a finger. */
const sliceMs = 25;

let opening = false;
/** When the work of the task that runs now began; null before there was any. */
let beganAtMs: number | null = null;

const begin = (): void => {
  beganAtMs = performance.now();
  void breathe().then(() => (beganAtMs = null));
};

/**
 * While a page opens there is more to draw at once than a phone does between two frames. What the
 * task does from here on counts.
 */
export const drawInTurn = (on: boolean): void => {
  opening = on;
  if (on && beganAtMs === null) begin();
};

/** Undefined where the task that runs now has time left, else what to wait for. */
const turn = (): Promise<void> | undefined => {
  if (!opening) return undefined;
  if (beganAtMs === null) begin();
  const tookMs = performance.now() - (beganAtMs ?? 0);
  return tookMs < sliceMs ? undefined : breathe().then(turn);
};

/** An element that does not come in one task with all that stand around it, as long as a page opens. */
export class InTurn extends LitElement {
  protected override scheduleUpdate(): void | Promise<unknown> {
    const wait = this.hasUpdated ? undefined : turn();
    return wait ? wait.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }
}
