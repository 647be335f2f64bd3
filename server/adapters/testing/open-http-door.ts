import type { AddressInfo } from 'node:net';
import type { Route } from '../../kernel/door.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { createHttpDoor, type HttpDoor, type HttpSettings } from '../http/http-door.ts';
import { fakeAuthenticator, person } from './fake-authenticator.ts';
import { rememberingLogger } from './remembering-logger.ts';

export type OpenDoor = {
  door: HttpDoor;
  port: number;
  origin: string;
  logger: ReturnType<typeof rememberingLogger>;
  close(): Promise<void>;
};

/** A door of its own on a free port of this machine. */
export const openHttpDoor = async (
  routes: readonly Route[],
  settings: Partial<HttpSettings> = {},
): Promise<OpenDoor> => {
  const kernel = testKernel();
  const logger = rememberingLogger();
  const door = createHttpDoor({
    routes,
    authenticator: fakeAuthenticator(person('ann')),
    kernel,
    settings: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'http://localhost',
      trustProxy: false,
      cookieSecure: 'auto',
      uiDir: '/nonexistent',
      adminSocket: null,
      ...settings,
    },
    health: () => ({}),
    clients: () => ({ socket: 2 }),
    metrics: [],
    version: '1.2.3',
    logger,
    checkAnswers: true,
  });
  await door.start();
  const { port } = door.server.address() as AddressInfo;
  return {
    door,
    port,
    origin: `http://127.0.0.1:${port}`,
    logger,
    async close() {
      await door.stop();
      await kernel.stop();
    },
  };
};
