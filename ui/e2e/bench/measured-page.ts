import type { CDPSession, Page } from 'playwright';

export type Vitals = { lcpMs: number; tbtMs: number; cls: number };

/** What the page says of its own first seconds; long tasks count what they take beyond 50 ms. */
export const watchVitals = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const vitals = { lcpMs: 0, tbtMs: 0, cls: 0 };
    (globalThis as Record<string, unknown>)['vitals'] = vitals;
    const watch = (type: string, hear: (entry: PerformanceEntry) => void): void =>
      new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({
        type,
        buffered: true,
      });
    watch('largest-contentful-paint', ({ startTime }) => (vitals.lcpMs = startTime));
    watch('longtask', ({ duration }) => (vitals.tbtMs += Math.max(0, duration - 50)));
    watch('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as unknown as {
        value: number;
        hadRecentInput: boolean;
      };
      if (!hadRecentInput) vitals.cls += value;
    });
  });

export const vitalsOf = (page: Page): Promise<Vitals> =>
  page.evaluate(() => (globalThis as unknown as { vitals: Vitals }).vitals);

/** What Lighthouse calls mobile: a phone four times slower than this machine, on a slow 4G. */
export const asPhone = async (session: CDPSession): Promise<void> => {
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
};

/** Milliseconds that the page's main thread has worked: not those in which it waited for a core. */
export const threadClock = async (session: CDPSession): Promise<() => Promise<number>> => {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
};

/** The next frame is on the screen. */
export const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );

/** Answers how many frames the page has drawn since, and stops: to count is to ask for each of them. */
export const countFrames = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { frames: number; counting: boolean };
    counted.frames = 0;
    counted.counting = true;
    const count = (): void => {
      counted.frames++;
      if (counted.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  return () =>
    page.evaluate(() => {
      const counted = globalThis as unknown as { frames: number; counting: boolean };
      counted.counting = false;
      return counted.frames;
    });
};

/** Pads in the page, and nodes of it and of all its shadow trees. */
export const countNodes = (page: Page): Promise<{ pads: number; nodes: number }> =>
  page.evaluate(() => {
    const count = { pads: 0, nodes: 0 };
    const walk = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        count.nodes++;
        if (element.localName === 'enc-pad') count.pads++;
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return count;
  });
