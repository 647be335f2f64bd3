import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sineWav } from '../testing/sine-wav.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, cookiesOf, issueToken, login, type Person } from '../users/testing/people.ts';
import { ffmpeg, tempFolder, tone, type TempFolder } from './testing/audio-files.ts';
import { formOf, formType, upload, type Part } from './testing/upload.ts';

let app: TestApp;
let ann: Person;
let folder: TempFolder;
let mp3: Buffer;
let full = false;
let hertz = 200;

/** Content that no other test has. */
const fresh = () => sineWav((hertz += 10), 100);
const board = () => join(app.soundsDir, 'originals', 'soundboard');
const temp = () => {
  const path = join(app.soundsDir, 'temp');
  return existsSync(path) ? readdirSync(path) : [];
};
const send = (...parts: Part[]) => upload(app, ann.token, parts);
const file = (filename: string, content: Buffer | string = fresh()) => ({ filename, content });
const total = async () => (await app.call('GET', '/sounds/')).body['total'] as number;
const items = (body: Record<string, unknown>) =>
  body['items'] as {
    filename: string;
    status: string;
    code?: string;
    reason?: string;
    sound?: { id: string; filename: string };
  }[];
const events = async (type: string) =>
  (await app.call('GET', `/admin/audit/events?type=${type}&limit=500`)).body['items'] as {
    actor: string;
    data: { sound_id: string; filename: string };
  }[];

beforeAll(async () => {
  app = await startTestApp({
    diskSpace: () => Promise.resolve({ free: full ? 1_000_000 : 50e9, total: 100e9 }),
  });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
  folder = await tempFolder();
  mp3 = readFileSync(await tone(join(folder.path, 'tone.mp3')));
});
afterAll(async () => {
  await app.stop();
  await folder[Symbol.asyncDispose]();
});
beforeEach(() => {
  full = false;
});

describe('one file', () => {
  it('becomes a sound at once, in the name of who sent it', async () => {
    const answer = await send(file('Ding_dong.mp3', mp3), { field: 'tags', value: 'House, door' });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        type: 'SDB',
        name: 'Ding dong',
        filename: 'Ding_dong.mp3',
        size: mp3.length,
        tags: ['house', 'door'],
        thumbnail: null,
      },
    ]);
    expect(readFileSync(join(board(), 'Ding_dong.mp3'))).toEqual(mp3);
    expect(temp()).toEqual([]);
    expect(Number(answer.headers.get('X-Event-Position'))).toBeGreaterThan(0);
    const id = answer.body['id'] as string;
    const added = (await events('SoundAdded')).find(({ data }) => data.sound_id === id);
    expect(added).toMatchObject({ actor: ann.id });
    expect((await app.call('GET', `/sounds/${id}/waveform`)).status).toBe(200);
  });

  it('is nothing new for the next scan', async () => {
    await send(file('Seen.wav'));
    expect((await app.call('POST', '/sounds/scan')).body).toMatchObject({
      added: [],
      updated: [],
      moved: [],
      duplicates: [],
      errors: [],
    });
  });

  it('takes the name of the form', async () => {
    const answer = await send({ field: 'name', value: '  The bell ' }, file('x.wav'));
    expect(answer.body).toMatchObject({ name: 'The bell', filename: 'x.wav' });
    const two = await send({ field: 'name', value: 'Bell' }, file('1.wav'), file('2.wav'));
    expect([two.status, two.body['errors']]).toMatchObject([422, [{ path: 'name' }]]);
    expect(temp()).toEqual([]);
  });

  it('whose content is known answers the sound that has it', async () => {
    const content = fresh();
    const first = await send(file('Once.wav', content));
    const again = await send(file('Twice.wav', content));
    expect([again.status, again.body]).toEqual([200, { existing: true, sound: first.body }]);
    expect(existsSync(join(board(), 'Twice.wav'))).toBe(false);
    expect(temp()).toEqual([]);
  });

  it('brings a missing sound back, to its old place', async () => {
    const content = fresh();
    app.addSound('lost/Lost.wav');
    writeFileSync(join(board(), 'lost/Lost.wav'), content);
    await app.call('POST', '/sounds/scan');
    const listed = items((await app.call('GET', '/sounds/?q=Lost')).body) as unknown as {
      id: string;
    }[];
    rmSync(join(board(), 'lost'), { recursive: true });
    await app.call('POST', '/sounds/scan');
    const before = await total();
    const answer = await send(file('Renamed.wav', content));
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { existing: true, sound: { id: listed[0]?.id, filename: 'lost/Lost.wav' } },
    ]);
    expect(await total()).toBe(before + 1);
    expect(readFileSync(join(board(), 'lost/Lost.wav'))).toEqual(content);
  });

  it('brings a sound back that was missing before somebody removed it', async () => {
    const content = fresh();
    const { id } = (await send(file('Lost and removed.wav', content))).body as { id: string };
    rmSync(join(board(), 'Lost and removed.wav'));
    await app.call('POST', '/sounds/scan');
    expect((await app.call('DELETE', `/sounds/${id}`)).status).toBe(204);
    await eventually(async () => {
      const { body } = await app.call('GET', `/admin/audit/events?stream=sound-${id}&limit=1`);
      return JSON.stringify(body).includes('SoundFileTrashed') || undefined;
    });
    const before = await total();
    expect((await send(file('Lost and removed.wav', content))).body).toMatchObject({
      existing: true,
      sound: { id },
    });
    expect(await total()).toBe(before + 1);
  });

  it('brings a sound back whose loss no scan has seen yet', async () => {
    const content = fresh();
    await send(file('Just gone.wav', content));
    rmSync(join(board(), 'Just gone.wav'));
    const answer = await send(file('Just gone.wav', content));
    expect(answer.status).toBe(200);
    expect(readFileSync(join(board(), 'Just gone.wav'))).toEqual(content);
  });

  it('never follows a link out of the library', async () => {
    const content = fresh();
    app.addSound('linked/L.wav');
    writeFileSync(join(board(), 'linked/L.wav'), content);
    await app.call('POST', '/sounds/scan');
    rmSync(join(board(), 'linked'), { recursive: true });
    await app.call('POST', '/sounds/scan');
    await using outside = await tempFolder();
    symlinkSync(outside.path, join(board(), 'linked'));
    const answer = await send(file('L.wav', content));
    expect(answer.body).toMatchObject({ existing: true, sound: { filename: 'L.wav' } });
    expect(readdirSync(outside.path)).toEqual([]);

    symlinkSync(join(outside.path, 'target.wav'), join(board(), 'Linked file.wav'));
    const second = await send(file('Linked file.wav'));
    expect(second.body).toMatchObject({ filename: 'Linked file (2).wav' });
    expect(readdirSync(outside.path)).toEqual([]);
  });

  it('gets a number where another sound has its name', async () => {
    const names = [];
    for (let count = 0; count < 3; count++) {
      names.push((await send(file('Same name.wav'))).body['filename']);
    }
    expect(names).toEqual(['Same name.wav', 'Same name (2).wav', 'Same name (3).wav']);
    expect((await send(file('Same name.wav'))).body['name']).toBe('Same name');
  });

  it('that lies in the folder already is taken as it lies', async () => {
    const content = fresh();
    writeFileSync(join(board(), 'Copied by hand.wav'), content);
    const answer = await send(file('Copied by hand.wav', content));
    expect([answer.status, answer.body['filename']]).toEqual([201, 'Copied by hand.wav']);
  });
});

describe('what cannot be a sound', () => {
  it.each([
    ['a text', 'Text.mp3', 'no sound at all', 'not_a_sound'],
    ['nothing', 'Empty.mp3', '', 'not_a_sound'],
    ['an HLS playlist', 'List.mp3', '#EXTM3U\n#EXTINF:3,\nfile:///etc/passwd\n', 'not_a_sound'],
    ['a playlist', 'List.ogg', '[playlist]\nFile1=http://127.0.0.1/x.mp3\n', 'not_a_sound'],
    ['a concat list', 'List.wav', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'not_a_sound'],
  ])('%s is refused with words', async (_what, filename, content, code) => {
    const before = await total();
    const answer = await send(file(filename, content));
    expect([answer.status, answer.body['code']]).toEqual([422, code]);
    expect(answer.body['detail']).toContain(filename);
    expect(temp()).toEqual([]);
    expect(existsSync(join(board(), filename))).toBe(false);
    expect(await total()).toBe(before);
  });

  it('half a sound is refused', async () => {
    const flac = readFileSync(await tone(join(folder.path, 'half.flac'), { seconds: 3 }));
    const answer = await send(file('Half.flac', flac.subarray(0, flac.length / 2)));
    expect([answer.status, answer.body['code']]).toEqual([422, 'not_a_sound']);
  });

  it('a name that says another format is refused with the one that would do', async () => {
    const answer = await send(
      file('Wrong.flac', readFileSync(await tone(join(folder.path, 'w.ogg')))),
    );
    expect([answer.status, answer.body['code'], answer.body['detail']]).toEqual([
      422,
      'wrong_extension',
      'Wrong.flac is Ogg inside. Rename it to Wrong.ogg and send it again.',
    ]);
  });

  it('a form without a file, or with a bad field', async () => {
    expect((await send({ field: 'tags', value: 'x' })).status).toBe(422);
    const answer = await send(file('x.wav'), { field: 'tags', value: 'x'.repeat(41) });
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    expect(temp()).toEqual([]);
  });
});

describe('hostile names', () => {
  it.each([
    ['../../etc/x.mp3.wav', 'x.mp3.wav'],
    ['..%2f..%2fup.wav', '..%2f..%2fup.wav'.replace(/^\.+/, '')],
    ['/etc/cron.d/job.wav', 'job.wav'],
    ['C:\\\\temp\\\\win.wav', 'win.wav'],
    ['two%0Alines.wav', 'two lines.wav'],
    ['.hidden.wav', 'hidden.wav'],
    ['a%22quote.wav', 'a"quote.wav'],
    ['\u202egnp\u202c.wav', 'gnp.wav'],
    ['קול.wav', 'קול.wav'],
    ['🔔.wav', '🔔.wav'],
    [`${'n'.repeat(300)}.wav`, `${'n'.repeat(196)}.wav`],
  ])('%j lies in the folder as %j', async (said, kept) => {
    const answer = await send(file(said));
    expect([answer.status, answer.body['filename']]).toEqual([201, kept]);
    expect(existsSync(join(board(), kept))).toBe(true);
  });

  it.each(['', '...', '.wav', 'noextension'])('%j is refused', async (said) => {
    const answer = await send(file(said));
    expect([answer.status, answer.body['code']]).toEqual([422, 'unusable_name']);
  });
});

describe('several files', () => {
  it('each get their own answer, in order; a broken one spoils no other', async () => {
    const known = fresh();
    await send(file('Known.wav', known));
    const twin = fresh();
    const { status, body } = await send(
      file('A.wav'),
      file('B.mp3', 'no sound'),
      file('C.wav', known),
      file('D.wav', twin),
      file('E.wav', twin),
    );
    expect(status).toBe(200);
    expect(items(body).map(({ filename, status }) => [filename, status])).toEqual([
      ['A.wav', 'added'],
      ['B.mp3', 'refused'],
      ['C.wav', 'existing'],
      ['D.wav', 'added'],
      ['E.wav', 'existing'],
    ]);
    expect(items(body)[1]).toMatchObject({
      code: 'not_a_sound',
      reason: expect.stringContaining('B.mp3') as unknown,
    });
    expect(items(body)[4]?.sound?.id).toBe(items(body)[3]?.sound?.id);
    expect(temp()).toEqual([]);
  });

  it('of the same content sent at once become one sound', async () => {
    const content = fresh();
    const before = await total();
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => send(file(`Race ${index}.wav`, content))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(await total()).toBe(before + 1);
    expect(readdirSync(board()).filter((name) => name.startsWith('Race'))).toHaveLength(1);
  });

  it('are 50 at most', async () => {
    const before = await total();
    const many = Array.from({ length: 51 }, (_, index) => file(`${index}.wav`, 'x'));
    const answer = await send(...many);
    expect([answer.status, answer.body['code']]).toEqual([413, 'too_many_files']);
    expect(answer.body['detail']).toContain('At most 50 files');
    expect(temp()).toEqual([]);
    expect(await total()).toBe(before);
  });
});

describe('a repeat with the same key', () => {
  it('answers the same and adds nothing', async () => {
    const key = { 'Idempotency-Key': 'upload-1' };
    const parts = [file('Keyed.wav')];
    const first = await upload(app, ann.token, parts, key);
    const before = (await events('SoundAdded')).length;
    const again = await upload(app, ann.token, parts, key);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(await events('SoundAdded')).toHaveLength(before);
  });

  it('answers the same also when the sound was removed since, and leaves it removed', async () => {
    const key = { 'Idempotency-Key': 'upload-3' };
    const parts = [file('Regretted.wav')];
    const first = await upload(app, ann.token, parts, key);
    const id = first.body['id'] as string;
    await app.call('DELETE', `/sounds/${id}`);
    await eventually(() => (existsSync(join(board(), 'Regretted.wav')) ? undefined : true));
    const again = await upload(app, ann.token, parts, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(existsSync(join(board(), 'Regretted.wav'))).toBe(false);
    expect(temp()).toEqual([]);
    expect((await app.call('GET', `/sounds/${id}`)).status).toBe(404);
  });

  it('and other files is a mistake', async () => {
    const key = { 'Idempotency-Key': 'upload-2' };
    await upload(app, ann.token, [file('First.wav')], key);
    const other = await upload(app, ann.token, [file('Second.wav')], key);
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused']);
    expect(existsSync(join(board(), 'Second.wav'))).toBe(false);
    expect(temp()).toEqual([]);
  });
});

describe('who may', () => {
  it('is a user with the scope; a guest may not', async () => {
    const gil = await addPerson(app, 'Gil', { role: 'guest' });
    const reader = await issueToken(app, ann, ['read']);
    const librarian = await issueToken(app, ann, ['library']);
    const answers = [];
    for (const token of [gil.token, reader, librarian]) {
      answers.push((await upload(app, token, [file('Who.wav')])).status);
    }
    expect(answers).toEqual([403, 403, 201]);
  });

  it('a cookie counts only from our own page', async () => {
    const cookies = Object.entries(cookiesOf((await login(app, 'Ann')).headers))
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const by = (headers: Record<string, string>) =>
      fetch(`${app.url}/api/v1/sounds/`, {
        method: 'POST',
        headers: { 'Content-Type': formType, Cookie: cookies, ...headers },
        body: new Uint8Array(formOf(file('Cookie.wav'))),
      });
    const foreign = await by({ Origin: 'https://evil.example' });
    expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([
      403,
      'cross_site',
    ]);
    expect((await by({})).status).toBe(403);
    expect((await by({ Origin: app.url })).status).toBe(201);
  });
});

describe('what ends an upload', () => {
  it('a client that goes away in the middle leaves nothing', async () => {
    const before = await total();
    const body = formOf(file('Cut.wav', sineWav(99, 2000)));
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write(
      `POST /api/v1/sounds/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ann.token}\r\nContent-Type: ${formType}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, 100_000));
    await eventually(() => temp()[0]);
    socket.destroy();
    await eventually(() => (temp().length === 0 ? true : undefined));
    expect(await total()).toBe(before);
    expect(existsSync(join(board(), 'Cut.wav'))).toBe(false);
  });

  it('a form that ends too early', async () => {
    const body = formOf(file('Early.wav'));
    const response = await fetch(`${app.url}/api/v1/sounds/`, {
      method: 'POST',
      headers: { 'Content-Type': formType, Authorization: `Bearer ${ann.token}` },
      body: new Uint8Array(body.subarray(0, body.length - 200)),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      400,
      'malformed',
    ]);
    expect(temp()).toEqual([]);
  });

  it('a full disk: refused with words, and taken once there is room', async () => {
    full = true;
    const part = file('Later.wav');
    const refused = await send(part);
    expect([refused.status, refused.body['code']]).toEqual([503, 'disk_full']);
    expect(refused.body['detail']).toContain('make room');
    expect(temp()).toEqual([]);
    full = false;
    expect((await send(part)).status).toBe(201);
  });
});

describe('a cover', () => {
  it('is named by the sound and drawn small', async () => {
    const [jpg, sound] = [join(folder.path, 'c.jpg'), join(folder.path, 'c.mp3')];
    await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=1600x800:d=0.04', '-frames:v', '1', jpg);
    const parts = ['-i', await tone(join(folder.path, 'bare.mp3'), { hertz: 333 }), '-i', jpg];
    await ffmpeg(
      ...parts,
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
      '-disposition:v',
      'attached_pic',
      sound,
    );
    const { body } = await send(file('Covered.mp3', readFileSync(sound)));
    const address = body['thumbnail'] as string;
    expect(address).toBe(
      `/api/v1/sounds/${body['id'] as string}/thumbnail?h=${body['hash'] as string}`,
    );
    const response = await fetch(app.url + address, {
      headers: { Authorization: `Bearer ${ann.token}` },
    });
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'image/jpeg']);
    expect(response.headers.get('ETag')).toBe(`"${body['hash'] as string}"`);
    expect(sizeOf(Buffer.from(await response.arrayBuffer()))).toEqual([512, 256]);
  });
});

/** Width and height, from the frame header of a baseline JPEG. */
const sizeOf = (jpeg: Buffer): [number, number] => {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
};
