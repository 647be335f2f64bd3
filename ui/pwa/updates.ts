import { msg } from '@lit/localize';
import { computed, effect } from '@preact/signals-core';
import type { Feed } from '../feed/feed.ts';
import { registerWorker, takeOver } from './worker.ts';

/** Shows a sentence that stays, with something to press. */
export type Offer = (text: string, label: string, run: () => void) => void;

const askTimeoutMs = 10_000;

/** Whether the box has another page than this one. Unknown is no. */
const isNewerThere = async (): Promise<boolean> => {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  if (!script) return false;
  try {
    // Past every cache: not the address that the worker keeps.
    const signal = AbortSignal.timeout(askTimeoutMs);
    const answer = await fetch('/index.html', { cache: 'no-store', signal });
    return answer.ok && !(await answer.text()).includes(new URL(script.src).pathname);
  } catch {
    return false;
  }
};

/**
 * Keeps the page for when the box is away, and offers another version when there is one: of the
 * page, or of the box behind it. Nothing loads again by itself.
 */
export const followUpdates = async (feed: Feed, offer: Offer): Promise<void> => {
  let offered = false;
  const registration = await registerWorker();

  const load = async (): Promise<void> => {
    await takeOver(registration);
    location.reload();
  };
  const offerOnce = (): void => {
    if (offered) return;
    offered = true;
    offer(msg('Encore has been updated.'), msg('Load the new version'), () => void load());
  };
  const look = async (): Promise<void> => {
    if (await isNewerThere()) return offerOnce();
    // This page is of the newest build, and only its keeper is not.
    await takeOver(registration);
  };

  registration?.addEventListener('updatefound', () => {
    const { installing } = registration;
    const changed = (): void => void (installing?.state !== 'redundant' && look());
    installing?.addEventListener('statechange', changed, { once: true });
  });
  // A window of the newest build let its keeper begin.
  if (registration) navigator.serviceWorker.addEventListener('controllerchange', () => void look());
  if (registration?.waiting) void look();

  const version = computed(() => feed.state.value.version);
  let known = version.peek();
  effect(() => {
    if (known !== null && version.value !== known) offerOnce();
    known = version.value;
  });
  let wasLive = false;
  effect(() => {
    const live = feed.link.value === 'live';
    // A box that was away may have come back with something new.
    if (live && wasLive) void registration?.update().catch(() => undefined);
    if (live && wasLive) void look();
    wasLive ||= live;
  });
};
