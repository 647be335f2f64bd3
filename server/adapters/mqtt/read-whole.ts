import type { Duplex } from 'node:stream';

/**
 * aedes reads once for each `readable`, and expects all that is there. Node 26 gives one piece of it:
 * the rest of a packet that came in several would lie there until the client says more.
 */
export const readWhole = <Stream extends Duplex>(stream: Stream): Stream => {
  const read = stream.read.bind(stream) as (size?: number) => Buffer | null;
  stream.read = (size?: number | null): Buffer | null => {
    if (typeof size === 'number') return read(size);
    const pieces: Buffer[] = [];
    for (let piece = read(); piece !== null; piece = read()) pieces.push(piece);
    const [first, ...rest] = pieces;
    return rest.length === 0 ? (first ?? null) : Buffer.concat(pieces);
  };
  return stream;
};
