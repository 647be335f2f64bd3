import { beforeEach, expect, test, vi } from 'vitest';
import type { Http } from '../api/http.ts';
import { ApiProblem, Unreachable } from '../api/problem.ts';
import { aFullSound } from '../testing/library.ts';
import { createUploads, type Uploads, type UploadState } from './uploads.ts';
import type { SendFile, Sent } from './send.ts';

type Sending = {
  name: string;
  signal: AbortSignal;
  onProgress: (part: number) => void;
  end: (sent: Sent) => void;
  fail: (error: unknown) => void;
};

let sendings: Sending[];
let uploads: Uploads;

const send: SendFile = (file, { onProgress, signal }) => {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  signal.addEventListener('abort', () => reject(new Unreachable()));
  sendings.push({ name: file.name, signal, onProgress, end: resolve, fail: reject });
  return promise;
};
const files = (...names: string[]): File[] => names.map((name) => new File(['sound'], name));
const states = (): UploadState['is'][] => uploads.items.peek().map(({ state }) => state.is);
const begun = (count: number): Promise<void> =>
  vi.waitFor(() => expect(sendings).toHaveLength(count));
const added: Sent = { status: 'added', sound: aFullSound() };

beforeEach(() => {
  sendings = [];
  uploads = createUploads({ get: async () => ({}) } as unknown as Http, send);
});

test('two are sent at a time, the others wait for their turn', async () => {
  uploads.add(files('a.wav', 'b.wav', 'c.wav'));
  await begun(2);
  expect(states()).toEqual(['sending', 'sending', 'waiting']);
  sendings[1]?.end(added);
  await begun(3);
  expect(states()).toEqual(['sending', 'added', 'sending']);
  expect(uploads.busy.peek()).toBe(true);
  sendings[0]?.end({ ...added, status: 'existing' });
  sendings[2]?.end(added);
  await vi.waitFor(() => expect(states()).toEqual(['existing', 'added', 'added']));
  expect(uploads.busy.peek()).toBe(false);
});

test('once all bytes are there the server looks at them', async () => {
  uploads.add(files('a.wav'));
  await begun(1);
  sendings[0]?.onProgress(0.4);
  expect(uploads.items.peek()[0]?.state).toEqual({ is: 'sending', part: 0.4 });
  sendings[0]?.onProgress(1);
  expect(states()).toEqual(['checking']);
});

test('what breaks a limit is refused without being sent', async () => {
  uploads.add(files('notes.txt', 'a.wav'));
  await begun(1);
  expect(states()).toEqual(['refused', 'sending']);
  expect(sendings[0]?.name).toBe('a.wav');
});

test('a refusal keeps its sentence; only one that may end otherwise is tried again', async () => {
  uploads.add(files('fake.mp3', 'b.wav'));
  await begun(2);
  sendings[0]?.fail(new ApiProblem(422, { detail: 'fake.mp3: this is not audio.' }));
  sendings[1]?.fail(new ApiProblem(503, { detail: 'There is too little room.' }));
  await vi.waitFor(() => expect(states()).toEqual(['refused', 'refused']));
  const [fake, full] = uploads.items.peek();
  expect(fake?.state).toMatchObject({ reason: 'fake.mp3: this is not audio.', again: false });
  expect(full?.state).toMatchObject({ reason: 'There is too little room.', again: true });
  uploads.retry(full?.id ?? '');
  await begun(3);
  sendings[2]?.end(added);
  await vi.waitFor(() => expect(states()).toEqual(['refused', 'added']));
});

test('one that is cancelled ends its request, leaves the list and lets the next one go', async () => {
  uploads.add(files('a.wav', 'b.wav', 'c.wav'));
  await begun(2);
  uploads.remove(uploads.items.peek()[0]?.id ?? '');
  expect(sendings[0]?.signal.aborted).toBe(true);
  await begun(3);
  expect(states()).toEqual(['sending', 'sending']);
});

test('clearing forgets what has ended, and nothing else', async () => {
  uploads.add(files('notes.txt', 'a.wav'), 3);
  await begun(1);
  uploads.clear();
  expect(states()).toEqual(['sending']);
  expect(uploads.leftOut.peek()).toBe(0);
});
