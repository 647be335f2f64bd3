import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { wallLock } from '../wall/lock.ts';
import { placeOf, type Place } from './places.ts';

/** What a link click means for this page: an address to go to, or null when it is the browser's. */
export const hrefOf = (event: MouseEvent): string | null => {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.target || link.origin !== location.origin) return null;
  // Files, and whatever the server answers itself, are not screens.
  return link.hasAttribute('download') || link.pathname.startsWith('/api/') ? null : link.href;
};

export type Move = 'link' | 'history';

export type Router = {
  readonly url: ReadonlySignal<URL>;
  readonly place: ReadonlySignal<Place>;
  /** How the place was reached: by a link, or by Back and Forward. */
  readonly move: ReadonlySignal<Move>;
  go(href: string): void;
  /** Another query for the same screen, without a new step in the history. */
  setQuery(name: string, value: string | null): void;
  stop(): void;
};

/** Browsers take some hundred changes of the address a minute; a slider makes more. */
const writeAfterMs = 120;

export const createRouter = (): Router => {
  const url = signal(new URL(location.href));
  const move = signal<Move>('history');
  const place = computed(() => (wallLock.value === null ? placeOf(url.value.href) : 'wall'));

  let writing: ReturnType<typeof setTimeout> | undefined;

  const write = (): void => {
    clearTimeout(writing);
    writing = undefined;
    history.replaceState(history.state, '', url.peek());
  };

  const onPop = (): void => {
    clearTimeout(writing);
    writing = undefined;
    move.value = 'history';
    url.value = new URL(location.href);
  };
  window.addEventListener('popstate', onPop);

  return {
    url,
    place,
    move,
    go(href) {
      if (writing !== undefined) write();
      const to = new URL(href, location.href);
      // A link to where one is would only make Back do nothing.
      if (to.pathname === location.pathname && to.search === location.search) return;
      history.pushState(null, '', to);
      move.value = 'link';
      url.value = to;
    },
    setQuery(name, value) {
      const to = new URL(url.peek());
      if (value === null) to.searchParams.delete(name);
      else to.searchParams.set(name, value);
      if (to.href === url.peek().href) return;
      url.value = to;
      writing ??= setTimeout(write, writeAfterMs);
    },
    stop() {
      clearTimeout(writing);
      window.removeEventListener('popstate', onPop);
    },
  };
};
