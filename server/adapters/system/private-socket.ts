import { once } from 'node:events';
import { existsSync, lstatSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';

/** A socket that a crashed process left behind goes; anything else at the path is somebody's file. */
const removeStaleSocket = (path: string): void => {
  if (!existsSync(path)) return;
  if (!lstatSync(path).isSocket())
    throw new Error(`There is a file where a socket of Encore should be: ${path}`);
  rmSync(path);
};

/**
 * Listens at a unix socket that only this user and root may open. The mask applies to the socket
 * from its first moment on, since listen binds before it returns. @throws the system's error
 */
export const listenPrivately = async (server: Server, path: string): Promise<void> => {
  removeStaleSocket(path);
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
};
