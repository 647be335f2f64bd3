import type { Module } from '../kernel/module.ts';
import type { MqttStatus } from './contract.ts';
import { mqttRoutes } from './routes.ts';

export type MqttPorts = { readonly mqttStatus: () => MqttStatus };

/** What admins see of the broker. */
export const mqtt: Module<MqttPorts> = {
  name: 'mqtt',
  setup: (_kernel, { mqttStatus }) => ({ routes: mqttRoutes(mqttStatus) }),
};
