import { signal, type ReadonlySignal } from '@preact/signals-core';
import { recall, remember } from '../design/remembered.ts';

/** Whether "Up next" stands beside the screen, where there is room for it. */
export const queueOpen = signal(recall('queue') !== 'closed');
queueOpen.subscribe((open) => remember('queue', open ? null : 'closed'));

const wide = matchMedia('(min-width: 1180px)');
const room = signal(wide.matches);
wide.addEventListener('change', () => (room.value = wide.matches));

/** Whether there is room for it. */
export const queueFits: ReadonlySignal<boolean> = room;
