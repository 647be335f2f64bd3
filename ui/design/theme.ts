import { computed, effect, signal } from '@preact/signals-core';
import { recallOneOf, remember } from './remembered.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);
system.addEventListener('change', () => (systemDark.value = system.matches));

export const theme = signal<Theme>(recallOneOf('theme', themes, 'system'));

/** What is on screen, whoever decided it. */
export const isDark = computed(() =>
  theme.value === 'system' ? systemDark.value : theme.value === 'dark',
);

const grounds = { light: '#f5f4f3', dark: '#0d0d0f' };

/** The bar of a phone's browser follows the page, not the system. */
const paintBrowserBar = (chosen: 'light' | 'dark' | null): void => {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = grounds[chosen ?? own];
  }
};

/** Keeps page and memory with the choice; theme.js has set the first one before the first paint. */
export const followTheme = (): void => {
  effect(() => {
    const chosen = theme.value === 'system' ? null : theme.value;
    remember('theme', chosen);
    if (chosen) document.documentElement.dataset['theme'] = chosen;
    else delete document.documentElement.dataset['theme'];
    paintBrowserBar(chosen);
  });
};
