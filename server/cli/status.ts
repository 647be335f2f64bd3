import { z } from 'zod';
import { exitCodes, type Command } from './command.ts';
import { callServer, NotRunning } from './server-call.ts';
import { table } from './tables.ts';

export const readiness = z.object({
  status: z.enum(['ok', 'degraded', 'starting']),
  parts: z.record(z.string(), z.object({ state: z.string(), detail: z.string() })),
});

export const status: Command = {
  name: 'status',
  usage: '[--json]',
  summary: 'Whether Encore runs, and how its parts do',
  help: [
    '--json  {"running", "status", "parts"}',
    'Ends with 0 when all is well, 1 when a part needs a look or starts still, 3 when it does not run.',
  ],
  options: { json: { type: 'boolean' } },
  positionalsMax: 0,
  async run({ values, config, print }) {
    const json = values['json'] === true;
    try {
      const { body } = await callServer(config, { path: '/readyz' });
      const { status: overall, parts } = readiness.parse(body);
      if (json) print(JSON.stringify({ running: true, status: overall, parts }));
      else {
        print(`Encore runs on ${config.paths.dataDir}: ${overall}`);
        const rows = Object.entries(parts).map(([name, { state, detail }]) => [
          name,
          state,
          detail,
        ]);
        for (const line of table(['part', 'state', ''], rows)) print(line);
      }
      return overall === 'ok' ? exitCodes.ok : exitCodes.failed;
    } catch (error) {
      if (!(error instanceof NotRunning)) throw error;
      print(json ? JSON.stringify({ running: false }) : error.message);
      return exitCodes.notRunning;
    }
  },
};
