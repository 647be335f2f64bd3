import type { LogCheck } from '../kernel/log-check.ts';
import { modules } from '../modules.ts';
import type { Asking } from './asking.ts';
import type { Box } from './box.ts';
import type { createInspection } from './inspection.ts';
import type { Lives } from './lives.ts';
import { extraction, grant, identityOf, payers, press, say, type Wish } from './people.ts';
import { hold } from './violation.ts';
import type { Witness } from './witness.ts';

/** Longer than any sound here; than any extraction. */
const soundMs = 4000;
const extractionMs = 10_000;

const pageSize = 1000;

/** What a room holds to be true of its events, as the audit would find it. */
const faultsOf = ({ name, on, open }: LogCheck, { log, storage }: Box['kernel']): string[] => {
  const run = open(storage);
  const head = log.head().position;
  for (let after = 0; after < head; after += pageSize) {
    for (const event of log.readAll(after, pageSize)) {
      const fault = on.includes(event.type) ? run.see(event) : undefined;
      if (fault) return [`${name} at ${fault.position}: ${fault.fault}`];
    }
  }
  const fault = run.end(head);
  return fault ? [`${name} at ${fault.position}: ${fault.fault}`] : [];
};

/** Once nothing fails any more, all that was begun has ended, and everything works. @throws Violation */
export const checkAtRest = async (ports: {
  turns(until: () => boolean): Promise<void>;
  rest(ms: number): Promise<void>;
  ask: Asking;
  inspection: ReturnType<typeof createInspection>;
  witness: Witness;
  lives: Lives;
}): Promise<void> => {
  const { turns, rest, inspection, witness, lives } = ports;
  const { books } = inspection;

  /** The answer's text. */
  const accepted = async (wish: Wish): Promise<string> => {
    let settled = false;
    let answer: string | undefined;
    ports.ask(wish, (reply) => {
      settled = true;
      if (reply?.ok) ({ answer } = reply);
    });
    await turns(() => settled);
    hold('without trouble all is accepted', answer !== undefined, () => wish.name);
    return answer ?? '';
  };

  await accepted(say(identityOf('admin'), 'player_stop', undefined));
  for (const name of payers) {
    await accepted(grant(name, 20));
    const answer = await accepted(press(identityOf(name), 'overlap'));
    const { play_id } = JSON.parse(answer) as { play_id: string };
    await rest(soundMs);
    const times = witness.sounded.get(play_id) ?? 0;
    hold('without trouble it sounds once', times === 1, () => `${play_id}: ${times} times`);
    await accepted(extraction(identityOf(name), `new-${name}`));
    await rest(extractionMs);
    inspection.inspect(false);
    hold('what sounded is paid', books.deducted.has(play_id), () => `${play_id} is not`);
    hold('what was made is paid', books.made.has(`new-${name}`), () => `new-${name} is not`);
  }
  inspection.inspect(true);
  const none = (invariant: string, some: readonly string[]) =>
    hold(invariant, some.length === 0, () => `not so at the end: ${some.join(', ')}`);
  none('each reservation ends', books.open());
  none(
    'each play ends',
    [...books.plays]
      .filter(([, state]) => state !== 'ended')
      .map(([id, state]) => `${id} ${state}`),
  );
  none(
    'reactors see every event',
    books.asked.filter((id) => !lives.reacted.has(id)),
  );
  const kernel = lives.box()?.kernel;
  none('a rebuild gives the live tables', kernel?.projector.verify() ?? []);
  none(
    'the audit finds nothing',
    modules.flatMap(({ verify }) => (verify && kernel ? faultsOf(verify, kernel) : [])),
  );
};
