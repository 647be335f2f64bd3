import { hold } from './violation.ts';

/**
 * What the world outside saw: acknowledgements, sounds in the air, presses. No crash takes it away,
 * and the log is measured against it.
 */
export type Ack = {
  readonly key: string;
  readonly ok: boolean;
  readonly position: number;
  /** The answer's text; the same each time the command comes again. */
  readonly answer: string;
  /** What must be on the log once it was accepted; null: nothing of its own. */
  readonly led: string | null;
};

export const createWitness = () => {
  /** By command key: the first answer. */
  const acks = new Map<string, Ack>();
  /** Play id → how often it came into the air. */
  const sounded = new Map<string, number>();
  /** Event id by position, as commits were told. */
  const told: { position: number; eventId: string }[] = [];
  let acknowledged = 0;
  /** Since somebody last looked. */
  const fresh: Ack[] = [];
  return {
    /** First answers since the last call. */
    takeAcks: (): Ack[] => fresh.splice(0),
    sounded,
    told,
    /** The furthest position that somebody was answered with. */
    acknowledged: () => acknowledged,
    acknowledge(ack: Ack): void {
      acknowledged = Math.max(acknowledged, ack.position);
      const first = acks.get(ack.key);
      if (!first) {
        acks.set(ack.key, ack);
        fresh.push(ack);
      }
      hold('one answer per command', !first || first.answer === ack.answer, () => {
        return `${ack.key} was answered ${first?.answer}, then ${ack.answer}`;
      });
    },
    hear(playId: string): void {
      sounded.set(playId, (sounded.get(playId) ?? 0) + 1);
    },
  };
};
export type Witness = ReturnType<typeof createWitness>;
