/** The script that the built page registers: it keeps the page for when the box is away. */
const workerPath = '/sw.js';

type ScriptUrls = { createScriptURL(path: string): string };
type PolicyFactory = {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
};

/** The page's policy lets no text become a script, but this address. */
const scriptUrl = (): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  if (!trustedTypes) return workerPath;
  const rules: ScriptUrls = {
    createScriptURL(path) {
      if (path === workerPath) return path;
      throw new TypeError(`${path} is no script of Encore`);
    },
  };
  return trustedTypes.createPolicy('encore-worker', rules).createScriptURL(workerPath);
};

/** null where the browser has none for this page, or does not want one. */
export const registerWorker = async (): Promise<ServiceWorkerRegistration | null> => {
  if (!('serviceWorker' in navigator)) return null;
  try {
    return await navigator.serviceWorker.register(scriptUrl(), { updateViaCache: 'none' });
  } catch {
    return null;
  }
};

const takeOverTimeoutMs = 4_000;

/** Lets the worker that waits for all windows to close begin now. Resolves when it has, or is slow. */
export const takeOver = async (registration: ServiceWorkerRegistration | null): Promise<void> => {
  const { waiting } = registration ?? {};
  if (!waiting) return;
  const begun = new Promise<void>((resolve) => {
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated') resolve();
    });
    setTimeout(resolve, takeOverTimeoutMs);
  });
  waiting.postMessage('take-over', []);
  await begun;
};
