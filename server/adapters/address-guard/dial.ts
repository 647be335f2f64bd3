import { connect, isIPv6, type Socket } from 'node:net';
import type { AddressGuard } from './guard.ts';

export const dialTimeoutMs = 10_000;
/** Of one name. */
const addressesTriedMax = 4;

export type Dialled =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly why: 'refused' | 'unresolved' | 'unreachable' };

/** The socket lives no longer than the signal does. */
const open = (host: string, port: number, signal: AbortSignal): Promise<Socket | undefined> =>
  new Promise((answer) => {
    const socket = connect({ host, port, signal });
    const timer = setTimeout(() => socket.destroy(), dialTimeoutMs);
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(timer);
      answer(undefined);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      answer(socket);
    });
  });

/** IPv6 and IPv4 by turns: where one of them leads nowhere, the other is tried soon. */
const byTurns = (addresses: readonly string[]): string[] => {
  const six = addresses.filter((address) => isIPv6(address));
  const four = addresses.filter((address) => !isIPv6(address));
  return addresses.flatMap((_, at) => [six.slice(at, at + 1), four.slice(at, at + 1)].flat());
};

/** A connection to the very address that the guard has checked. */
export const createDial =
  (guard: AddressGuard) =>
  async (host: string, port: number, signal: AbortSignal): Promise<Dialled> => {
    const checked = await guard.check(host);
    if (!checked.ok) return checked;
    for (const address of byTurns(checked.addresses).slice(0, addressesTriedMax)) {
      if (signal.aborted) break;
      const socket = await open(address, port, signal);
      if (socket) return { ok: true, socket };
    }
    return { ok: false, why: 'unreachable' };
  };
