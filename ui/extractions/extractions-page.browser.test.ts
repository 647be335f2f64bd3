import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { CreditsState } from '../../server/credits/contract.ts';
import type { Extraction } from '../../server/extractions/contract.ts';
import { createHttp } from '../api/http.ts';
import { createLibrary, type Library } from '../board/library.ts';
import { createView } from '../board/view.ts';
import { createAccount } from '../credits/account.ts';
import { deepActive } from '../design/focus.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { initialFeed, type FeedState } from '../feed/feed-state.ts';
import type { Feed } from '../feed/feed.ts';
import type { Link } from '../feed/socket-client.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import {
  aDownload,
  aFailedOne,
  anExtraction,
  aReadyOne,
  aWorkersStatus,
} from '../testing/extractions.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './extractions-page.ts';

const link = signal<Link>('live');
const feedState = signal<FeedState>(initialFeed);
let listeners: Set<(message: FeedMessage) => void>;
let toasts: ToastEvent[];
let played: string[];
let asked: readonly string[];
let library: Library;

const credits: CreditsState = {
  balance: 12,
  available: 12,
  unlimited: false,
  plan: 'free',
  prices: { play: 1, extraction: 5, tts: 1 },
  next_refill_at: null,
};
const klaxon = aSound({ id: 'klaxon', type: 'EXT', name: 'Submarine klaxon', tags: [] });

const say = (type: string, data: object): void => {
  for (const listener of listeners) listener({ type, at: '', data });
};
const changed = (extraction: Extraction): void => say('extraction_changed', { extraction });
const pageOf = (...items: Extraction[]) => ({ items, next_cursor: null, total: items.length });

type Given = {
  jobs?: Extraction[];
  answers?: Answers;
  role?: 'admin' | 'user';
  state?: CreditsState;
  at?: string;
};

/** The page with these jobs, on a server that has one sound. */
const open = async (given: Given = {}): Promise<void> => {
  const { jobs = [], answers = {}, role = 'user', state = credits, at = '/extractions' } = given;
  ({ asked } = fakeServer({
    '/extractions/?limit=25': () => pageOf(...jobs),
    '/sounds/catalogue': () => ({ items: [klaxon] }),
    '/sounds/waveforms': () => ({ items: { klaxon: 'f'.repeat(44) } }),
    '/sounds/klaxon': () => ({ thumbnail: null }),
    '/credits': () => state,
    '/admin/users?limit=500': () => ({ items: [{ id: 'bo', name: 'Bo' }], next_cursor: null }),
    '/admin/extractions/status': () => aWorkersStatus(),
    ...answers,
  }));
  const http = createHttp(() => expect.unreachable());
  library = createLibrary(http);
  const account = createAccount(http);
  await Promise.all([library.load(), account.load('mira')]);
  const feed = {
    link,
    state: feedState,
    on: (listener: (message: FeedMessage) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    play: async (id: string) => void played.push(id),
    isOwn: () => true,
    retryNow: () => {},
  } as unknown as Feed;
  const show = (url: URL): void => {
    render(
      html`<enc-extractions-page
        .http=${http}
        .feed=${feed}
        .library=${library}
        .view=${createView(library)}
        .account=${account}
        .user=${{ id: 'mira', name: 'Mira', role, plan: 'free' }}
        .url=${url}
        .setQuery=${(name: string) => {
          const bare = new URL(url);
          bare.searchParams.delete(name);
          if (bare.href !== url.href) show(bare);
        }}
        shown
      ></enc-extractions-page>`,
      document.body,
    );
  };
  show(new URL(at, location.href));
};

const faultsInBoth = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    inTheme(theme);
    await settled();
    faults.push(...(await accessibilityFaults(document.body)));
  }
  return faults;
};
const onToast = (event: ToastEvent): void => void toasts.push(event);
const lastToast = (): ToastEvent => {
  const toast = toasts.at(-1);
  if (!toast) throw new Error('nothing was said');
  return toast;
};
const field = () => page.getByRole('textbox', { name: 'Link to a video or a sound' });
const extract = () => page.getByRole('button', { name: 'Extract', exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const focused = (one: Locator) => vi.waitFor(() => expect(deepActive()).toBe(one.element()));
const pasted = (text: string): ClipboardEvent => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  return new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
};

beforeEach(() => {
  listeners = new Set();
  toasts = [];
  played = [];
  link.value = 'live';
  feedState.value = initialFeed;
  document.body.addEventListener('enc-toast', onToast);
});
afterEach(() => {
  document.body.removeEventListener('enc-toast', onToast);
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

describe('the field', () => {
  test('says what it costs before, and Enter asks for the clip that is typed', async () => {
    const sent: unknown[] = [];
    const answers: Answers = {
      'POST /extractions/': (body) => {
        sent.push(body);
        return anExtraction({ id: 'new', ahead: 1 });
      },
    };
    await open({ answers });
    await expect.element(page.getByText('5 credits', { exact: true })).toBeVisible();
    await userEvent.fill(page.getByLabelText('Clip from'), '0:10');
    await userEvent.fill(page.getByLabelText('Clip to'), '25,5');
    await expect.element(page.getByText('A clip of 15.5 s')).toBeVisible();
    await userEvent.click(page.getByRole('checkbox', { name: /Leave out sponsors/ }));
    await userEvent.fill(field(), 'Listen: https://youtu.be/abc');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('1 before it')).toBeVisible();
    expect(sent).toEqual([
      { url: 'https://youtu.be/abc', start_ms: 10_000, end_ms: 25_500, sponsorblock: true },
    ]);
    await expect.element(field()).toHaveValue('');
    await expect.element(page.getByLabelText('Clip from')).toHaveValue('');
  });

  test('puts a row there at once, and keeps what was typed until it is accepted', async () => {
    const answer = Promise.withResolvers<Extraction>();
    await open({ answers: { 'POST /extractions/': () => answer.promise } });
    await userEvent.fill(field(), 'https://youtu.be/abc');
    await userEvent.click(extract());
    await expect.element(page.getByRole('heading', { name: /youtu\.be\/abc/ })).toBeVisible();
    await expect.element(field()).toHaveValue('https://youtu.be/abc');
    await expect.element(button('Asking…')).toHaveAttribute('aria-disabled', 'true');
    expect(await faultsInBoth()).toEqual([]);
    answer.resolve(anExtraction({ id: 'new', ahead: 0 }));
    await expect.element(page.getByText('Next in line')).toBeVisible();
    expect(page.getByRole('article').elements()).toHaveLength(1);
    await expect.element(field()).toHaveValue('');
  });

  test('explains a refusal under it, loses nothing, and leads to the balance', async () => {
    const refusal = { code: 'not_enough_credits', detail: '3 credits are missing.' };
    await open({
      state: { ...credits, available: 2 },
      answers: { 'POST /extractions/': () => problem(409, refusal) },
    });
    await expect.element(page.getByText('5 credits, and you have 2')).toBeVisible();
    await userEvent.fill(page.getByLabelText('Clip from'), '1:05');
    await userEvent.fill(field(), 'https://youtu.be/abc');
    await userEvent.keyboard('{Enter}');
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent('3 credits are missing. See your credits');
    await expect.element(page.getByRole('link', { name: 'See your credits' })).toBeVisible();
    expect(page.getByRole('article').elements()).toEqual([]);
    await expect.element(field()).toHaveValue('https://youtu.be/abc');
    await focused(field());
    await expect.element(page.getByLabelText('Clip from')).toHaveValue('1:05');
    expect(await faultsInBoth()).toEqual([]);
  });

  test('asks for nothing while there is no link in it or the times are none', async () => {
    await open();
    await userEvent.click(extract());
    await expect.element(page.getByRole('alert')).toHaveTextContent('Paste a link first.');
    await userEvent.fill(field(), 'air horn');
    await userEvent.fill(page.getByLabelText('Clip to'), 'soon');
    await userEvent.click(extract());
    const alerts = page.getByRole('alert').elements();
    expect(alerts.map((one) => one.textContent)).toEqual([
      'This is no link. One begins with https://.',
      'Write it like 1:05, 65.5 or 1:02:03.',
    ]);
    expect(await faultsInBoth()).toEqual([]);
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  test('says under the field what the server says of it', async () => {
    const errors = [{ path: 'body.url', message: 'this address is of the house itself' }];
    await open({ answers: { 'POST /extractions/': () => problem(422, { errors }) } });
    await userEvent.fill(field(), 'http://192.168.1.4/a.mp3');
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('This address is of the house itself.');
  });

  test('is filled by a link that is pasted anywhere, and nothing begins by that', async () => {
    await open();
    await expect.element(field()).toBeVisible();
    document.body.dispatchEvent(pasted('no link at all'));
    document.body.dispatchEvent(pasted('Look: https://vimeo.com/1.'));
    await expect.element(field()).toHaveValue('https://vimeo.com/1');
    await focused(field());
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  test('is filled by what another app shares, with the button at hand and nothing begun', async () => {
    await open({ at: '/extractions?title=Horn&text=Horn%20https%3A%2F%2Fyoutu.be%2Fabc' });
    await expect.element(field()).toHaveValue('https://youtu.be/abc');
    await focused(extract());
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  test('is free of charge for who has no limit', async () => {
    await open({ state: { ...credits, unlimited: true } });
    await expect.element(page.getByText('Free', { exact: true })).toBeVisible();
  });
});

describe('a row', () => {
  test('goes from waiting to a pad in place, which plays', async () => {
    await open({
      jobs: [anExtraction({ ahead: 2 })],
      answers: { '/sounds/catalogue': () => ({ items: [] }) },
    });
    const later = (second: number) => `2026-11-20T08:00:0${second}.000Z`;
    await expect.element(page.getByText('2 before it')).toBeVisible();
    changed(
      anExtraction({ status: 'processing', step: 'resolving', ahead: null, updated_at: later(1) }),
    );
    await expect.element(page.getByText('Looking at the link')).toBeVisible();
    changed(aDownload({ updated_at: later(2) }));
    await expect.element(page.getByText(/Deep Sea Sounds\s· 2:04/)).toBeVisible();
    const progress = {
      percent: 43,
      bytes: 4_100_000,
      bytes_total: 9_600_000,
      bytes_per_second: 1_200_000,
    };
    say('job_progress', { job: 'extraction', job_id: 'job', step: 'downloading', progress });
    await expect.element(page.getByText('Downloading 43 %', { exact: true })).toBeVisible();
    await expect.element(page.getByText('4.1 MB of 9.6 MB · 1.2 MB/s')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    for (const [at, step, words] of [
      [3, 'converting', 'Converting'],
      [4, 'normalizing', 'Normalising'],
    ] as const) {
      changed(aDownload({ step, updated_at: later(at) }));
      await expect.element(page.getByText(words, { exact: true })).toBeVisible();
    }
    changed(aReadyOne({ updated_at: later(5) }));
    await expect
      .element(page.getByText('“Submarine klaxon, two minutes of it” is ready.'))
      .toBeInTheDocument();
    expect(page.getByText('No longer here').elements()).toEqual([]);
    vi.unstubAllGlobals();
    fakeServer({
      '/sounds/catalogue': () => ({ items: [klaxon] }),
      '/sounds/klaxon': () => ({ thumbnail: null }),
    });
    await library.load();
    const pad = button(/^Submarine klaxon EXT/);
    await expect.element(pad).toBeVisible();
    await userEvent.click(pad);
    expect(played).toEqual(['klaxon']);
    expect(await faultsInBoth()).toEqual([]);
  });

  test('that is ready has its waveform, and its picture where there is one', async () => {
    const thumbnail = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    await open({ jobs: [aReadyOne()], answers: { '/sounds/klaxon': () => ({ thumbnail }) } });
    await vi.waitFor(() => expect(imageIn()?.getAttribute('src')).toBe(thumbnail));
    expect(await faultsInBoth()).toEqual([]);
  });

  test('that failed says what happened, what to do and what yt-dlp said, and is tried again', async () => {
    const retried = vi.fn(() =>
      anExtraction({ attempt: 2, updated_at: '2026-11-20T09:00:00.000Z' }),
    );
    await open({ jobs: [aFailedOne()], answers: { 'POST /extractions/job/retry': retried } });
    await expect.element(page.getByText('This video is private.')).toBeVisible();
    await expect
      .element(page.getByText('Ask its owner for access, or take another link.'))
      .toBeVisible();
    await userEvent.click(page.getByText('What yt-dlp said'));
    await expect.element(page.getByText(/ERROR: \[youtube\] abc: Private video/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(button(/^Retry Submarine klaxon/));
    await expect.element(page.getByText('Next in line')).toBeVisible();
    expect(retried).toHaveBeenCalledOnce();
    // It is the same button still: who works with keys is not thrown out of the list.
    await focused(button(/^Cancel/));
  });

  test('is cancelled, and Undo lets it begin again', async () => {
    const over = { status: 'cancelled', updated_at: '2026-11-20T09:00:00.000Z' } as const;
    const again = vi.fn(() => anExtraction({ updated_at: '2026-11-20T09:01:00.000Z' }));
    await open({
      jobs: [aDownload()],
      answers: {
        'POST /extractions/job/cancel': () => aDownload(over),
        'POST /extractions/job/retry': again,
      },
    });
    await userEvent.click(button(/^Cancel Submarine klaxon/));
    await expect.element(page.getByText('Cancelled', { exact: true })).toBeVisible();
    expect(lastToast()).toMatchObject({
      text: '“Submarine klaxon, two minutes of it” is cancelled.',
      tone: 'done',
      way: { label: 'Undo' },
    });
    expect(await faultsInBoth()).toEqual([]);
    const { way } = lastToast();
    if (!way || !('run' in way)) throw new Error('no way back');
    way.run();
    await expect.element(page.getByText('Next in line')).toBeVisible();
    expect(again).toHaveBeenCalledOnce();
  });

  test('that cannot be tried again for want of credits says where they are', async () => {
    const refusal = { code: 'not_enough_credits', detail: '3 credits are missing.' };
    await open({
      jobs: [aFailedOne()],
      answers: { 'POST /extractions/job/retry': () => problem(409, refusal) },
    });
    await userEvent.click(button(/^Retry/));
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
    expect(lastToast()).toMatchObject({
      text: '3 credits are missing.',
      way: { href: '/credits' },
    });
  });

  test('of a sound that was there already says so, and has its pad', async () => {
    await open({ jobs: [aReadyOne({ duplicate: true })] });
    await expect.element(page.getByText('Already in your library')).toBeVisible();
    await expect.element(button(/^Submarine klaxon EXT/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('of a list says how long it was', async () => {
    await open({ jobs: [aDownload({ playlist: { title: null, entries: 37 } })] });
    await expect
      .element(page.getByText('This was a list of 37: the first was taken.'))
      .toBeVisible();
  });

  test('whose sound was removed says so', async () => {
    await open({ jobs: [aReadyOne({ sound_id: 'another' })] });
    await expect.element(page.getByText('No longer here')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('never makes a link of what is none', async () => {
    await open({ jobs: [anExtraction({ url: 'javascript:alert(1)' })] });
    await expect.element(page.getByRole('heading', { name: 'javascript:alert(1)' })).toBeVisible();
    expect(page.getByRole('article').getByRole('link').elements()).toEqual([]);
  });

  test('has the menu of its pad', async () => {
    await open({ jobs: [aReadyOne()] });
    await userEvent.click(button(/^Submarine klaxon EXT/), { button: 'right' });
    await expect.element(page.getByRole('menuitem', { name: 'Play', exact: true })).toBeVisible();
  });
});

describe('the list', () => {
  test('is bones until it is there', async () => {
    const answer = Promise.withResolvers<object>();
    await open({ answers: { '/extractions/?limit=25': () => answer.promise } });
    await expect.element(page.getByText('Loading the history')).toBeInTheDocument();
    expect(await faultsInBoth()).toEqual([]);
    answer.resolve(pageOf());
    await expect
      .element(page.getByRole('heading', { name: 'Nothing extracted yet' }))
      .toBeVisible();
  });

  test('that is empty leads to the field', async () => {
    await open();
    await userEvent.click(button('Paste a link'));
    await focused(field());
    expect(await faultsInBoth()).toEqual([]);
  });

  test('that does not load says so, and is asked for again', async () => {
    let fails = true;
    await open({
      answers: {
        '/extractions/?limit=25': () =>
          fails ? problem(503, { detail: 'Encore is starting.' }) : pageOf(aDownload()),
      },
    });
    await expect.element(page.getByText('Encore is starting.', { exact: false })).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    fails = false;
    await userEvent.click(button('Retry'));
    await expect.element(page.getByRole('article')).toBeVisible();
  });

  test('goes back page by page', async () => {
    const old = anExtraction({ id: 'old', url: 'https://vimeo.com/1', status: 'cancelled' });
    await open({
      answers: {
        '/extractions/?limit=25': () => ({ ...pageOf(aDownload()), next_cursor: '7' }),
        '/extractions/?limit=25&cursor=7': () => pageOf(old),
      },
    });
    await userEvent.click(button('Show older'));
    await expect.element(page.getByRole('heading', { name: /vimeo\.com\/1/ })).toBeVisible();
    expect(button('Show older').elements()).toEqual([]);
  });

  test('shows admins everybody’s, by name', async () => {
    await open({
      role: 'admin',
      jobs: [aDownload()],
      answers: {
        '/extractions/?limit=25&everybody=true': () =>
          pageOf(anExtraction({ id: 'bo', requested_by: 'bo' }), aDownload()),
      },
    });
    await userEvent.click(button('Everybody’s'));
    await expect.element(page.getByText(/Bo\s· /)).toBeVisible();
    await expect.element(page.getByText(/you\s· /)).toBeVisible();
    await expect.element(button('Everybody’s')).toHaveAttribute('aria-pressed', 'true');
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(button('Mine'));
    await vi.waitFor(() => expect(page.getByRole('article').elements()).toHaveLength(1));
  });

  test('is asked for again when the line comes back, and rests while it is gone', async () => {
    let jobs = [aDownload()];
    await open({ answers: { '/extractions/?limit=25': () => pageOf(...jobs) } });
    await userEvent.fill(field(), 'https://youtu.be/abc');
    link.value = 'offline';
    await expect.element(page.getByText('Offline.')).toBeVisible();
    await expect.element(extract()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button(/^Cancel/)).toHaveAttribute('title', 'Encore is offline.');
    await userEvent.click(extract(), { force: true });
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
    expect(await faultsInBoth()).toEqual([]);
    jobs = [aReadyOne({ updated_at: '2026-11-20T09:00:00.000Z' })];
    link.value = 'live';
    await expect.element(button(/^Submarine klaxon EXT/)).toBeVisible();
  });
});

describe('from any page', () => {
  test('a link for the bookmarks bar is dragged there, and explains itself when pressed here', async () => {
    await open();
    const mark = page.getByRole('link', { name: 'Encore this page' });
    await expect.element(mark).toHaveAttribute('href', expect.stringMatching(/^javascript:/));
    await userEvent.click(mark);
    await expect.element(page.getByText(/^Drag it to the bookmarks bar first/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });
});

describe('workers and yt-dlp', () => {
  const at = '/extractions/workers';
  const running = [{ id: 'job', user_id: 'bo', step: 'downloading' as const }];

  test('are for admins', async () => {
    await open({ at });
    await expect.element(field()).toBeVisible();
    expect(page.getByRole('link', { name: 'Workers and yt-dlp' }).elements()).toEqual([]);
    expect(asked.filter((one) => one.includes('admin'))).toEqual([]);
  });

  test('tell what runs and waits, also when that changes', async () => {
    let status = aWorkersStatus({ running, queued: 3 });
    await open({ at, role: 'admin', answers: { '/admin/extractions/status': () => status } });
    await expect.element(page.getByText('Downloading, for Bo')).toBeVisible();
    await expect.element(page.getByText('3Waiting')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    status = aWorkersStatus();
    changed(aReadyOne());
    await expect.element(page.getByText('0Running')).toBeVisible();
  });

  test('that do not tell anything are asked again', async () => {
    let fails = true;
    await open({
      at,
      role: 'admin',
      answers: { '/admin/extractions/status': () => (fails ? 503 : aWorkersStatus()) },
    });
    await expect.element(page.getByText(/^What the workers do did not load/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    fails = false;
    await userEvent.click(button('Retry'));
    await expect.element(page.getByRole('heading', { name: 'Cookies' })).toBeVisible();
  });

  test('yt-dlp is updated and rolled back, and what came of it is told', async () => {
    const update = Promise.withResolvers<object>();
    const yt_dlp = { ...aWorkersStatus().yt_dlp, state: 'old', age_days: 206 } as const;
    let status = aWorkersStatus({ yt_dlp: { ...yt_dlp, detail: 'Update it.' } });
    await open({
      at,
      role: 'admin',
      answers: {
        '/admin/extractions/status': () => status,
        'POST /admin/extractions/update': () => update.promise,
        'POST /admin/extractions/rollback': () =>
          problem(409, { detail: 'There is no release before.' }),
      },
    });
    await expect.element(page.getByText(/206 days old/)).toBeVisible();
    await userEvent.click(button('Update yt-dlp'));
    await expect.element(page.getByText(/The newest release is fetched/)).toBeVisible();
    await expect.element(button(/^Roll back/)).toHaveAttribute('aria-disabled', 'true');
    expect(await faultsInBoth()).toEqual([]);
    status = aWorkersStatus();
    update.resolve({ outcome: 'updated', from: 'a', to: 'b', detail: 'yt-dlp is b now.' });
    await expect.element(page.getByText('yt-dlp is b now.')).toBeVisible();
    await expect.element(page.getByText(/13 days old/)).toBeVisible();
    await userEvent.click(button('Roll back to 2026.10.02'));
    await expect.element(page.getByText('There is no release before.')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('cookies are set from a file, and a fault in them is told under the field', async () => {
    const sent: unknown[] = [];
    let cookies = aWorkersStatus().cookies;
    await open({
      at,
      role: 'admin',
      answers: {
        '/admin/extractions/status': () => aWorkersStatus({ cookies }),
        'PUT /admin/extractions/cookies': (body) => {
          sent.push(body);
          if (sent.length === 1) return problem(422, { detail: 'Line 3 has no name.' });
          cookies = { set: true, updated_at: new Date().toISOString(), domains: ['youtube.com'] };
          return 204;
        },
      },
    });
    await userEvent.click(button('Set cookies'));
    await userEvent.click(button('Save the cookies'));
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('Paste the file, or choose it.');
    expect(await faultsInBoth()).toEqual([]);
    const file = new File(['# Netscape HTTP Cookie File'], 'cookies.txt', { type: 'text/plain' });
    await userEvent.upload(page.getByLabelText('Cookies file'), file);
    const area = page.getByLabelText('Contents of cookies.txt');
    await expect.element(area).toHaveValue('# Netscape HTTP Cookie File');
    await userEvent.click(button('Save the cookies'));
    await expect.element(page.getByRole('alert')).toHaveTextContent('Line 3 has no name.');
    await expect.element(area).toHaveValue('# Netscape HTTP Cookie File');
    await userEvent.click(button('Save the cookies'));
    await expect.element(page.getByText(/For youtube\.com, set/)).toBeVisible();
    expect(page.getByRole('dialog').elements()).toEqual([]);
    expect(sent).toHaveLength(2);
    expect(lastToast().text).toBe('The cookies are set.');
    expect(await faultsInBoth()).toEqual([]);
  });

  test('cookies are removed once that is confirmed', async () => {
    let cookies = { set: true, updated_at: null as string | null, domains: ['youtube.com'] };
    const remove = vi.fn(() => {
      cookies = { set: false, updated_at: null, domains: [] };
      return 204;
    });
    await open({
      at,
      role: 'admin',
      answers: {
        '/admin/extractions/status': () => aWorkersStatus({ cookies }),
        'DELETE /admin/extractions/cookies': remove,
      },
    });
    await userEvent.click(button('Remove'));
    await userEvent.click(button('Keep them'));
    expect(remove).not.toHaveBeenCalled();
    await userEvent.click(button('Remove'));
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(button('Remove the cookies'));
    await expect.element(button('Set cookies')).toBeVisible();
    expect(remove).toHaveBeenCalledOnce();
  });
});

const imageIn = (): Element | null | undefined =>
  document
    .querySelector('enc-extractions-page')
    ?.shadowRoot?.querySelector('enc-extraction-row')
    ?.shadowRoot?.querySelector('img');
