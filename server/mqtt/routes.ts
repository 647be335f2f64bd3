import { route, type Route } from '../kernel/door.ts';
import { mqttStatus, type MqttStatus } from './contract.ts';

export const mqttRoutes = (status: () => MqttStatus): Route[] => [
  route({
    method: 'GET',
    path: '/admin/mqtt',
    summary: 'The broker, who is connected, and what was refused lately',
    access: { role: 'admin', scope: 'read' },
    answers: { 200: { description: 'Status', schema: mqttStatus } },
    handle: () => ({ status: 200, body: status() }),
  }),
];
