import { accepted, refused, type Decider } from '../kernel/decider.ts';
import type { MessageEvent } from './events.ts';

export type MessageCommand = { type: 'SendMessage' } & MessageEvent['data'];
/** Nobody would read it: messages are not kept. */
export type MessageRefusal = { code: 'not_connected' };

/** A message reaches open windows or nobody; it remembers nothing. */
export const messageDecider: Decider<null, MessageCommand, MessageEvent, MessageRefusal> = {
  initialState: () => null,
  decide: ({ type: _type, ...data }) =>
    data.windows === 0
      ? refused({ code: 'not_connected' })
      : accepted({ type: 'MessageSent', data }),
  evolve: (state) => state,
};
