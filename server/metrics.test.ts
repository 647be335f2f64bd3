import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeSource, sourceFailure } from './extractions/testing/fake-source.ts';
import { eventually, startTestApp, type TestApp } from './testing/test-app.ts';
import { freePort } from './testing/free-port.ts';
import { metricNames, readMetrics } from './testing/read-metrics.ts';
import {
  addPerson,
  issueToken,
  openMqtt,
  openSocket,
  type Person,
} from './users/testing/people.ts';

let app: TestApp;
let mqttPort: number;
let soundId: string;
let ben: Person;
const links = fakeSource();

beforeAll(async () => {
  mqttPort = await freePort();
  app = await startTestApp({
    mediaSource: links,
    audioExtractor: links.audio,
    environment: {
      MQTT_MODE: 'embedded',
      MQTT_PORT: String(mqttPort),
      TRUST_PROXY: 'true',
      EXTRACTION_AUDIO_FORMAT: 'wav',
      EXTRACTION_MAX_CONCURRENT: '1',
    },
  });
  app.addSound('Air horn.wav');
  await app.setUp();
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/');
  soundId = (body['items'] as { id: string }[])[0]?.id ?? '';
  ben = await addPerson(app, 'Ben');
  app.player.connect();
});
afterAll(() => app.stop());

const press = async (): Promise<string> => {
  const { body } = await app.call('POST', `/sounds/play/${soundId}`, { token: ben.token });
  return body['play_id'] as string;
};
/** A series once it has this value: what the player reports is kept a moment later. */
const becomes = (series: string, value: number | undefined) =>
  eventually(async () => ((await readMetrics(app)).get(series) === value ? true : undefined));
const started = (play_id: string, latency_ms: number) =>
  app.player.report({ type: 'voice_started', command_id: play_id, play_id, at_ms: 0, latency_ms });

it('presses are counted by door, timed to their first sample, and counted again at their end', async () => {
  const [soon, late] = [await press(), await press()];
  started(soon, 18);
  started(late, 240);
  await becomes('encore_press_latency_seconds_count', 2);
  const read = await readMetrics(app);
  expect(read.get('encore_presses_total{origin="http"}')).toBe(2);
  expect(read.get('encore_press_latency_seconds_bucket{le="0.015"}')).toBe(0);
  expect(read.get('encore_press_latency_seconds_bucket{le="0.02"}')).toBe(1);
  expect(read.get('encore_press_latency_seconds_bucket{le="0.25"}')).toBe(2);
  expect(read.get('encore_press_latency_seconds_sum')).toBeCloseTo(0.258);
  app.player.report({ type: 'voice_ended', play_id: soon, reason: 'finished', heard_ms: 200 });
  app.player.report({
    type: 'voice_failed',
    command_id: late,
    play_id: late,
    code: 'file_corrupt',
    message: 'No sound in it.',
  });
  await becomes('encore_plays_ended_total{outcome="finished"}', 1);
  await becomes('encore_plays_ended_total{outcome="file_corrupt"}', 1);
});

it('credits are counted when they are spent, and when there are too few', async () => {
  const spent = 'encore_credits_spent_total{action="play"}';
  const before = (await readMetrics(app)).get(spent) ?? 0;
  started(await press(), 20);
  await becomes(spent, before + 1);
  const { body } = await app.call('GET', '/credits', { token: ben.token });
  await app.call('POST', `/admin/users/${ben.id}/credits`, {
    body: { amount: -Number(body['available']), reason: 'a test' },
  });
  expect(await press()).toBeUndefined();
  const read = await readMetrics(app);
  expect(read.get('encore_credits_refused_total{action="play"}')).toBe(1);
  expect(read.get(spent)).toBe(before + 1);
});

describe('of the player', () => {
  const heartbeat = { type: 'heartbeat', underruns: 3, voices: 2 } as const;

  it('its heartbeat is told as long as it is connected', async () => {
    app.player.report({ ...heartbeat, output_latency_ms: 21.5, buffer_ms: 40 });
    const read = await readMetrics(app);
    expect(read.get('encore_voices')).toBe(2);
    expect(read.get('encore_player_underruns_total')).toBe(3);
    expect(read.get('encore_player_buffer_seconds')).toBe(0.04);
    expect(read.get('encore_player_output_latency_seconds')).toBe(0.0215);
    app.player.disconnect();
    const after = await readMetrics(app);
    const gone = ['encore_voices', 'encore_player_underruns_total', 'encore_player_buffer_seconds'];
    expect(gone.filter((name) => after.has(name))).toEqual([]);
    app.player.connect();
  });

  it('underruns of a player that began anew are its own', async () => {
    app.player.report({ ...heartbeat, underruns: 1, output_latency_ms: 20, buffer_ms: 40 });
    expect((await readMetrics(app)).get('encore_player_underruns_total')).toBe(1);
  });

  it('the tracks that wait are counted', async () => {
    expect((await readMetrics(app)).get('encore_player_queue_length')).toBe(0);
    const { status } = await app.call('POST', '/player/queue', { body: { sound_id: soundId } });
    expect(status).toBe(201);
    expect((await readMetrics(app)).get('encore_player_queue_length')).toBe(1);
  });
});

it('extractions are counted while they wait and work, and when they end', async () => {
  const letGo = links.hold('download');
  const begin = async (name: string) => {
    const body = { url: `https://media.example/${name}` };
    return (await app.call('POST', '/extractions/', { body })).body['id'] as string;
  };
  const [first, second] = [await begin('first'), await begin('second')];
  await links.held('download');
  const read = await readMetrics(app);
  expect(read.get('encore_extractions{state="running"}')).toBe(1);
  expect(read.get('encore_extractions{state="queued"}')).toBe(1);
  await app.call('POST', `/extractions/${second}/cancel`);
  letGo();
  await eventually(async () => {
    const { body } = await app.call('GET', `/extractions/${first}`);
    return body['status'] === 'completed' || undefined;
  });
  links.fails.resolve = sourceFailure('not_found');
  await begin('third');
  await becomes('encore_extractions_ended_total{outcome="not_found"}', 1);
  await becomes('encore_extractions_ended_total{outcome="completed"}', 1);
  await becomes('encore_extractions_ended_total{outcome="cancelled"}', 1);
  await becomes('encore_extractions{state="running"}', 0);
});

it('bindings are counted by what came of them', async () => {
  const { body } = await app.call('POST', '/admin/bindings', {
    body: {
      name: 'Wall',
      filter: 'wall/button',
      match: 'any',
      command: { type: 'play', sound_id: soundId },
    },
  });
  await app.call('POST', `/admin/bindings/${String(body['id'])}/test`);
  expect((await readMetrics(app)).get('encore_bindings_triggered_total{result="done"}')).toBe(1);
});

it('backups are counted by what came of them, and the last good one has its time', async () => {
  const at = async () => (await readMetrics(app)).get('encore_backup_timestamp_seconds');
  expect(await at()).toBeUndefined();
  const before = Date.now();
  expect((await app.call('POST', '/admin/backups')).status).toBe(202);
  await becomes('encore_backups_total{outcome="completed"}', 1);
  expect(await at()).toBeGreaterThanOrEqual(before / 1000);
}, 120_000);

it('the log is told with its events, its head and the time that the disk takes', async () => {
  const read = await readMetrics(app);
  expect(read.get('encore_events_total{type="UserRegistered"}')).toBe(2);
  expect(read.get('encore_log_position')).toBeGreaterThan(10);
  const commits = read.get('encore_commit_duration_seconds_count');
  expect(commits).toBeGreaterThan(5);
  expect(read.get('encore_commit_duration_seconds_bucket{le="+Inf"}')).toBe(commits);
  expect(read.get('encore_commit_duration_seconds_sum')).toBeGreaterThan(0);
});

it('requests are timed by route', async () => {
  const series =
    'encore_http_request_duration_seconds_count{method="POST",route="/api/v1/sounds/scan",status="200"}';
  expect((await readMetrics(app)).get(series)).toBe(1);
});

it('whoever is connected is counted by door', async () => {
  const clients = async () => {
    const read = await readMetrics(app);
    return ['socket', 'mqtt'].map((door) => read.get(`encore_clients{door="${door}"}`));
  };
  expect(await clients()).toEqual([0, 0]);
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  const token = await issueToken(app, mira, ['mqtt']);
  const button = await openMqtt(mqttPort, 'Mira', token);
  const page = await openSocket(app, ben.token);
  expect(await clients()).toEqual([1, 1]);
  await button.endAsync();
  page.close();
});

it('the delay of the event loop and the memory are those of the process', async () => {
  const names = await metricNames(app);
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
    expect(names).toContain(name);
  }
});

it('labels are of a kind: no ids, no names of people, no addresses', async () => {
  const series = [...(await readMetrics(app)).keys()].join('\n');
  expect(series).not.toMatch(/[\da-f]{8}-[\da-f]{4}/);
  expect(series).not.toMatch(/Mira|Ben|Air horn|media\.example|127\.0\.0/);
});

describe('behind a proxy', () => {
  const asked = async (token?: string) => {
    const headers: Record<string, string> = { 'X-Forwarded-For': '203.0.113.7' };
    if (token) headers['Authorization'] = `Bearer ${token}`;
    return (await fetch(`${app.url}/metrics`, { headers })).status;
  };

  it('whoever shows nothing is not let in', async () => {
    expect(await asked()).toBe(401);
  });

  it("an admin's token that may read is let in, everybody else's is not", async () => {
    const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
    expect(await asked(await issueToken(app, mira, ['read']))).toBe(200);
    expect(await asked(await issueToken(app, mira, ['play']))).toBe(403);
    expect(await asked(await issueToken(app, ben, ['read']))).toBe(403);
  });
});
