import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';

let app: TestApp;
let soundId: string;

const firstSound = () =>
  eventually(async () => {
    const { body } = await app.call('GET', '/sounds/');
    return (body['items'] as { id: string }[])[0]?.id;
  });

beforeEach(async () => {
  app = await startTestApp();
  app.addSound('alerts/Air horn.wav');
  await app.setUp();
  await app.call('POST', '/sounds/scan');
  soundId = await firstSound();
  app.player.connect();
});
afterEach(() => app.stop());

/** What concerns the board: the jukebox tells a player its levels too. */
const commands = () => app.player.commands.filter(({ type }) => type === 'play' || type === 'stop');

const press = async (headers: Record<string, string> = {}) => {
  const answer = await app.call('POST', `/sounds/play/${soundId}`, { headers });
  return { ...answer, playId: answer.body['play_id'] as string };
};
const statusOf = async (playId: string) => (await app.call('GET', `/plays/${playId}`)).body;
const become = (playId: string, status: string) =>
  eventually(async () => {
    const play = await statusOf(playId);
    return play['status'] === status ? play : undefined;
  });
const started = (play_id: string, latency_ms = 12.34) =>
  app.player.report({ type: 'voice_started', command_id: play_id, play_id, at_ms: 0, latency_ms });

describe('a press', () => {
  it('reaches the player with its file and time, and its life is in the history', async () => {
    const { status, playId, body } = await press();
    expect([status, body['balance'], body['available']]).toEqual([202, 0, 0]);
    expect(commands()).toMatchObject([
      { type: 'play', play_id: playId, sound_id: soundId, demuxer: 'wav', fresh_ms: 3000 },
    ]);
    started(playId);
    app.player.report({ type: 'voice_ended', play_id: playId, reason: 'finished', heard_ms: 200 });
    expect(await become(playId, 'finished')).toMatchObject({
      sound_name: 'Air horn',
      user_name: 'Mira',
      origin: 'http',
      latency_ms: 12.3,
    });
    const sound = await app.call('GET', `/sounds/${soundId}`);
    expect(sound.body['play_count']).toBe(1);
  });

  it('says why it failed, and counts no play', async () => {
    const { playId } = await press();
    app.player.report({
      type: 'voice_failed',
      command_id: playId,
      play_id: playId,
      code: 'file_missing',
      message: 'The file is not there.',
    });
    expect(await become(playId, 'failed')).toMatchObject({
      reason: 'file_missing',
      message: 'The file is not there.',
    });
    expect((await app.call('GET', `/sounds/${soundId}`)).body['play_count']).toBe(0);
  });

  it('is harmless when repeated with its key', async () => {
    const once = await press({ 'Idempotency-Key': 'k1' });
    const again = await press({ 'Idempotency-Key': 'k1' });
    expect(again.playId).toBe(once.playId);
    expect(commands()).toHaveLength(1);
  });

  it('of an unknown sound, a lost file or without a player is refused with words', async () => {
    const unknown = await app.call('POST', '/sounds/play/nothing');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'unknown_sound']);
    app.player.disconnect();
    const silent = await press();
    expect([silent.status, silent.body['code']]).toEqual([503, 'player_unavailable']);
    app.player.connect();
    rmSync(join(app.soundsDir, 'originals/soundboard/alerts/Air horn.wav'));
    await app.call('POST', '/sounds/scan');
    const lost = await press();
    expect([lost.status, lost.body['code']]).toEqual([409, 'sound_missing']);
  });

  it('is lost with the player, and open plays are settled when it returns', async () => {
    const { playId } = await press();
    app.player.disconnect();
    expect(await become(playId, 'failed')).toMatchObject({ reason: 'player_lost' });
  });

  it('lives on through a restart of the server if the player says so', async () => {
    const alive = await press();
    const dead = await press();
    started(alive.playId);
    await become(alive.playId, 'started');
    app = await app.restart();
    app.player.connect([alive.playId]);
    expect(await become(dead.playId, 'failed')).toMatchObject({ reason: 'player_lost' });
    expect((await statusOf(alive.playId))['status']).toBe('started');
  });

  it('that waits in the queue lives on through a restart of the server too', async () => {
    const waiting = await press();
    const dead = await press();
    app = await app.restart();
    app.player.connect([], [waiting.playId]);
    expect(await become(dead.playId, 'failed')).toMatchObject({ reason: 'player_lost' });
    expect((await statusOf(waiting.playId))['status']).toBe('requested');
  });

  it('is a chain of events from press to sound', async () => {
    const { playId } = await press();
    started(playId);
    await become(playId, 'started');
    const { body } = await app.call('GET', `/admin/audit/events?stream=play-${playId}&order=asc`);
    const [requested, begun] = body['items'] as Record<string, unknown>[];
    expect(requested).toMatchObject({ type: 'PlayRequested', origin: 'http', causation_id: null });
    expect(begun).toMatchObject({
      type: 'PlayStarted',
      actor: 'system',
      causation_id: requested?.['event_id'],
      correlation_id: requested?.['correlation_id'],
    });
  });
});

describe('stop', () => {
  it('asks the player for silence', async () => {
    expect((await app.call('POST', '/sounds/stop?fade_ms=40')).status).toBe(202);
    expect(commands()).toMatchObject([{ type: 'stop', play_id: null, fade_ms: 40 }]);
  });
});

describe('the feed', () => {
  type Message = { type: string; position?: number; data: Record<string, unknown> } & Record<
    string,
    unknown
  >;
  const listen = async (after?: number) => {
    const token = (
      await app.call('POST', '/auth/login', {
        body: { name: 'Mira', password: 'correct horse battery' },
      })
    ).body['access_token'] as string;
    const query = after === undefined ? '' : `?after=${after}`;
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/socket${query}`, [
      'bearer',
      token,
    ]);
    const messages: Message[] = [];
    socket.on('message', (data) =>
      messages.push(JSON.parse((data as Buffer).toString()) as Message),
    );
    const next = (type: string) => eventually(() => messages.find((one) => one.type === type));
    await next('hello');
    return { socket, messages, next };
  };

  it('tells of plays, resumes where it was, and takes presses', async () => {
    const live = await listen();
    live.socket.send(
      JSON.stringify({ id: 'c1', command: 'play_sound', data: { sound_id: soundId } }),
    );
    const ack = await live.next('ack');
    const playId = ack.data['play_id'] as string;
    started(playId);
    const played = await live.next('sound_played');
    expect(played.data).toMatchObject({
      play_id: playId,
      name: 'Air horn',
      origin: 'ws',
      latency_ms: 12.3,
    });
    app.player.report({ type: 'voices', voices: [] });
    expect(await live.next('voices')).not.toHaveProperty('position');
    live.socket.close();

    app.player.report({ type: 'voice_ended', play_id: playId, reason: 'stopped', heard_ms: 9 });
    await become(playId, 'stopped');
    const later = await listen(played.position);
    const ended = await later.next('play_ended');
    expect(ended.data).toMatchObject({ play_id: playId, outcome: 'stopped' });
    expect(later.messages.filter(({ type }) => type === 'sound_played')).toEqual([]);
    later.socket.close();
  });

  it('refuses with the same words as HTTP', async () => {
    const live = await listen();
    live.socket.send(
      JSON.stringify({ id: 'c2', command: 'play_sound', data: { sound_id: 'none' } }),
    );
    expect(await live.next('refused')).toMatchObject({
      id: 'c2',
      code: 'unknown_sound',
      detail: 'There is no such sound.',
    });
    live.socket.close();
  });
});
