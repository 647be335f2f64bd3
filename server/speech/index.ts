import { setTimeout as sleep } from 'node:timers/promises';
import type { Module } from '../kernel/module.ts';
import type { SoundIntake } from '../sounds/index.ts';
import { speechCharges } from './charges.ts';
import { speechSocketCommands, speechTopics } from './commands.ts';
import { speechUpcasters } from './events.ts';
import type { OpenSpeech } from './open-speech.ts';
import { speechProjection } from './projection.ts';
import { speechRoutes } from './routes.ts';
import { createSweep } from './sweep.ts';

export { openSpeech, type OpenSpeech } from './open-speech.ts';
export type { Speech } from './speech.ts';

export type SpeechPorts = { readonly speech: OpenSpeech; readonly intake: SoundIntake };

const stopWaitMs = 2000;

/** Text to sound: each phrase is spoken once, paid when it is in the library, and then is there. */
export const speech: Module<SpeechPorts> = {
  name: 'speech',
  upcasters: speechUpcasters,
  projections: [speechProjection],
  verify: speechCharges,
  setup(kernel, { speech: { speech: speaking, ...opened }, intake }) {
    const { voices, synthesis, queries, sounds, stopping } = opened;
    const sweep = createSweep(kernel, { queries, intake });
    return {
      routes: speechRoutes({ speech: speaking, voices, sounds }),
      topics: speechTopics(speaking),
      socketCommands: speechSocketCommands(speaking),
      health: () => ({ speech: voices.health() }),
      async start() {
        await synthesis.recover();
        sweep.start();
        void voices.look().catch((error: unknown) => {
          kernel.logger.error({ err: error }, 'the voices could not be listed');
        });
      },
      async stop() {
        stopping.abort(new Error('Encore is stopping'));
        const late = new AbortController();
        await Promise.race([
          Promise.all([speaking.settled(), sweep.stop()]),
          sleep(stopWaitMs, undefined, late).catch(() => undefined),
        ]);
        late.abort();
      },
    };
  },
};
