/** The embedded broker alone in a process, for the bench: prints its port, ends with its input. */
import { createMqttDoor } from '../adapters/mqtt/mqtt-door.ts';
import { fakeAuthenticator, person } from '../adapters/testing/fake-authenticator.ts';
import { createKernel } from '../kernel/kernel.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemClock, uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';

const kernel = createKernel({
  storage: openStorage(':memory:'),
  clock: systemClock,
  ids: uuidv7,
  logger: silentLogger,
  upcasters: [],
  projections: [],
  sideTables: [],
});
const door = createMqttDoor({
  settings: { host: '127.0.0.1', port: 0, baseTopic: 'encore', room: 'main' },
  topics: [],
  announcements: [],
  kernel,
  authenticator: fakeAuthenticator(person('bench', { role: 'admin' })),
  info: () => ({}),
  logger: silentLogger,
});
await door.start();
process.stdout.write(`${door.address()?.port}\n`);
process.stdin.resume().once('end', () => {
  void door.stop().then(() => kernel.stop());
});
