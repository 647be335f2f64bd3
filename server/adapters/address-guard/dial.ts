import { connect, type Socket } from 'node:net';
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

/** A connection to the very address that the guard has checked. */
export const createDial =
  (guard: AddressGuard) =>
  async (host: string, port: number, signal: AbortSignal): Promise<Dialled> => {
    const checked = await guard.check(host);
    if (!checked.ok) return checked;
    for (const address of checked.addresses.slice(0, addressesTriedMax)) {
      if (signal.aborted) break;
      const socket = await open(address, port, signal);
      if (socket) return { ok: true, socket };
    }
    return { ok: false, why: 'unreachable' };
  };
