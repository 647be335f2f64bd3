import { join } from 'node:path';

/** sun_path has 108 bytes, the last of them zero. */
const socketPathBytesMax = 107;

/**
 * Where server and player meet: `<RUNTIME_DIRECTORY>/player.sock` where systemd gave one (its first,
 * if it gave several), otherwise `<DATA_DIR>/player.sock`. Throws if the path is too long for a socket.
 */
export const playerSocketPath = (dataDir: string, runtimeDirectory: string | undefined): string => {
  const [first = ''] = (runtimeDirectory ?? '').split(':');
  const path = join(first === '' ? dataDir : first, 'player.sock');
  if (Buffer.byteLength(path) > socketPathBytesMax)
    throw new Error(
      `The path of the player's socket is longer than ${socketPathBytesMax} bytes: ${path}`,
    );
  return path;
};
