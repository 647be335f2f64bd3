import { setTimeout as wait } from 'node:timers/promises';
import type { Authenticator, Identity } from '../../kernel/door.ts';
import { mqttLimits } from './limits.ts';

export type LoginGate = (
  name: string | undefined,
  token: string | undefined,
  address: string,
) => Promise<Identity | null>;

const firstDelayMs = 100;

/** Slows wrong logins of an address down; right ones are never refused and never wait. */
export const createLoginGate = (authenticator: Authenticator): LoginGate => {
  const wrong = new Map<string, number>();

  const noteWrong = (address: string): number => {
    const times = (wrong.get(address) ?? 0) + 1;
    wrong.delete(address);
    wrong.set(address, times);
    const oldest = wrong.keys().next();
    if (wrong.size > mqttLimits.loginAddressesMax && !oldest.done) wrong.delete(oldest.value);
    return Math.min(mqttLimits.loginDelayMsMax, firstDelayMs * 2 ** (times - 1));
  };

  return async (name, token, address) => {
    const identity = name && token ? await authenticator.byMqttLogin(name, token) : null;
    if (identity) wrong.delete(address);
    else await wait(noteWrong(address), undefined, { ref: false });
    return identity;
  };
};
