import { wayOf } from './way.ts';

/** A file of the build. `integrity` where its name does not tell its content already. */
type KeptFile = { path: string; integrity?: string };

/** What was built together with this worker; `ui/plugins/service-worker.ts` puts it here. */
declare const encoreBuild: { id: string; files: readonly KeptFile[] };
declare const self: ServiceWorkerGlobalScope;

const build = encoreBuild;
const shelf = 'encore-build-';
const name = shelf + build.id;
const kept = new Set(build.files.map(({ path }) => path));

/** For who is on a network without the box: longer than the box takes, and short for a person. */
const pageTimeoutMs = 3_000;

/** All of it or nothing: half a build, or a mixture of two, is refused and tried again later. */
const keepBuild = async (): Promise<void> => {
  const requests = build.files.map(({ path, integrity }) =>
    integrity === undefined
      ? new Request(path)
      : new Request(path, { cache: 'no-cache', integrity }),
  );
  const cache = await caches.open(name);
  await cache.addAll(requests);
};

/** The build before this one stays: windows that were opened with it may still want parts of it. */
const dropOldBuilds = async (): Promise<void> => {
  const others = (await caches.keys()).filter((key) => key.startsWith(shelf) && key !== name);
  await Promise.all(others.slice(0, -1).map((key) => caches.delete(key)));
};

const keptPage = async (): Promise<Response | undefined> => (await caches.open(name)).match('/');

const page = async (request: Request): Promise<Response> => {
  const answer = fetch(request).catch(() => undefined);
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, pageTimeoutMs);
  });
  const inTime = await Promise.race([answer, late]);
  // A proxy in front of a box that is down answers in its place.
  if (inTime && inTime.status < 500) return inTime;
  return (await keptPage()) ?? (await answer) ?? Response.error();
};

/** Names of assets tell their content: one of an earlier build is right wherever it lies. */
const file = async (request: Request): Promise<Response> => {
  const here = await (await caches.open(name)).match(request, { ignoreSearch: true });
  return here ?? (await caches.match(request)) ?? fetch(request);
};

self.addEventListener('install', (event) => event.waitUntil(keepBuild()));
self.addEventListener('activate', (event) => event.waitUntil(dropOldBuilds()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const way = wayOf(request, self.location.origin, kept);
  if (way === 'page') event.respondWith(page(request));
  if (way === 'file') event.respondWith(file(request));
});
