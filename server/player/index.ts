import { done } from '../kernel/command-bus.ts';
import type { HealthPart, Module } from '../kernel/module.ts';
import type { OutputState } from './contract.ts';
import { playerDecider } from './decider.ts';
import { playerStream, type PlayerEvent } from './events.ts';
import type { PlayerLink } from './player-link.ts';

export type PlayerPorts = { readonly link: PlayerLink; readonly room: string };

/** The process that makes sound: whether it is there, and whether it can be heard. */
export const player: Module<PlayerPorts> = {
  name: 'player',
  setup(kernel, { link, room }) {
    let output: OutputState | undefined;
    let seen = false;

    const record = async (event: PlayerEvent) => {
      try {
        await kernel.bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
          tx.decide(playerDecider, playerStream(room), event);
          return done(null);
        });
      } catch (error) {
        kernel.logger.error({ err: error }, `${event.type} could not be kept`);
      }
    };

    link.listen({
      report(report) {
        if (report.type === 'hello') {
          ({ output } = report);
          seen = true;
          const { version, vlc_version } = report;
          const data = { room, version, vlc_version, output: report.output.kind };
          void record({ type: 'PlayerConnected', data });
        }
        if (report.type === 'output') ({ output } = report);
      },
      lost(reason) {
        output = undefined;
        void record({ type: 'PlayerLost', data: { room, reason } });
      },
    });

    const linkHealth = (): HealthPart => {
      if (link.connected) return { state: 'ok', detail: 'the player is connected' };
      return seen
        ? { state: 'degraded', detail: 'the player is gone; it is being restarted' }
        : { state: 'starting', detail: 'waiting for the player' };
    };
    const outputHealth = (): HealthPart => {
      if (!output) return { state: 'degraded', detail: 'no player has reported its output yet' };
      if (output.kind === 'none') {
        return { state: 'degraded', detail: output.detail || 'this machine has no sound device' };
      }
      return output.state === 'ok'
        ? { state: 'ok', detail: output.kind }
        : { state: 'degraded', detail: output.detail };
    };

    return {
      health: () => ({ player: linkHealth(), sound_output: outputHealth() }),
      start: () => link.start(),
      stop: () => link.stop(),
    };
  },
};
