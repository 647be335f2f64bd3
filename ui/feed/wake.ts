type WakeListeners = { onWake(): void; onOffline(): void };

const beatMs = 4_000;

/**
 * Says when the page may have slept: it was hidden, restored from the back-forward cache, the
 * network returned, or a timer came far too late (a closed lid raises no event).
 */
export const watchWake = ({ onWake, onOffline }: WakeListeners): (() => void) => {
  let beat = Date.now();
  const timer = setInterval(() => {
    const late = Date.now() - beat > beatMs * 2.5;
    beat = Date.now();
    if (late) onWake();
  }, beatMs);
  const stop = new AbortController();
  const { signal } = stop;
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') onWake();
  };
  document.addEventListener('visibilitychange', onVisible, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && onWake(), { signal });
  window.addEventListener('online', onWake, { signal });
  window.addEventListener('offline', onOffline, { signal });
  return () => {
    stop.abort();
    clearInterval(timer);
  };
};
