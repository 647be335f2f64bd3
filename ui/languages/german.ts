import type { Table } from './speak.ts';

export const table: Table = { messages: { Sounds: 'Töne' }, told: {} };
