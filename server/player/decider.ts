import { accepted, unreachable, type Decider } from '../kernel/decider.ts';
import type { PlayerEvent } from './events.ts';

type PlayerState = { connected: boolean };

/** The player process comes and goes; what it plays is another module's matter. */
export const playerDecider: Decider<PlayerState, PlayerEvent, PlayerEvent, never> = {
  initialState: () => ({ connected: false }),
  decide(event, player) {
    switch (event.type) {
      case 'PlayerConnected':
        return accepted(event);
      case 'PlayerLost':
        return player.connected ? accepted(event) : accepted();
      default:
        return unreachable(event);
    }
  },
  evolve: (_player, event) => ({ connected: event.type === 'PlayerConnected' }),
};
